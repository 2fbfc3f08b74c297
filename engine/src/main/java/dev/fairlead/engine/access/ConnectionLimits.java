package dev.fairlead.engine.access;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.trace.Event;
import dev.fairlead.engine.trace.Tracer;
import dev.fairlead.model.http.LogLevel;
import dev.fairlead.model.http.RequestLimits;
import dev.fairlead.model.text.Attribute;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/// How many at once.
public final class ConnectionLimits {
    private final Limit[] limits;
    private final RequestLimits settings;

    private ConnectionLimits(Limit[] limits, RequestLimits settings) {
        this.limits = limits;
        this.settings = settings;
    }

    public static ConnectionLimits compile(RequestLimits limits, CompileContext context) {
        Zones zones = context.shared().part(Zones.class, Zones::new);
        Limit[] compiled = limits.connections().stream()
                .map(each -> Limit.compile(each, zones, context))
                .toArray(Limit[]::new);
        return new ConnectionLimits(compiled, limits);
    }

    public boolean isNone() {
        return limits.length == 0;
    }

    /// Takes a place in every zone, or none.
    public Slots take(Exchange exchange) {
        return take(exchange, (level, message) -> exchange.place().report(exchange, level, message));
    }

    /// The same where there is no place to report to.
    public Slots take(Exchange exchange, BiConsumer<LogLevel, String> reported) {
        Slots slots = new Slots();
        for (Limit limit : limits) {
            String key = limit.key.of(exchange);
            if (key.isEmpty()) {
                continue;
            }
            Tracer tracer = exchange.tracer();
            if (tracer != null) {
                tracer.saw(new Event.CountAsked(limit.limit, key, limit.zone.present(key)));
            }
            if (!limit.zone.take(key, limit.limit.most())) {
                slots.release();
                return refuse(exchange, limit, reported);
            }
            slots.held.add(new Held(limit.zone, key));
        }
        if (slots.isTaken()) {
            exchange.values().fact(Attribute.CONNECTION_LIMIT_STATUS, "PASSED");
        }
        return slots;
    }

    private Slots refuse(Exchange exchange, Limit limit, BiConsumer<LogLevel, String> reported) {
        boolean isDry = settings.connectionDryRun();
        String message = "limiting connections" + (isDry ? ", dry run," : "") + " by zone \""
                + limit.limit.zone().name() + "\" [" + limit.limit.origin().fileAndLine() + "]";
        reported.accept(settings.connectionLevel(), message);
        exchange.values().fact(Attribute.CONNECTION_LIMIT_STATUS, isDry ? "REJECTED_DRY_RUN" : "REJECTED");
        Slots refused = new Slots();
        refused.status = isDry ? 0 : settings.connectionStatus();
        return refused;
    }

    /// What a request holds until it is over.
    public static final class Slots {
        private final List<Held> held = new ArrayList<>(1);
        private int status;

        private Slots() {}

        /// 0 if the request may go on, else that of the error.
        public int status() {
            return status;
        }

        public boolean isTaken() {
            return !held.isEmpty();
        }

        public void release() {
            held.forEach(each -> each.zone.release(each.key));
            held.clear();
        }
    }

    private record Held(ConnectionZone zone, String key) {}

    private record Limit(RequestLimits.Connections limit, Text key, ConnectionZone zone) {
        static Limit compile(RequestLimits.Connections limit, Zones zones, CompileContext context) {
            RequestLimits.Zone zone = limit.zone();
            return new Limit(
                    limit, context.text(zone.key()), zones.zone(zone, ConnectionZone.class, ConnectionZone::new));
        }
    }
}
