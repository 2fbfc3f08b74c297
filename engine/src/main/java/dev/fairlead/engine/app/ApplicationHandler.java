package dev.fairlead.engine.app;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.http.ContentHandler;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.trace.Event;
import dev.fairlead.engine.trace.Tracer;
import dev.fairlead.model.app.Application;
import dev.fairlead.model.http.Action;
import dev.fairlead.model.http.Location;
import dev.fairlead.time.Clock;
import java.util.Optional;

/// Hands requests to an application's workers.
public final class ApplicationHandler implements ContentHandler {
    private static final int BAD_REQUEST = 400;

    private final ApplicationRules rules;
    private final ApplicationShares shares;
    private final Clock clock;

    private ApplicationHandler(ApplicationRules rules, ApplicationShares shares, Clock clock) {
        this.rules = rules;
        this.shares = shares;
        this.clock = clock;
    }

    public static ContentHandler compile(Action.RunApplication action, Location location, CompileContext context) {
        Optional<Application> application = context.applications().stream()
                .filter(one -> one.name().equals(action.application()))
                .findFirst();
        if (application.isEmpty()) {
            context.problems()
                    .error(
                            "engine.application",
                            action.origin(),
                            "there is no application \"" + action.application() + "\" in "
                                    + location.match().text());
            return exchange -> exchange.fail(503);
        }
        ApplicationPool pool = context.shared()
                .part(ApplicationPools.class, ApplicationPools::new)
                .of(action.application());
        ApplicationRules rules = ApplicationRules.of(application.get(), pool);
        pool.encoder(rules.encoder());
        return new ApplicationHandler(
                rules, context.shared().part(ApplicationShares.class, ApplicationShares::new), context.clock());
    }

    @Override
    public void handle(Exchange exchange) {
        int refusal = rules.bounds().admits(exchange.head()) ? rules.encoder().refusal(exchange) : BAD_REQUEST;
        if (refusal != 0) {
            exchange.fail(refusal);
            return;
        }
        Tracer tracer = exchange.tracer();
        if (tracer != null) {
            tracer.saw(new Event.Handed(rules.application().name()));
            return;
        }
        shares.of(exchange.loop(), clock).dispatch().begin(exchange, rules);
    }
}
