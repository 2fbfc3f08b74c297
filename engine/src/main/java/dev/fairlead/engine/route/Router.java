package dev.fairlead.engine.route;

import dev.fairlead.engine.access.KnownUsers;
import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.ExchangeEntry;
import dev.fairlead.engine.http.Method;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.tally.Tallies;
import dev.fairlead.engine.tally.Tally;
import dev.fairlead.engine.text.Check;
import dev.fairlead.engine.text.Expression;
import dev.fairlead.engine.text.Texts;
import dev.fairlead.engine.trace.Event;
import dev.fairlead.engine.trace.Tracer;
import dev.fairlead.model.http.HeadReading;
import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.http.LogLevel;
import dev.fairlead.model.http.VirtualHost;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The virtual hosts of a listener in one generation. Requests come in here.
public final class Router implements ExchangeEntry {
    private final HostTable<Site> hosts;
    private final HeadReading headReading;
    /// Those whose passwords rules ask for.
    private final List<KnownUsers> users;
    private final @Nullable Tally tally;
    private final @Nullable Check headed;

    private Router(HttpListener listener, CompileContext context) {
        IdentityHashMap<VirtualHost, Site> sites = new IdentityHashMap<>();
        for (VirtualHost host : listener.hosts()) {
            sites.put(host, new Site(host, context));
        }
        Site otherwise = sites.computeIfAbsent(listener.defaultHost(), host -> new Site(host, context));
        hosts = new HostTable<>(otherwise);
        users = context.texts() instanceof Texts texts ? texts.users() : List.of();
        headReading = listener.defaultHost().head();
        headed = headReading
                .headed()
                .map(condition -> Check.compile(condition, Texts.of(context)))
                .orElse(null);
        tally = context.shared().part(Tallies.class, Tallies::new).front(listener.address());
        for (VirtualHost host : listener.hosts()) {
            Site site = sites.getOrDefault(host, otherwise);
            host.names().forEach(name -> hosts.put(name, site, context.problems()));
        }
    }

    /// What cannot be compiled is added to the context's problems.
    public static ExchangeEntry compile(HttpListener listener, CompileContext context) {
        return new Router(listener, context);
    }

    @Override
    public HeadReading headReading() {
        return headReading;
    }

    @Override
    public boolean isHeaded(Exchange exchange) {
        return headed != null && headed.holds(exchange);
    }

    @Override
    public @Nullable Tally tally() {
        return tally;
    }

    @Override
    public void handle(Exchange exchange) {
        Passage.begin(exchange);
        exchange.place(hosts.otherwise().root());
        try {
            Site site = hosts.find(exchange.head().host(), exchange);
            exchange.place(site.root());
            Tracer tracer = exchange.tracer();
            if (tracer != null) {
                tracer.saw(new Event.HostFound(site.host(), exchange.head().host()));
            }
            if (isAcceptable(site, exchange)) {
                settle(site, exchange, 0);
            }
        } catch (Expression.TooCostly costly) {
            exchange.place().report(exchange, LogLevel.ERROR, String.valueOf(costly.getMessage()));
            exchange.fail(500);
        } catch (RuntimeException | StackOverflowError fault) {
            exchange.place().report(exchange, LogLevel.ALERT, "internal fault: " + Faults.describe(fault));
            exchange.fail(500);
        }
    }

    /// Passwords that take long to check are checked before rules run.
    ///
    /// @param from the first list of users that is not asked yet
    private void settle(Site site, Exchange exchange, int from) {
        if (from == users.size() || !exchange.head().fields().has(FieldName.AUTHORIZATION)) {
            Phases.begin(site, exchange);
            return;
        }
        Passage passage = Passage.of(exchange);
        long serial = passage.serial();
        exchange.onClientGone(() -> passage.abandon(serial));
        users.get(from).settle(exchange, () -> {
            if (passage.isStill(serial)) {
                exchange.onClientGone(null);
                Phases.guard(exchange, () -> settle(site, exchange, from + 1));
            }
        });
    }

    /// Two methods no place answers, and hosts that are not for everyone.
    private boolean isAcceptable(Site site, Exchange exchange) {
        Method method = exchange.head().method();
        if (method == Method.TRACE || method == Method.CONNECT) {
            exchange.response().closeConnection();
            exchange.place().report(exchange, LogLevel.INFO, "client sent " + method + " method");
            exchange.fail(405);
            return false;
        }
        int refusal = site.asksForCertificates()
                ? ClientCertificates.refusal(
                        exchange.connection(), site.host(), exchange.head().host(), hosts::isNamed)
                : 0;
        if (refusal != 0) {
            exchange.response().closeConnection();
            exchange.place().report(exchange, LogLevel.INFO, ClientCertificates.reason(refusal));
            exchange.fail(refusal);
        }
        return refusal == 0;
    }

    @Override
    public void refuse(Exchange exchange, int status, String reason) {
        Passage.begin(exchange);
        exchange.place(hosts.otherwise().root());
        exchange.response().closeConnection();
        exchange.place().report(exchange, LogLevel.INFO, reason);
        exchange.fail(status);
    }

    @Override
    public void connectionFailed(Exchange exchange) {
        Passage.begin(exchange);
        Spot spot = hosts.otherwise().root();
        exchange.place(spot);
        spot.clientAddress().apply(exchange, Passage.of(exchange));
        spot.connectionFailed(exchange);
    }
}
