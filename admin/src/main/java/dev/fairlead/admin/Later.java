package dev.fairlead.admin;

import dev.fairlead.engine.http.Exchange;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has answers worked out away from the event loops, which only write them.
///
/// @param executor carries out one request per task; must allow for several at once, since some last
record Later(Executor executor) {
    private static final Logger LOG = LoggerFactory.getLogger(Later.class);

    /// To be called on the exchange's event loop, where the answer is sent too.
    void answer(Exchange exchange, Supplier<Ready> work) {
        // An exchange is reused when its client is gone; the answer then has nowhere to go.
        Presence presence = Presence.of(exchange);
        Runnable task = () -> {
            Ready ready = guarded(work);
            exchange.loop().execute(() -> {
                if (presence.isThere()) {
                    presence.forget();
                    Answer.send(exchange, ready.status(), ready.type(), ready.text());
                }
            });
        };
        try {
            executor.execute(task);
        } catch (RejectedExecutionException ending) {
            presence.forget();
            Answer.send(exchange, 503, Answer.JSON, Json.message(false, "the stack is being stopped"));
        }
    }

    private static Ready guarded(Supplier<Ready> work) {
        try {
            return work.get();
        } catch (RuntimeException failed) {
            LOG.error("a control request failed", failed);
            return new Ready(500, Answer.JSON, Json.message(false, String.valueOf(failed)));
        }
    }
}
