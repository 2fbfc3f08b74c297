package dev.fairlead.dialect.gunicorn;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// gunicorn's format of an access log's lines (its documentation, `access_log_format`), as nginx's `log_format`
/// says the same.
public final class AccessFormat {
    private static final Pattern ATOM = Pattern.compile("%\\((\\{([^}]*)\\}([ioe])|[a-zA-Z])\\)[sd]|%%");
    private static final Map<String, String> ATOMS = Map.ofEntries(
            Map.entry("h", "$remote_addr"),
            Map.entry("l", "-"),
            Map.entry("u", "$remote_user"),
            Map.entry("t", "[$time_local]"),
            Map.entry("r", "$request"),
            Map.entry("m", "$request_method"),
            Map.entry("U", "$uri"),
            Map.entry("q", "$args"),
            Map.entry("H", "$server_protocol"),
            Map.entry("s", "$status"),
            Map.entry("B", "$body_bytes_sent"),
            Map.entry("b", "$body_bytes_sent"),
            Map.entry("f", "$http_referer"),
            Map.entry("a", "$http_user_agent"),
            Map.entry("T", "$request_seconds"),
            Map.entry("M", "$request_milliseconds"),
            Map.entry("D", "$request_microseconds"),
            Map.entry("L", "$request_time"),
            Map.entry("p", "<$pid>"));

    private AccessFormat() {}

    /// @return the format in nginx's words; empty if it asks for what is not known here
    public static Optional<String> translate(String format) {
        if (format.indexOf('$') >= 0) {
            return Optional.empty();
        }
        StringBuilder out = new StringBuilder();
        Matcher atom = ATOM.matcher(format);
        while (atom.find()) {
            Optional<String> meaning = meaning(atom);
            if (meaning.isEmpty()) {
                return Optional.empty();
            }
            atom.appendReplacement(out, Matcher.quoteReplacement(meaning.get()));
        }
        atom.appendTail(out);
        return Optional.of(out.toString());
    }

    private static Optional<String> meaning(Matcher atom) {
        if (atom.group().equals("%%")) {
            return Optional.of("%");
        }
        if (atom.group(2) == null) {
            return Optional.ofNullable(ATOMS.get(atom.group(1)));
        }
        String name = atom.group(2).toLowerCase(Locale.ROOT).replace('-', '_');
        return switch (atom.group(3)) {
            case "i" -> Optional.of("${http_" + name + "}");
            case "o" -> Optional.of("${sent_http_" + name + "}");
            // The environ belongs to the application; traffic knows what it wrote there, not what became of it.
            default -> name.startsWith("http_") ? Optional.of("${" + name + "}") : Optional.empty();
        };
    }
}
