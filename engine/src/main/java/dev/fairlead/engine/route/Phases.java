package dev.fairlead.engine.route;

import dev.fairlead.engine.access.AccessGate.Verdict;
import dev.fairlead.engine.access.RateLimits;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.tally.Tally;
import dev.fairlead.engine.text.Expression;
import dev.fairlead.engine.trace.Event;
import dev.fairlead.engine.trace.Tracer;
import dev.fairlead.model.http.Location;
import dev.fairlead.model.http.LogLevel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The way of a request through a virtual host: its rules; a location; the location's rules, which may send it
/// to another one; limits; access; content. A phase that has to wait goes on later, on the same loop, unless
/// the client is gone by then.
final class Phases {
    private static final int UNAUTHORIZED = 401;

    private Phases() {}

    /// A request from a client.
    static void begin(Site site, Exchange exchange) {
        exchange.place(site.root());
        site.clientAddress().apply(exchange, Passage.of(exchange));
        rewrite(site, exchange);
    }

    /// The path was replaced by whoever answers: everything from the virtual host's rules on happens again.
    static void redirect(Site site, Exchange exchange) {
        guard(exchange, () -> {
            exchange.place(site.root());
            Tracer tracer = exchange.tracer();
            if (tracer != null) {
                tracer.saw(new Event.Redirected(exchange.path(), exchange.query()));
            }
            if (!Passage.of(exchange).countChange()) {
                failInCycle(exchange, "internally redirecting to \"" + exchange.path() + "\"");
                return;
            }
            rewrite(site, exchange);
        });
    }

    static void enterNamed(Site site, Exchange exchange, String name) {
        guard(exchange, () -> {
            exchange.place(site.root());
            Tracer tracer = exchange.tracer();
            if (tracer != null) {
                tracer.saw(new Event.Entered(name));
            }
            if (!Passage.of(exchange).countChange()) {
                failInCycle(exchange, "redirect to named location \"@" + name + "\"");
                return;
            }
            Spot spot = site.named(name);
            if (spot == null) {
                exchange.place().report(exchange, LogLevel.ERROR, "could not find named location \"@" + name + "\"");
                exchange.fail(500);
                return;
            }
            Passage.of(exchange).pathReplaced(false);
            exchange.place(spot);
            if (!spot.rules().run(exchange)) {
                afterRules(site, exchange);
            }
        });
    }

    /// Rules send the request to a named location; nothing of what was decided so far is taken back.
    static void enter(Exchange exchange, String name) {
        if (!(exchange.place() instanceof Spot from)) {
            throw new IllegalStateException("a place of another kind");
        }
        Spot spot = from.site().named(name);
        Passage passage = Passage.of(exchange);
        if (spot == null || !passage.countChange()) {
            failInCycle(exchange, "entering location \"@" + name + "\"");
            return;
        }
        passage.pathReplaced(false);
        Tracer tracer = exchange.tracer();
        if (tracer != null) {
            tracer.saw(new Event.Entered(name));
        }
        exchange.place(spot);
        Tally tally = spot.tally();
        if (tally != null) {
            exchange.enter(tally);
        }
        if (isBodyTooLarge(spot, exchange)) {
            failTooLarge(spot, exchange);
        } else if (!spot.rules().run(exchange)) {
            afterRules(from.site(), exchange);
        }
    }

    /// Goes on with rules that waited, and with what comes behind them.
    static void resume(Exchange exchange) {
        List<Rules.Rest> rests = Passage.of(exchange).takeRests();
        if (!(exchange.place() instanceof Spot spot) || Rules.resume(rests, exchange)) {
            return;
        }
        if (rests.getLast().rules() == spot.site().rules()) {
            findLocation(spot.site(), exchange);
        } else {
            afterRules(spot.site(), exchange);
        }
    }

    static void rewrite(Site site, Exchange exchange) {
        if (!site.rules().run(exchange)) {
            findLocation(site, exchange);
        }
    }

    private static void findLocation(Site site, Exchange exchange) {
        Passage passage = Passage.of(exchange);
        passage.pathReplaced(false);
        LocationTree.Finding<Spot> finding = passage.finding();
        finding.clear();
        LocationTree<Spot> locations = site.locations();
        if (locations != null) {
            locations.find(exchange.path(), exchange, finding);
        }
        Spot found = finding.value();
        Spot spot = found == null ? site.root() : found;
        exchange.place(spot);
        Tracer tracer = exchange.tracer();
        if (tracer != null) {
            Optional<Location> location = Optional.ofNullable(found).map(Spot::location);
            tracer.saw(new Event.LocationFound(site.host(), location, exchange.path(), finding.needsSlash()));
        }
        if (spot.isInternalOnly() && !exchange.isInternal()) {
            exchange.fail(404);
        } else if (isBodyTooLarge(spot, exchange)) {
            failTooLarge(spot, exchange);
        } else if (finding.needsSlash()) {
            String path = UriText.escapePath(exchange.path()) + "/";
            exchange.redirectClient(301, exchange.query().isEmpty() ? path : path + "?" + exchange.query());
        } else if (found == null || !spot.rules().run(exchange)) {
            afterRules(site, exchange);
        }
    }

    private static boolean isBodyTooLarge(Spot spot, Exchange exchange) {
        long most = spot.settings().requestBody().maxBytes();
        return most > 0 && exchange.head().contentLength() > most;
    }

    private static void failTooLarge(Spot spot, Exchange exchange) {
        long length = exchange.head().contentLength();
        spot.report(exchange, LogLevel.ERROR, "client intended to send too large body: " + length + " bytes");
        exchange.fail(413);
    }

    private static void afterRules(Site site, Exchange exchange) {
        Passage passage = Passage.of(exchange);
        if (!passage.isPathReplaced()) {
            enterLimits(exchange);
        } else if (passage.countChange()) {
            exchange.place(site.root());
            findLocation(site, exchange);
        } else {
            failInCycle(exchange, "processing \"" + exchange.path() + "\"");
        }
    }

    private static void failInCycle(Exchange exchange, String doing) {
        String message = "rewrite or internal redirection cycle while " + doing + " ["
                + exchange.place().origin().fileAndLine() + "]";
        exchange.place().report(exchange, LogLevel.ERROR, message);
        exchange.fail(500);
    }

    private static @Nullable Spot spot(Exchange exchange) {
        return exchange.place() instanceof Spot spot ? spot : null;
    }

    private static void enterLimits(Exchange exchange) {
        Spot spot = spot(exchange);
        if (spot == null) {
            return;
        }
        Passage passage = Passage.of(exchange);
        spot.clientAddress().apply(exchange, passage);
        if (!spot.rateLimits().isNone() && !passage.isRateJudged()) {
            RateLimits.Verdict verdict = spot.rateLimits().judge(exchange);
            if (verdict.isJudged()) {
                passage.rateJudged();
            }
            if (verdict.status() != 0) {
                exchange.fail(verdict.status());
                return;
            }
            if (verdict.delayMillis() > 0) {
                long nanos = TimeUnit.MILLISECONDS.toNanos(verdict.delayMillis());
                later(exchange, passage, nanos, () -> enterLimits(exchange));
                return;
            }
        }
        enterConnectionLimits(exchange, spot, passage);
    }

    /// Goes on with a request after a time, unless its client goes meanwhile: then it is over.
    static void later(Exchange exchange, Passage passage, long nanos, Runnable then) {
        long serial = passage.serial();
        exchange.onClientGone(() -> passage.abandon(serial));
        var _ = exchange.loop()
                .schedule(
                        () -> {
                            if (passage.isStill(serial)) {
                                exchange.onClientGone(null);
                                guard(exchange, then);
                            }
                        },
                        nanos,
                        TimeUnit.NANOSECONDS);
    }

    private static void enterConnectionLimits(Exchange exchange, Spot spot, Passage passage) {
        if (!spot.connectionLimits().isNone() && !passage.isConnectionJudged()) {
            var slots = spot.connectionLimits().take(exchange);
            if (slots.status() != 0) {
                passage.connectionJudged(null);
                exchange.fail(slots.status());
                return;
            }
            if (slots.isTaken()) {
                passage.connectionJudged(slots::release);
            }
        }
        enterAccess(exchange, spot, passage);
    }

    private static void enterAccess(Exchange exchange, Spot spot, Passage passage) {
        if (spot.access().isOpen() || passage.isInner()) {
            handle(exchange, spot);
            return;
        }
        Tracer tracer = exchange.tracer();
        if (tracer != null) {
            tracer.saw(new Event.Guarded(spot.location()));
        }
        long serial = passage.serial();
        exchange.onClientGone(() -> passage.abandon(serial));
        spot.access()
                .judge(
                        exchange,
                        decided -> inquire(exchange, spot, serial, decided),
                        verdict -> judged(exchange, spot, passage, serial, verdict));
    }

    /// Where someone looks on, the other place is not asked: it is taken to say yes.
    private static void inquire(Exchange exchange, Spot spot, long serial, Consumer<Verdict> decided) {
        Inquiry inquiry = spot.inquiry();
        if (inquiry == null || exchange.tracer() != null) {
            decided.accept(Verdict.GRANTED);
            return;
        }
        Passage passage = Passage.of(exchange);
        if (!passage.isStill(serial)) {
            return;
        }
        InnerRequest inner = inquiry.judge(spot.site(), exchange, decided);
        exchange.onClientGone(() -> {
            passage.abandon(serial);
            inner.cancel();
        });
    }

    private static void judged(Exchange exchange, Spot spot, Passage passage, long serial, Verdict verdict) {
        if (!passage.isStill(serial)) {
            return;
        }
        exchange.onClientGone(null);
        if (verdict.isGranted()) {
            guard(exchange, () -> handle(exchange, spot));
        } else {
            verdict.challenge().ifPresent(passage::challenge);
            refuse(exchange, spot, passage, verdict.status());
        }
    }

    private static void refuse(Exchange exchange, Spot spot, Passage passage, int status) {
        Duration delay = spot.settings().access().refusalDelay();
        if (status == UNAUTHORIZED && !delay.isZero() && exchange.tracer() == null) {
            spot.report(exchange, LogLevel.INFO, "delaying unauthorized request");
            later(exchange, passage, delay.toNanos(), () -> exchange.fail(status));
        } else {
            exchange.fail(status);
        }
    }

    private static void handle(Exchange exchange, Spot spot) {
        Tracer tracer = exchange.tracer();
        if (tracer != null) {
            tracer.saw(new Event.Handled(spot.location()));
        }
        spot.content().handle(exchange);
    }

    /// Whatever goes wrong inside is answered with 500 and written to the error log; the loop goes on.
    static void guard(Exchange exchange, Runnable phase) {
        try {
            phase.run();
        } catch (Expression.TooCostly costly) {
            exchange.place().report(exchange, LogLevel.ERROR, String.valueOf(costly.getMessage()));
            exchange.fail(500);
        } catch (RuntimeException | StackOverflowError fault) {
            exchange.place().report(exchange, LogLevel.ALERT, "internal fault: " + Faults.describe(fault));
            exchange.fail(500);
        }
    }
}
