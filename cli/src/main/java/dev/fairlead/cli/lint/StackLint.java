package dev.fairlead.cli.lint;

import dev.fairlead.cli.stack.CompiledStack;
import dev.fairlead.cli.stack.StackReader;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.plan.Waits;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import dev.fairlead.time.Clock;
import java.util.ArrayList;
import java.util.List;

/// All rules for what is allowed and rarely meant: those of each dialect for its own files, and those that look
/// at all parts of a stack together.
public final class StackLint {
    static final String TIMEOUTS = "lint.inverted-timeouts";

    private StackLint() {}

    /// Nothing for a stack that has errors.
    public static List<Diagnostic> look(StackReader reader, Clock clock) {
        CompiledStack stack = reader.unmoved().read();
        if (stack.isBroken()) {
            return List.of();
        }
        List<Diagnostic> found = new ArrayList<>(reader.remarks());
        Plan plan = stack.plan().orElse(Plan.EMPTY);
        Problems problems = new Problems();
        new CertificateLint(clock.wallMillis(), problems).look(plan);
        PortLint.look(plan, stack.units(), problems);
        for (Waits waits : Waits.inverted(plan)) {
            problems.warning(
                    TIMEOUTS,
                    waits.first(),
                    "gives up after " + waits.firstTime().toSeconds() + " s, while the next hop waits "
                            + waits.secondTime().toSeconds() + " s ("
                            + waits.second().fileAndLine() + ")",
                    "the client is told 504 while its request is still worked on: let the first hop wait longer");
        }
        found.addAll(problems.all());
        return found;
    }
}
