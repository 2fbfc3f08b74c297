package dev.fairlead.model.http;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What kind of program a line for syslog comes from, by number (RFC 3164, section 4.1.1) and in nginx's words.
public enum SyslogFacility {
    KERN,
    USER,
    MAIL,
    DAEMON,
    AUTH,
    INTERN,
    LPR,
    NEWS,
    UUCP,
    CLOCK,
    AUTHPRIV,
    FTP,
    NTP,
    AUDIT,
    ALERT,
    CRON,
    LOCAL0,
    LOCAL1,
    LOCAL2,
    LOCAL3,
    LOCAL4,
    LOCAL5,
    LOCAL6,
    LOCAL7;

    /// As configurations write it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<SyslogFacility> of(String word) {
        return Arrays.stream(values())
                .filter(facility -> facility.word().equals(word))
                .findFirst();
    }
}
