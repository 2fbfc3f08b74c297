package dev.fairlead.admin.command;

import dev.fairlead.engine.upstream.server.ServerFacts;
import dev.fairlead.model.control.ServerCommand;
import dev.fairlead.model.roster.CommandSocket.Level;
import dev.fairlead.model.roster.Section;
import dev.fairlead.model.upstream.Duty;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/// What one server is told.
final class ServerCommands {
    private static final int HEAVIEST = 256;
    private static final Set<String> STATIC = Set.of("static-rr", "first");
    private static final String NO_AGENT = "agent checks are not enabled on this server.\n";

    private final Steered steered;
    private final ServerMoves moves;

    ServerCommands(Steered steered) {
        this.steered = steered;
        this.moves = new ServerMoves(steered);
    }

    List<Command> rows() {
        return List.of(
                Command.of("set server <bk>/<srv> [opts]", Level.ADMIN, "change state, weight or health", this::set),
                Command.of("set weight <bk>/<srv>", Level.ADMIN, "change a server's weight", this::weight),
                Command.of("get weight <bk>/<srv>", Level.USER, "show a server's weight", this::shownWeight),
                Command.of("set maxconn server <bk>/<srv>", Level.ADMIN, "limit a server's connections", this::limit),
                Command.of("enable server <bk>/<srv>", Level.ADMIN, "put a server to work", duty(Duty.READY)),
                Command.of("disable server <bk>/<srv>", Level.ADMIN, "take a server out", duty(Duty.MAINTENANCE)),
                Command.of("enable health <bk>/<srv>", Level.ADMIN, "check a server again", checks(true)),
                Command.of("disable health <bk>/<srv>", Level.ADMIN, "stop checking a server", checks(false)),
                Command.of("enable agent <bk>/<srv>", Level.ADMIN, "ask a server's agent again", agent(true)),
                Command.of("disable agent <bk>/<srv>", Level.ADMIN, "stop asking a server's agent", agent(false)));
    }

    private String on(String name, BiFunction<Section, ServerFacts, String> what) {
        return switch (steered.server(name)) {
            case Steered.Finding.None(String message) -> message;
            case Steered.Finding.Found(Section section, ServerFacts server) -> what.apply(section, server);
        };
    }

    private String tell(Section section, ServerFacts server, ServerCommand command) {
        steered.engine().tell(section.name(), server.name(), command);
        return "";
    }

    private Command.Action duty(Duty duty) {
        return (line, session) ->
                on(line.arg(0), (section, server) -> tell(section, server, new ServerCommand.SetDuty(duty)));
    }

    private Command.Action checks(boolean on) {
        return (line, session) -> on(line.arg(0), (section, server) -> {
            boolean isChecked = server.check().isPresent();
            return on && !isChecked
                    ? "Health check was not configured on this server, cannot enable it.\n"
                    : tell(section, server, new ServerCommand.SetChecks(on));
        });
    }

    private Command.Action agent(boolean on) {
        return (line, session) -> on(
                line.arg(0),
                (section, server) -> on && !hasAgent(server)
                        ? "Agent was not configured on this server, cannot enable it.\n"
                        : tell(section, server, new ServerCommand.SetAgent(on)));
    }

    private static boolean hasAgent(ServerFacts server) {
        return server.traits().vigilance().agent().isPresent();
    }

    private String agent(Section section, ServerFacts server, String value) {
        if (!hasAgent(server)) {
            return NO_AGENT;
        }
        return switch (value) {
            case "up" -> tell(section, server, new ServerCommand.SetAgentHealth(true));
            case "down" -> tell(section, server, new ServerCommand.SetAgentHealth(false));
            default -> "'set server <srv> agent' expects 'up' or 'down'.\n";
        };
    }

    private String set(Command.Line line, Session session) {
        return on(line.arg(0), (section, server) -> switch (line.arg(1)) {
            case "addr" -> moves.address(section, server, line.from(2));
            case "fqdn" -> moves.name(section, server, line.arg(2));
            default -> set(section, server, line.arg(1), line.arg(2));
        });
    }

    private String set(Section section, ServerFacts server, String what, String value) {
        return switch (what) {
            case "state" -> state(section, server, value);
            case "weight" -> weight(section, server, value);
            case "health" -> health(section, server, value);
            case "agent" -> agent(section, server, value);
            case "agent-addr", "agent-port", "agent-send" ->
                hasAgent(server) ? "agents are asked where the configuration says: change it and reload.\n" : NO_AGENT;
            case "check-addr", "check-port" -> "checks go where the configuration says: change it and reload.\n";
            case "ssl" -> "'set server <srv> ssl' cannot be set.  default-server should define ssl settings\n";
            default ->
                "usage: set server <backend>/<server> addr | agent | agent-addr | agent-port | agent-send | check-addr"
                        + " | check-port | fqdn | health | ssl | state | weight\n";
        };
    }

    private String state(Section section, ServerFacts server, String value) {
        return switch (value) {
            case "ready" -> tell(section, server, new ServerCommand.SetDuty(Duty.READY));
            case "drain" -> tell(section, server, new ServerCommand.SetDuty(Duty.DRAIN));
            case "maint" -> tell(section, server, new ServerCommand.SetDuty(Duty.MAINTENANCE));
            default -> "'set server <srv> state' expects 'ready', 'drain' and 'maint'.\n";
        };
    }

    private String health(Section section, ServerFacts server, String value) {
        return switch (value) {
            case "up" -> {
                tell(section, server, new ServerCommand.SetDuty(Duty.READY));
                yield tell(section, server, new ServerCommand.SetHealth(true));
            }
            case "down" -> tell(section, server, new ServerCommand.SetHealth(false));
            case "stopping" -> tell(section, server, new ServerCommand.SetDuty(Duty.DRAIN));
            default -> "'set server <srv> health' expects 'up', 'stopping', or 'down'.\n";
        };
    }

    private String weight(Command.Line line, Session session) {
        return on(line.arg(0), (section, server) -> weight(section, server, line.arg(1)));
    }

    private String weight(Section section, ServerFacts server, String value) {
        int digits = 0;
        while (digits < value.length() && Character.isDigit(value.charAt(digits))) {
            digits++;
        }
        if (value.isEmpty()) {
            return "Require <weight> or <weight%>.\n";
        }
        if (digits == 0 || digits > 9) {
            return "Empty weight string empty or preceded by garbage";
        }
        int number = Integer.parseInt(value.substring(0, digits));
        String unit = value.substring(digits);
        boolean isStatic =
                section.back().filter(back -> STATIC.contains(back.balance())).isPresent();
        if (unit.equals("%")) {
            return isStatic && number != 0 && number != 100
                    ? "Backend is using a static LB algorithm and only accepts weights '0%' and '100%'.\n"
                    : tell(section, server, new ServerCommand.ScaleWeight(number));
        }
        if (!unit.isEmpty()) {
            return "Trailing garbage in weight string";
        }
        if (number > HEAVIEST) {
            return "Absolute weight can only be between 0 and 256 inclusive.\n";
        }
        return isStatic && number != 0 && number != server.share()
                ? "Backend is using a static LB algorithm and only accepts weights '0%' and '100%'.\n"
                : tell(section, server, new ServerCommand.SetWeight(number));
    }

    private String shownWeight(Command.Line line, Session session) {
        return on(line.arg(0), (section, server) -> server.weight() + " (initial " + server.share() + ")\n");
    }

    private String limit(Command.Line line, Session session) {
        return on(line.arg(0), (section, server) -> {
            if (line.arg(1).isEmpty()) {
                return "Require <maxconn>.\n";
            }
            try {
                int most = Integer.parseInt(line.arg(1));
                return tell(section, server, new ServerCommand.SetMaxConnections(most));
            } catch (NumberFormatException none) {
                return "maxconn string empty or preceded by garbage";
            }
        });
    }
}
