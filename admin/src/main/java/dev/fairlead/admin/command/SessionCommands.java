package dev.fairlead.admin.command;

import dev.fairlead.engine.connection.Peer;
import dev.fairlead.engine.connection.SessionFacts;
import dev.fairlead.engine.upstream.server.ServerFacts;
import dev.fairlead.model.roster.CommandSocket.Level;
import dev.fairlead.model.roster.Section;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What is about connections of clients.
final class SessionCommands {
    private static final String NOT_THERE = "No such session (use 'show sess').\n";

    private final Steered steered;

    SessionCommands(Steered steered) {
        this.steered = steered;
    }

    List<Command> rows() {
        return List.of(
                Command.of("show sess [id]", Level.OPERATOR, "connections that have a request", this::show),
                Command.of("shutdown session [id]", Level.ADMIN, "end one of them", this::end),
                Command.of("shutdown sessions server <bk>/<srv>", Level.ADMIN, "end those of a server", this::endOf));
    }

    private String show(Command.Line line, Session session) {
        List<SessionFacts> all = steered.engine().sessions();
        Optional<Long> wanted = number(line.arg(0));
        if (wanted.isPresent()) {
            return all.stream()
                    .filter(each -> each.serial() == wanted.get())
                    .findFirst()
                    .map(this::shown)
                    .orElse(NOT_THERE);
        }
        return all.stream().map(this::shown).collect(Collectors.joining());
    }

    /// Times and flags of HAProxy's own workings stand as zero.
    private String shown(SessionFacts session) {
        return "0x" + Long.toHexString(session.serial()) + ": proto=" + protocol(session.source()) + " src="
                + source(session.source()) + " fe=" + orNone(session.front(), "<NONE>") + " be="
                + orNone(session.back(), "<NONE>") + " srv=" + orNone(session.server(), "<none>")
                + " ts=00 epoch=0 age=" + steered.report().secondsSince(session.openedNanos())
                + "s calls=1 rate=0 cpu=0 lat=0 exp= rc=0 c_exp=\n";
    }

    private static String orNone(String name, String none) {
        return name.isEmpty() ? none : name;
    }

    private static String protocol(Peer peer) {
        return peer.port() == 0 ? "unix_stream" : peer.text().indexOf(':') >= 0 ? "tcpv6" : "tcpv4";
    }

    private static String source(Peer peer) {
        return peer.port() == 0 ? "unix:1" : peer.text() + ":" + peer.port();
    }

    private String end(Command.Line line, Session session) {
        Optional<Long> wanted = number(line.arg(0));
        if (wanted.isEmpty()) {
            return "Session pointer expected (use 'show sess').\n";
        }
        return steered.engine().endSessions(each -> each.serial() == wanted.get()) == 0 ? NOT_THERE : "";
    }

    private String endOf(Command.Line line, Session session) {
        return switch (steered.server(line.arg(0))) {
            case Steered.Finding.None(String message) -> message;
            case Steered.Finding.Found(Section section, ServerFacts server) -> {
                steered.engine()
                        .endSessions(each -> each.back().equals(section.name())
                                && each.server().equals(server.name()));
                yield "";
            }
        };
    }

    private static Optional<Long> number(String text) {
        if (!text.startsWith("0x")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.parseLong(text.substring(2), 16));
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
    }
}
