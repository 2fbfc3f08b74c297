package dev.fairlead.admin.command;

import dev.fairlead.engine.report.ProcessFact;
import dev.fairlead.engine.tally.WholeLimits;
import dev.fairlead.model.roster.CommandSocket.Level;
import dev.fairlead.model.roster.Rates;
import java.util.List;

/// Limits that hold over all fronts, until the configuration is read again.
final class LimitCommands {
    private static final String RATES = """
            'set rate-limit' only supports :
               - 'connections global' to set the per-process maximum connection rate
               - 'sessions global' to set the per-process maximum session rate
            """;
    private static final String MISSING = "Expects an integer value.\n";
    private static final String OUTSIDE = "Value out of range.\n";

    private final Steered steered;

    LimitCommands(Steered steered) {
        this.steered = steered;
    }

    List<Command> rows() {
        return List.of(
                Command.of(
                        "set maxconn global <value>",
                        Level.ADMIN,
                        "limit connections of all frontends, up to the configuration's maxconn",
                        this::most),
                Command.of(
                        "set rate-limit <setting> <value>",
                        Level.ADMIN,
                        "limit connections or sessions of all frontends in a second",
                        this::rate));
    }

    private WholeLimits limits() {
        return steered.report().tallies().whole();
    }

    private String most(Command.Line line, Session session) {
        if (line.arg(0).isEmpty()) {
            return MISSING;
        }
        int wanted = number(line.arg(0));
        if (wanted > ProcessFact.usualLimit(limits().planned(), steered.report())) {
            return OUTSIDE;
        }
        limits().most(wanted > 0 ? wanted : limits().planned());
        steered.engine().limitsChanged();
        return "";
    }

    private String rate(Command.Line line, Session session) {
        String kind = line.arg(0);
        boolean isKnown = kind.equals("connections") || kind.equals("sessions");
        if (!isKnown || !line.arg(1).equals("global")) {
            return RATES;
        }
        if (line.arg(2).isEmpty()) {
            return MISSING;
        }
        int wanted = number(line.arg(2));
        if (wanted < 0) {
            return OUTSIDE;
        }
        Rates present = limits().rates();
        limits().rates(
                        kind.equals("connections")
                                ? new Rates(wanted, present.sessions())
                                : new Rates(present.connections(), wanted));
        steered.engine().limitsChanged();
        return "";
    }

    /// As atoi(3) reads it: what begins with no digit is 0.
    private static int number(String text) {
        int start = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        int end = start;
        while (end < text.length() && end < start + 9 && Character.isDigit(text.charAt(end))) {
            end++;
        }
        return end == start ? 0 : Integer.parseInt(text.substring(0, end));
    }
}
