package dev.fairlead.cli.explain;

import dev.fairlead.engine.trace.Event;
import dev.fairlead.model.http.RequestLimits;
import java.util.Locale;

/// Puts into words what limits say of a request.
final class Limits {
    private static final int THOUSAND = 1000;
    private static final int MINUTE = 60;

    private Limits() {}

    static Step step(Event.RateAsked asked) {
        RequestLimits.Rate limit = asked.limit();
        Step step = Step.at("limit", "limit: " + Way.line(limit.origin()), limit.origin());
        String above = String.format(Locale.ROOT, "%.3f", asked.excess() / (double) THOUSAND);
        String tolerated = limit.burst() == 0 ? "none is tolerated" : limit.burst() + " are tolerated";
        String told = above + " requests above " + rate(limit.zone()) + of(asked.key()) + ", " + tolerated;
        return step.add(Step.of("condition", told + (asked.isRefused() ? ": too many" : "")));
    }

    static Step step(Event.CountAsked asked) {
        RequestLimits.Connections limit = asked.limit();
        Step step = Step.at("limit", "limit: " + Way.line(limit.origin()), limit.origin());
        String told = asked.present() + " at present" + of(asked.key()) + ", " + limit.most() + " may be";
        return step.add(Step.of("condition", told + (asked.present() >= limit.most() ? ": too many" : "")));
    }

    private static String rate(RequestLimits.Zone zone) {
        long perSecond = zone.perSecondThousandths();
        return perSecond % THOUSAND == 0
                ? perSecond / THOUSAND + " a second"
                : Math.round(perSecond * MINUTE / (double) THOUSAND) + " a minute";
    }

    /// Addresses in binary are not shown.
    private static String of(String key) {
        return key.chars().allMatch(one -> one >= ' ' && one <= '~') ? " for \"" + key + "\"" : "";
    }
}
