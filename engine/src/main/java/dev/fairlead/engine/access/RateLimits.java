package dev.fairlead.engine.access;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.trace.Event;
import dev.fairlead.engine.trace.Tracer;
import dev.fairlead.model.http.LogLevel;
import dev.fairlead.model.http.RequestLimits;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.time.Clock;
import java.util.List;

/// How often: leaky buckets, all of which must have room for a request.
public final class RateLimits {
    private static final Verdict UNTOUCHED = new Verdict(false, 0, 0);
    private static final Verdict PASSED = new Verdict(true, 0, 0);

    private final Limit[] limits;
    private final RequestLimits settings;
    private final Clock clock;

    private RateLimits(Limit[] limits, RequestLimits settings, Clock clock) {
        this.limits = limits;
        this.settings = settings;
        this.clock = clock;
    }

    public static RateLimits compile(RequestLimits limits, CompileContext context) {
        Zones zones = context.shared().part(Zones.class, Zones::new);
        List<Limit> compiled = limits.rates().stream()
                .map(rate -> Limit.compile(rate, zones, context))
                .toList();
        return new RateLimits(compiled.toArray(Limit[]::new), limits, context.clock());
    }

    public boolean isNone() {
        return limits.length == 0;
    }

    /// Asks every bucket, then counts the request in all of them; a request that is turned away counts nowhere.
    public Verdict judge(Exchange exchange) {
        long now = clock.monotonicNanos() / 1_000_000;
        String[] keys = new String[limits.length];
        long lastExcess = 0;
        boolean isJudged = false;
        for (int i = 0; i < limits.length; i++) {
            Limit limit = limits[i];
            keys[i] = limit.key.of(exchange);
            if (keys[i].isEmpty()) {
                continue;
            }
            isJudged = true;
            boolean isLast = i == limits.length - 1;
            long excess = limit.zone.ask(keys[i], limit.burst, isLast, now);
            tell(exchange, limit, keys[i], excess);
            if (excess < 0) {
                return refuse(exchange, limit, RateZone.BUSY - excess);
            }
            lastExcess = isLast ? excess : 0;
        }
        return isJudged ? admit(exchange, keys, lastExcess, now) : UNTOUCHED;
    }

    private static void tell(Exchange exchange, Limit limit, String key, long excess) {
        Tracer tracer = exchange.tracer();
        if (tracer != null) {
            long above = excess < 0 ? RateZone.BUSY - excess : excess;
            tracer.saw(new Event.RateAsked(limit.rate, key, above, excess < 0));
        }
    }

    private Verdict admit(Exchange exchange, String[] keys, long lastExcess, long now) {
        Limit slowest = limits[limits.length - 1];
        long excess = lastExcess;
        long delay = slowest.delayMillis(lastExcess);
        for (int i = limits.length - 2; i >= 0; i--) {
            if (!keys[i].isEmpty()) {
                long counted = limits[i].zone.count(keys[i], now);
                long wait = limits[i].delayMillis(counted);
                if (wait > delay) {
                    delay = wait;
                    excess = counted;
                    slowest = limits[i];
                }
            }
        }
        if (delay == 0) {
            note(exchange, "PASSED");
            return PASSED;
        }
        report(exchange, milder(settings.rateLevel()), "delaying request", "excess: " + decimal(excess) + ",", slowest);
        note(exchange, settings.rateDryRun() ? "DELAYED_DRY_RUN" : "DELAYED");
        return settings.rateDryRun() ? PASSED : new Verdict(true, 0, delay);
    }

    private Verdict refuse(Exchange exchange, Limit limit, long excess) {
        report(exchange, settings.rateLevel(), "limiting requests", "excess: " + decimal(excess), limit);
        note(exchange, settings.rateDryRun() ? "REJECTED_DRY_RUN" : "REJECTED");
        return settings.rateDryRun() ? PASSED : new Verdict(true, settings.rateStatus(), 0);
    }

    private void report(Exchange exchange, LogLevel level, String what, String excess, Limit limit) {
        String dryRun = settings.rateDryRun() ? ", dry run" : "";
        String message = what + dryRun + ", " + excess + " by zone \""
                + limit.rate.zone().name() + "\" [" + limit.rate.origin().fileAndLine() + "]";
        exchange.place().report(exchange, level, message);
    }

    private static void note(Exchange exchange, String status) {
        exchange.values().fact(Attribute.REQUEST_LIMIT_STATUS, status);
    }

    private static String decimal(long thousandths) {
        return thousandths / 1000 + "."
                + Long.toString(1000 + thousandths % 1000).substring(1);
    }

    private static LogLevel milder(LogLevel level) {
        return switch (level) {
            case DEBUG, INFO -> LogLevel.DEBUG;
            case NOTICE -> LogLevel.INFO;
            case WARN -> LogLevel.NOTICE;
            case ERROR -> LogLevel.WARN;
            case CRIT -> LogLevel.ERROR;
            case ALERT -> LogLevel.CRIT;
            case EMERG -> LogLevel.ALERT;
        };
    }

    /// What becomes of a request.
    ///
    /// @param isJudged whether any limit applied to the request
    /// @param status 0 if the request may go on, else that of the error
    /// @param delayMillis how long it waits before it does
    public record Verdict(boolean isJudged, int status, long delayMillis) {}

    /// @param burst the excess that is tolerated, in thousandths
    /// @param undelayed the excess that is served at once, in thousandths
    private record Limit(RequestLimits.Rate rate, Text key, RateZone zone, long burst, long undelayed) {
        static Limit compile(RequestLimits.Rate rate, Zones zones, CompileContext context) {
            RequestLimits.Zone zone = rate.zone();
            return new Limit(
                    rate,
                    context.text(zone.key()),
                    zones.zone(zone, RateZone.class, () -> new RateZone(zone)),
                    rate.burst() * 1000L,
                    rate.undelayed() == Integer.MAX_VALUE ? Long.MAX_VALUE : rate.undelayed() * 1000L);
        }

        long delayMillis(long excess) {
            return excess <= undelayed ? 0 : (excess - undelayed) * 1000 / Math.max(1, zone.ratePerSecond());
        }
    }
}
