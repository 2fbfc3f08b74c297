package dev.fairlead.admin.command;

import dev.fairlead.model.roster.CommandSocket.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What is about the connection that gives commands, and about the process around it.
final class SocketCommands {
    private static final Map<String, Long> UNITS =
            Map.of("us", 1L, "ms", 1_000L, "", 1_000_000L, "s", 1_000_000L, "m", 60_000_000L, "h", 3_600_000_000L);

    private SocketCommands() {}

    static List<Command> rows() {
        return List.of(
                Command.of(
                        "show cli level",
                        Level.USER,
                        "what this connection may do",
                        (line, session) -> session.level().word() + "\n"),
                Command.of("user", Level.USER, "may do no more than a user from now on", lower(Level.USER)),
                Command.of("operator", Level.OPERATOR, "may do no more than an operator", lower(Level.OPERATOR)),
                Command.of("set timeout cli <delay>", Level.USER, "how long to wait for a line", SocketCommands::idle),
                Command.of(
                        "show env [var]", Level.OPERATOR, "variables of the environment", SocketCommands::environment),
                Command.of(
                        "set severity-output [none|number|string]",
                        Level.USER,
                        "answers have no grades here",
                        (line, session) -> ""));
    }

    private static Command.Action lower(Level to) {
        return (line, session) -> {
            session.lower(to);
            return "";
        };
    }

    private static String idle(Command.Line line, Session session) {
        String text = line.arg(0);
        int digits = 0;
        while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
            digits++;
        }
        if (text.isEmpty()) {
            return "Expects an integer value.\n";
        }
        Long unit = UNITS.get(text.substring(digits));
        if (digits == 0 || digits > 9 || unit == null) {
            return "Invalid timeout value.\n";
        }
        session.idle(Duration.ofNanos(Long.parseLong(text.substring(0, digits)) * unit * 1_000));
        return "";
    }

    private static String environment(Command.Line line, Session session) {
        Map<String, String> all = new TreeMap<>(System.getenv());
        if (line.count() == 0) {
            return all.entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                    .collect(Collectors.joining());
        }
        String value = all.get(line.arg(0));
        return value == null ? "Variable not found\n" : line.arg(0) + "=" + value + "\n";
    }
}
