package dev.fairlead.admin.command;

import dev.fairlead.engine.report.ProcessFact;
import dev.fairlead.engine.report.ServerLines;
import dev.fairlead.engine.report.StatColumn;
import dev.fairlead.engine.report.StatRow;
import dev.fairlead.engine.report.StatText;
import dev.fairlead.model.roster.CommandSocket;
import dev.fairlead.model.roster.CommandSocket.Level;
import dev.fairlead.model.roster.Section;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// What there is, as tables.
final class ShowCommands {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss.SSS", Locale.ROOT);
    private static final int ALL_KINDS = -1;

    private final Steered steered;

    ShowCommands(Steered steered) {
        this.steered = steered;
    }

    List<Command> rows() {
        return List.of(
                Command.of("show info [json|typed]*", Level.USER, "facts about the process", this::info),
                Command.of(
                        "show stat [<section> <kinds> <server>] [json|no-maint|typed|up]*",
                        Level.USER,
                        "counts of frontends, backends and servers",
                        this::stat),
                Command.of(
                        "show version",
                        Level.USER,
                        "the version that is followed",
                        (line, session) -> steered.version() + "\n"),
                Command.of("show backend", Level.USER, "names of backends", this::backends),
                Command.of("show servers state [<backend>]", Level.USER, "states of servers", this::states),
                Command.of("show servers conn [<backend>]", Level.USER, "connections of servers", this::connections),
                Command.of("show errors [<px>]", Level.OPERATOR, "malformed messages: none are kept", this::errors),
                Command.of("show cli sockets", Level.USER, "where commands may be given", this::sockets),
                Command.of("show startup-logs", Level.USER, "what was said at the start", (line, session) -> "\n"),
                Command.of(
                        "show resolvers [id]",
                        Level.USER,
                        "counts of name servers that are asked for servers",
                        (line, session) -> steered.engine()
                                .nameServers(line.arg(0))
                                .orElse("Can't find that resolvers section\n")),
                Command.of("show peers", Level.USER, "tables are not shared with others", (line, session) -> ""));
    }

    private String info(Command.Line line, Session session) {
        List<ProcessFact> fields = ProcessFact.all(steered.report(), steered.name(), steered.version());
        if (line.from(0).contains("json")) {
            return ProcessFact.json(fields);
        }
        return line.from(0).contains("typed") ? ProcessFact.typed(fields) : ProcessFact.text(fields);
    }

    private String stat(Command.Line line, Session session) {
        List<StatRow> rows = steered.report().rows();
        Selection wanted = Selection.read(line.from(0), steered.roster().sections());
        if (!wanted.isKnown()) {
            return "No such proxy.\n";
        }
        boolean isTrusted = session.level().covers(Level.OPERATOR);
        rows = rows.stream()
                .filter(wanted::takes)
                .map(row -> isTrusted ? row : row.discreet())
                .toList();
        if (line.from(0).contains("json")) {
            return StatText.json(rows);
        }
        return line.from(0).contains("typed") ? StatText.typed(rows) : StatText.csv(rows);
    }

    /// Which rows are meant.
    ///
    /// @param section its number, or -1 for all
    /// @param kinds a bit for each kind
    /// @param server its number, or -1 for all
    private record Selection(boolean isKnown, int section, int kinds, int server, boolean upOnly, boolean noMaint) {
        static Selection read(List<String> words, List<Section> sections) {
            boolean up = words.contains("up");
            boolean noMaint = words.contains("no-maint");
            if (words.size() < 3
                    || !words.get(1).matches("-?\\d{1,6}")
                    || !words.get(2).matches("-?\\d{1,6}")) {
                return new Selection(true, -1, ALL_KINDS, -1, up, noMaint);
            }
            String name = words.getFirst();
            Optional<Section> named = sections.stream()
                    .filter(section -> section.name().equals(name))
                    .findFirst();
            boolean isNumber = name.matches("-?\\d{1,9}");
            int number = named.map(Section::number).orElseGet(() -> isNumber ? Integer.parseInt(name) : 0);
            return new Selection(
                    named.isPresent() || isNumber,
                    number,
                    Integer.parseInt(words.get(1)),
                    Integer.parseInt(words.get(2)),
                    up,
                    noMaint);
        }

        boolean takes(StatRow row) {
            String status = row.text(StatColumn.STATUS);
            boolean isServer = row.kind() == StatRow.Kind.SERVER;
            return (section < 0 || row.section() == section)
                    && (kinds & row.kind().bit()) != 0
                    && (server < 0 || !isServer || row.server() == server)
                    && !(upOnly && isServer && (status.startsWith("DOWN") || status.startsWith("MAINT")))
                    && !(noMaint && status.startsWith("MAINT"));
        }
    }

    private String backends(Command.Line line, Session session) {
        return steered.roster().sections().stream()
                .filter(section -> section.back().isPresent())
                .map(section -> section.name() + "\n")
                .collect(Collectors.joining("", "# name\n", ""));
    }

    private Optional<List<Section>> backs(String name) {
        if (name.isEmpty()) {
            return Optional.of(steered.roster().sections().stream()
                    .filter(section -> section.back().isPresent())
                    .toList());
        }
        return steered.roster().back(name).map(List::of);
    }

    private String states(Command.Line line, Session session) {
        return backs(line.arg(0))
                .map(sections -> ServerLines.states(sections, steered.report()))
                .orElse("Can't find backend.\n");
    }

    private String connections(Command.Line line, Session session) {
        return backs(line.arg(0))
                .map(sections -> ServerLines.connections(
                        sections, steered.report(), steered.engine().loopCount()))
                .orElse("Can't find backend.\n");
    }

    private String errors(Command.Line line, Session session) {
        String name = line.arg(0);
        boolean isKnown = name.isEmpty()
                || name.equals("-1")
                || steered.roster().sections().stream()
                        .anyMatch(section -> section.name().equals(name));
        if (!isKnown) {
            return "No such proxy.\n";
        }
        String now = LocalDateTime.now(ZoneId.systemDefault()).format(MOMENT);
        return "Total events captured on [" + now + "] : 0\n";
    }

    private String sockets(Command.Line line, Session session) {
        return steered.roster().sockets().stream()
                .map(ShowCommands::shown)
                .collect(Collectors.joining("", "# socket lvl processes\n", ""));
    }

    private static String shown(CommandSocket socket) {
        String address = switch (socket.address()) {
            case dev.fairlead.model.net.Address.Unix unix -> "unix@" + unix.path();
            case dev.fairlead.model.net.Address.Tcp tcp ->
                (tcp.host().indexOf(':') >= 0 ? "ipv6@" : "ipv4@") + (tcp.host().equals("*") ? "0.0.0.0" : tcp.host())
                        + ":" + tcp.port();
        };
        return address + " " + socket.level().word() + " all\n";
    }
}
