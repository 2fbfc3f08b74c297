package dev.fairlead.engine.route;

import dev.fairlead.engine.http.BegunBody;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.RequestBody;
import dev.fairlead.model.http.Rule;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// Waits for a request's body. Whoever only looks on does not.
final class BodyStep implements Rules.Step {
    private static final int BAD_REQUEST = 400;
    private static final int TIMEOUT = 408;
    private static final int TOO_LARGE = 413;

    private final Rule.AwaitBody rule;

    BodyStep(Rule.AwaitBody rule) {
        this.rule = rule;
    }

    @Override
    public Rules.Outcome run(Exchange exchange) {
        if (!exchange.body().isExpected() || exchange.isBodyTaken() || exchange.tracer() != null) {
            return Rules.Outcome.NEXT;
        }
        int most = exchange.place().settings().requestBody().memoryBytes();
        BegunBody body = exchange.body() instanceof BegunBody begun ? begun : BegunBody.begin(exchange, most);
        if (isEnough(body)) {
            return next(body, exchange);
        }
        new Wait(exchange, body).begin();
        return Rules.Outcome.WAITING;
    }

    private boolean isEnough(BegunBody body) {
        return body.isSettled() || body.length() >= rule.atLeast();
    }

    private static Rules.Outcome next(BegunBody body, Exchange exchange) {
        RequestBody.Failure failure = body.failure();
        if (failure == null) {
            return Rules.Outcome.NEXT;
        }
        exchange.response().closeConnection();
        switch (failure) {
            case TIMEOUT -> exchange.fail(TIMEOUT);
            case TOO_LARGE -> exchange.fail(TOO_LARGE);
            case MALFORMED -> exchange.fail(BAD_REQUEST);
            // The carrier ends the exchange.
            case CLIENT_GONE -> {}
        }
        return Rules.Outcome.ANSWERED;
    }

    /// One request that waits.
    private final class Wait {
        private final Exchange exchange;
        private final BegunBody body;
        private final Passage passage;
        private final long serial;
        private Future<?> late = CompletableFuture.completedFuture(null);

        Wait(Exchange exchange, BegunBody body) {
            this.exchange = exchange;
            this.body = body;
            this.passage = Passage.of(exchange);
            this.serial = passage.serial();
        }

        void begin() {
            body.onMore(this::more);
            exchange.onClientGone(() -> {
                passage.abandon(serial);
                end();
            });
            late = exchange.loop().schedule(this::late, rule.patience().toMillis(), TimeUnit.MILLISECONDS);
        }

        private void end() {
            body.onMore(null);
            exchange.onClientGone(null);
            var _ = late.cancel(false);
        }

        private void more() {
            if (!isEnough(body)) {
                return;
            }
            end();
            if (passage.isStill(serial)) {
                Phases.guard(exchange, () -> {
                    if (next(body, exchange) == Rules.Outcome.NEXT) {
                        Phases.resume(exchange);
                    }
                });
            }
        }

        private void late() {
            if (passage.isStill(serial)) {
                end();
                exchange.response().closeConnection();
                Phases.guard(exchange, () -> exchange.fail(TIMEOUT));
            }
        }
    }
}
