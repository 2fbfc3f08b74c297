package dev.fairlead.engine.text.value;

import dev.fairlead.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// The present time in a form, worked out once a second. Safe for use by several threads.
public final class Times {
    private final DateTimeFormatter format;
    private final Clock clock;
    private volatile Second last = new Second(Long.MIN_VALUE, "");

    private Times(String pattern, Clock clock) {
        this.format = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
        this.clock = clock;
    }

    /// `10/Oct/2000:13:55:36 -0700`
    public static Times local(Clock clock) {
        return new Times("dd/MMM/yyyy:HH:mm:ss xx", clock);
    }

    /// `2000-10-10T13:55:36-07:00`
    public static Times iso8601(Clock clock) {
        return new Times("yyyy-MM-dd'T'HH:mm:ssxxx", clock);
    }

    /// `2000/10/10 13:55:36`
    public static Times errorLog(Clock clock) {
        return new Times("yyyy/MM/dd HH:mm:ss", clock);
    }

    /// `Oct 10 13:55:36`, the day padded with a space.
    public static Times syslog(Clock clock) {
        return new Times("MMM ppd HH:mm:ss", clock);
    }

    /// `10/Oct/2000:13:55:36`
    static Times plain(Clock clock) {
        return new Times("dd/MMM/yyyy:HH:mm:ss", clock);
    }

    public String now() {
        return at(clock.wallMillis());
    }

    /// @param wallMillis a moment near the present
    String at(long wallMillis) {
        long second = Math.floorDiv(wallMillis, 1000L);
        Second known = last;
        if (known.second != second) {
            ZonedDateTime time = Instant.ofEpochSecond(second).atZone(ZoneId.systemDefault());
            known = new Second(second, format.format(time));
            last = known;
        }
        return known.text;
    }

    /// Seconds with three decimal places.
    public static String seconds(long millis) {
        long rest = millis % 1000;
        String places = rest < 10 ? ".00" : rest < 100 ? ".0" : ".";
        return millis / 1000 + places + rest;
    }

    private record Second(long second, String text) {}
}
