package dev.fairlead.dialect.pound;

import dev.fairlead.model.control.Switchboard;
import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.http.HttpPlan;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Builds the plan of a configuration that was read. A plan with errors is not run.
final class PlanBuilder {
    private final Reading reading;
    private final Program program;
    private final Tls tls;
    private final Servers servers;

    PlanBuilder(Reading reading, List<Statement> statements) {
        this.reading = reading;
        this.program = new Program(reading, statements);
        this.tls = new Tls(reading, program.all().last("ECDHcurve").map(curve -> curve.text(0)));
        this.servers = new Servers(reading, program, tls);
    }

    /// The socket for operators, if there is one.
    Optional<Switchboard> board() {
        return new Controls(reading, program, servers).board();
    }

    Plan plan() {
        Listeners listeners = new Listeners(reading, program, tls, servers);
        List<HttpListener> found = new ArrayList<>();
        List<Statement> asked = program.all().each("ListenHTTP", "ListenHTTPS");
        asked.forEach(listener -> listeners.of(listener).ifPresent(found::add));
        if (asked.isEmpty()) {
            reading.problems()
                    .error("pound.no-listener", Span.builtIn(), "no listeners defined", "add a block ListenHTTP … End");
        }
        return new Plan(new HttpPlan(found, servers.upstreams(), 0, List.of()), program.runtime());
    }
}
