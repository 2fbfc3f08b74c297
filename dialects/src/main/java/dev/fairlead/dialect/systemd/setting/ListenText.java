package dev.fairlead.dialect.systemd.setting;

import dev.fairlead.dialect.systemd.name.UnitOptions;
import dev.fairlead.model.service.socket.ListenPoint;
import dev.fairlead.model.service.socket.ListenPoint.Kind;
import dev.fairlead.source.Span;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Addresses as `ListenStream=` and its like have them: a path, `@name`, a port, `1.2.3.4:80` or `[::1]:80`.
final class ListenText {
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");
    private static final Pattern FOUR = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,3}){3}):([0-9]{1,5})");
    private static final Pattern SIX = Pattern.compile("\\[([0-9A-Fa-f:]*:[0-9A-Fa-f:.]*(?:%[\\w.-]+)?)]:([0-9]{1,5})");
    private static final int LARGEST_PORT = 65535;
    /// What the kernel has room for, with the zero at the end.
    static final int LONGEST_PATH = 107;

    private ListenText() {}

    static Optional<ListenPoint> parse(String text, Kind kind, UnitOptions options, Span origin) {
        if (text.startsWith("/")) {
            return text.length() > LONGEST_PATH
                    ? Optional.empty()
                    : Optional.of(new ListenPoint.UnixPath(kind, options.resolve(text), origin));
        }
        if (text.startsWith("@")) {
            return text.length() < 2 || text.length() > LONGEST_PATH
                    ? Optional.empty()
                    : Optional.of(new ListenPoint.UnixName(kind, text.substring(1), origin));
        }
        // Only unix sockets carry messages over connections.
        if (kind == Kind.SEQUENTIAL) {
            return Optional.empty();
        }
        if (PORT.matcher(text).matches()) {
            return inet(kind, Optional.empty(), text, origin);
        }
        Matcher four = FOUR.matcher(text);
        if (four.matches() && isFour(four.group(1))) {
            return inet(kind, Optional.of(four.group(1)), four.group(2), origin);
        }
        Matcher six = SIX.matcher(text);
        return six.matches() ? inet(kind, Optional.of(six.group(1)), six.group(2), origin) : Optional.empty();
    }

    private static boolean isFour(String host) {
        for (String part : host.split("\\.", -1)) {
            if (Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }

    private static Optional<ListenPoint> inet(Kind kind, Optional<String> host, String port, Span origin) {
        int number = Integer.parseInt(port);
        return number == 0 || number > LARGEST_PORT
                ? Optional.empty()
                : Optional.of(new ListenPoint.Inet(kind, host, number, origin));
    }
}
