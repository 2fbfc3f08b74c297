package dev.fairlead.dialect.nginx.lint;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where requests are passed to, as it is written.
final class Targets {
    private static final Pattern SCHEME = Pattern.compile("https?://", Pattern.CASE_INSENSITIVE);
    /// Variables that begin with a slash: behind a server's name they begin the path.
    private static final Pattern PATH = Pattern.compile("(?<=.)(/|\\$\\{?(request_uri|uri|document_uri)\\b)");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([0-9A-Za-z_]+)}?");

    private Targets() {}

    /// The part of `proxy_pass` that names the server; empty for a unix socket.
    static Optional<String> host(String target) {
        Matcher scheme = SCHEME.matcher(target);
        String rest = scheme.lookingAt() ? target.substring(scheme.end()) : target;
        if (rest.startsWith("unix:")) {
            return Optional.empty();
        }
        Matcher path = PATH.matcher(rest);
        return Optional.of(path.find() ? rest.substring(0, path.start()) : rest);
    }

    /// Names of the variables in a text.
    static List<String> variables(String text) {
        return VARIABLE.matcher(text).results().map(found -> found.group(1)).toList();
    }
}
