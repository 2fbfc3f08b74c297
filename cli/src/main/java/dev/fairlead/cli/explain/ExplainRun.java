package dev.fairlead.cli.explain;

import dev.fairlead.cli.stack.CompiledStack;
import dev.fairlead.cli.stack.StackReader;
import dev.fairlead.engine.explain.Explainer;
import dev.fairlead.model.net.Listener;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.source.Severity;
import dev.fairlead.time.Clock;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/// What `fairlead explain` does. Nothing is listened on, nothing is sent and nothing is logged; files are
/// looked for, because the way of a request depends on which are there.
public final class ExplainRun {
    private final StackReader reader;
    private final Clock clock;
    private final PrintStream out;
    private final PrintStream err;

    public ExplainRun(StackReader reader, Clock clock, PrintStream out, PrintStream err) {
        this.reader = reader;
        this.clock = clock;
        this.out = out;
        this.err = err;
    }

    /// @param json whether programs are to read it
    /// @return the exit status: 1 if the stack cannot run as it is, or the request does not reach it
    public int show(Asked asked, boolean json) {
        CompiledStack stack = reader.unmoved().read();
        Plan plan = stack.plan().orElse(Plan.EMPTY);
        if (stack.isBroken()) {
            err.println(stack.complaints(Severity.ERROR));
            return 1;
        }
        Entrance entrance = new Entrance(plan, reader);
        Optional<Listener> first = entrance.of(asked);
        if (first.isEmpty()) {
            err.println("fairlead explain: nothing listens on port " + asked.port() + "; " + entrance.all());
            return 1;
        }
        try (Explainer explainer = new Explainer(plan, clock)) {
            List<Step> hops =
                    new Journey(stack, plan, explainer).of(entrance.step(first.get(), asked), first.get(), asked);
            if (explainer.problems().hasErrors()) {
                err.println(explainer.problems().render());
                return 1;
            }
            out.print(json ? Shown.json(asked, hops) : Shown.text(asked, hops));
        }
        return 0;
    }
}
