package dev.fairlead.engine.generation;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Shared;
import dev.fairlead.engine.http.ExchangeEntry;
import dev.fairlead.engine.route.Router;
import dev.fairlead.engine.text.Texts;
import dev.fairlead.engine.upstream.Upstreams;
import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.source.Problems;
import dev.fairlead.time.Clock;
import java.util.function.Function;

/// Makes what answers requests out of a plan's listeners.
@FunctionalInterface
interface PlanCompiler {
    /// @param problems what keeps the plan from running is added
    Function<HttpListener, ExchangeEntry> begin(Plan plan, Problems problems, Shared shared, Clock clock);

    /// The router's own.
    static PlanCompiler routing() {
        return (plan, problems, shared, clock) -> {
            Texts texts = new Texts(plan.http().variableSlots(), problems, shared, clock);
            CompileContext context = new CompileContext(problems, shared, texts, clock, plan.applications());
            shared.part(Upstreams.class, Upstreams::new).prepare(plan.http().upstreams(), context);
            return listener -> Router.compile(listener, context);
        };
    }
}
