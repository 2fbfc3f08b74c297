package dev.fairlead.engine.route;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.ExchangeEntry;
import dev.fairlead.engine.http.Method;
import dev.fairlead.engine.text.Expression;
import dev.fairlead.model.http.HeadReading;
import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.http.LogLevel;
import dev.fairlead.model.http.VirtualHost;
import java.util.IdentityHashMap;

/// The virtual hosts of a listener in one generation. Requests come in here.
public final class Router implements ExchangeEntry {
    private final HostTable<Site> hosts;
    private final HeadReading headReading;

    private Router(HttpListener listener, CompileContext context) {
        IdentityHashMap<VirtualHost, Site> sites = new IdentityHashMap<>();
        for (VirtualHost host : listener.hosts()) {
            sites.put(host, new Site(host, context));
        }
        Site otherwise = sites.computeIfAbsent(listener.defaultHost(), host -> new Site(host, context));
        hosts = new HostTable<>(otherwise);
        headReading = listener.defaultHost().head();
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
    public void handle(Exchange exchange) {
        Passage.begin(exchange);
        exchange.place(hosts.otherwise().root());
        try {
            Site site = hosts.find(exchange.head().host(), exchange);
            exchange.place(site.root());
            if (isAcceptable(site, exchange)) {
                Phases.begin(site, exchange);
            }
        } catch (Expression.TooCostly costly) {
            exchange.place().report(exchange, LogLevel.ERROR, String.valueOf(costly.getMessage()));
            exchange.fail(500);
        } catch (RuntimeException | StackOverflowError fault) {
            exchange.place().report(exchange, LogLevel.ALERT, "internal fault: " + Faults.describe(fault));
            exchange.fail(500);
        }
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
}
