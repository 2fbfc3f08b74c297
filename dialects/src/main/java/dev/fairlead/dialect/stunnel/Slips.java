package dev.fairlead.dialect.stunnel;

import java.util.Map;
import java.util.Optional;

/// What lines were probably meant to be that are written as other programs have them.
final class Slips {
    private static final Map<String, String> FOREIGN = Map.ofEntries(
            Map.entry("listen", "accept = PORT"),
            Map.entry("bind", "accept = PORT"),
            Map.entry("server", "connect = HOST:PORT"),
            Map.entry("proxy_pass", "connect = HOST:PORT"),
            Map.entry("backend", "connect = HOST:PORT"),
            Map.entry("default_backend", "connect = HOST:PORT"),
            Map.entry("crt", "cert = FILE.pem"),
            Map.entry("ssl_certificate", "cert = FILE.pem"),
            Map.entry("ssl_certificate_key", "key = FILE.pem"),
            Map.entry("ssl_protocols", "sslVersionMin = TLSv1.2"),
            Map.entry("ssl_ciphers", "ciphers = LIST"),
            Map.entry("ssl-min-ver", "sslVersionMin = TLSv1.2"),
            Map.entry("user", "setuid = NAME"),
            Map.entry("group", "setgid = NAME"),
            Map.entry("daemon", "foreground = no"),
            Map.entry("timeout", "TIMEOUTidle = SECONDS"));

    private Slips() {}

    /// What is wrong with a value that is written as another program would have it.
    static Optional<String> inValue(Line.Option option) {
        String value = option.value();
        boolean isQuoted = value.length() > 1
                && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                && value.charAt(value.length() - 1) == value.charAt(0);
        if (isQuoted) {
            return Optional.of("values are written without quotes: " + option.name() + " = "
                    + value.substring(1, value.length() - 1));
        }
        int comment = Math.max(value.indexOf(" ;"), value.indexOf(" #"));
        if (comment > 0) {
            return Optional.of("a comment stands on a line of its own: " + option.name() + " = "
                    + value.substring(0, comment).strip());
        }
        boolean isEnded = value.endsWith(";") && value.length() > 1;
        return isEnded
                ? Optional.of("lines end without a semicolon: " + option.name() + " = "
                        + value.substring(0, value.length() - 1))
                : Optional.empty();
    }

    /// What an address lacks.
    static String inAddress(Line.Option option) {
        String value = option.value();
        int scheme = value.indexOf("://");
        if (scheme >= 0) {
            String place = value.substring(scheme + 3).split("/", 2)[0];
            return "host and port alone: " + option.name() + " = " + place;
        }
        if (value.matches("[0-9]+")) {
            return "ports go up to 65535";
        }
        if (value.matches("\\S+\\s+[0-9]+")) {
            return "a colon stands between host and port: " + option.name() + " = " + value.replaceAll("\\s+", ":");
        }
        if (value.matches("[A-Za-z0-9.-]+")) {
            return "the port is missing: " + option.name() + " = " + value + ":PORT";
        }
        return "PORT, HOST:PORT or the path of a unix socket; ports by number or by a usual name";
    }

    /// What a word of another program is called here.
    static Optional<String> inName(String name) {
        return Optional.ofNullable(FOREIGN.get(name.endsWith(";") ? name.substring(0, name.length() - 1) : name))
                .map(here -> "here it is " + here);
    }

    /// What a line without `=` was meant to be.
    static String inLine(String text) {
        if (text.startsWith("[")) {
            return "a section's name ends with ]";
        }
        return inName(text.split("\\s+", 2)[0])
                .orElse("options are written \"name = value\", sections \"[name]\", comments start with ;");
    }
}
