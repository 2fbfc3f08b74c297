package dev.fairlead.admin.command;

import dev.fairlead.engine.tally.Tally;
import dev.fairlead.model.roster.CommandSocket.Level;
import dev.fairlead.model.roster.Section;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What a frontend is told.
final class FrontendCommands {
    private static final String NONE = "No such frontend.\n";

    private final Steered steered;

    FrontendCommands(Steered steered) {
        this.steered = steered;
    }

    List<Command> rows() {
        return List.of(
                Command.of("disable frontend <frontend>", Level.ADMIN, "close a frontend's sockets", this::disable),
                Command.of("enable frontend <frontend>", Level.ADMIN, "open them again", this::enable),
                Command.of("shutdown frontend <frontend>", Level.ADMIN, "close them for good", this::shut),
                Command.of(
                        "set maxconn frontend <frontend> <value>",
                        Level.ADMIN,
                        "limit a frontend's connections",
                        this::limit),
                Command.of(
                        "clear counters [all]",
                        Level.OPERATOR,
                        "forget what was greatest, or everything",
                        this::clear));
    }

    private String on(String name, Function<Section.Front, String> what) {
        if (name.isEmpty()) {
            return "A frontend name is expected.\n";
        }
        return steered.roster().front(name).flatMap(Section::front).map(what).orElse(NONE);
    }

    private String disable(Command.Line line, Session session) {
        return on(
                line.arg(0),
                front -> steered.engine().suspend(front) == 0 ? "All sockets are already disabled.\n" : "");
    }

    private String enable(Command.Line line, Session session) {
        return on(line.arg(0), front -> {
            try {
                return steered.engine().resume(front) == 0 ? "All sockets are already enabled.\n" : "";
            } catch (IOException refused) {
                return "Failed to resume frontend, check logs for precise cause (port conflict?).\n";
            }
        });
    }

    private String shut(Command.Line line, Session session) {
        return on(line.arg(0), front -> {
            steered.engine().shut(front);
            return "";
        });
    }

    private String limit(Command.Line line, Session session) {
        Optional<Section> section = steered.roster().front(line.arg(0));
        if (section.isEmpty()) {
            return NONE;
        }
        try {
            int most = Integer.parseInt(line.arg(1));
            if (most < 0) {
                return "Value out of range.\n";
            }
            steered.engine().limit(line.arg(0), most);
            return "";
        } catch (NumberFormatException none) {
            return line.arg(1).isEmpty() ? "Integer value expected.\n" : "Value out of range.\n";
        }
    }

    private String clear(Command.Line line, Session session) {
        boolean everything = line.arg(0).equals("all");
        if (everything && !session.level().covers(Level.ADMIN)) {
            return Command.DENIED;
        }
        for (Tally tally : steered.report().tallies().all()) {
            if (everything) {
                tally.clearAll();
            } else {
                tally.clearMost();
            }
        }
        return "";
    }
}
