package dev.fairlead.cli.daemon;

import dev.fairlead.model.net.Address;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.os.ListeningSockets;
import dev.fairlead.os.OsException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Sockets that whoever started this program has opened, by the numbers of their descriptors, as `bind fd@3`
/// names them.
public final class NumberedSockets {
    /// Where they listen, one `3=127.0.0.1:80` to a line, told to a program that goes on with the sockets of an
    /// earlier one: it has them under other numbers.
    private static final String VARIABLE = "FAIRLEAD_NUMBERED_SOCKETS";

    private NumberedSockets() {}

    /// What the next program is told of those that this plan listens on, as variables; an empty one is to be
    /// taken away.
    public static Map<String, String> told(Plan plan) {
        String all = plan.listeners().stream()
                .flatMap(listener -> listener.options().descriptor().stream()
                        .map(number -> number + "=" + listener.address().text()))
                .distinct()
                .collect(Collectors.joining("\n"));
        return Map.of(VARIABLE, all);
    }

    /// Where the socket listens; empty if there is no socket under that number, or one without a port or a file.
    public static Optional<Address> address(int descriptor) {
        String told = Optional.ofNullable(System.getenv(VARIABLE)).orElse("");
        return told.isEmpty() ? open(descriptor) : among(told, descriptor);
    }

    static Optional<Address> among(String told, int descriptor) {
        String beginning = descriptor + "=";
        return told.lines()
                .filter(line -> line.startsWith(beginning))
                .findFirst()
                .flatMap(line -> parse(line.substring(beginning.length())));
    }

    private static Optional<Address> open(int descriptor) {
        try {
            return parse(ListeningSockets.localName(descriptor));
        } catch (OsException none) {
            return Optional.empty();
        }
    }

    static Optional<Address> parse(String text) {
        if (text.startsWith("unix:")) {
            String path = text.substring("unix:".length());
            return path.startsWith("/") ? Optional.of(new Address.Unix(path)) : Optional.empty();
        }
        int colon = text.lastIndexOf(':');
        int port = Integer.parseInt(text.substring(colon + 1));
        String host = text.substring(0, colon);
        String plain = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return port == 0 ? Optional.empty() : Optional.of(new Address.Tcp(plain, port));
    }
}
