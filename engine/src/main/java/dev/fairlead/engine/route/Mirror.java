package dev.fairlead.engine.route;

import dev.fairlead.engine.http.ContentHandler;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.RequestBody;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.engine.upstream.HeldBody;
import dev.fairlead.engine.upstream.answer.ContentFailures;
import dev.fairlead.model.http.Copies;
import dev.fairlead.model.http.LogLevel;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Sends copies of requests to other places, and has the requests themselves answered meanwhile. Nobody waits for
/// what is answered to copies, and there is a bound to how many of them are on their way.
final class Mirror implements ContentHandler {
    /// Beyond that, requests are answered without being copied.
    private static final int MOST = 1024;

    private static final int CANNOT_STORE = 500;

    private final Site site;
    private final Copies copies;
    private final ContentHandler next;
    private final AtomicInteger underWay = new AtomicInteger();

    private Mirror(Site site, Copies copies, ContentHandler next) {
        this.site = site;
        this.copies = copies;
        this.next = next;
    }

    /// @param next answers the request itself
    static ContentHandler before(ContentHandler next, Site site, Copies copies) {
        return copies.paths().isEmpty() ? next : new Mirror(site, copies, next);
    }

    @Override
    public void handle(Exchange exchange) {
        if (Passage.of(exchange).isInner() || exchange.tracer() != null) {
            next.handle(exchange);
        } else if (copies.withBody() && exchange.body().isExpected() && !exchange.isBodyTaken()) {
            new Intake(exchange).begin();
        } else {
            goOn(exchange);
        }
    }

    private void goOn(Exchange exchange) {
        HeldBody body =
                copies.withBody() && exchange.keptBody() instanceof HeldBody kept && kept.isComplete() ? kept : null;
        for (String path : copies.paths()) {
            if (underWay.incrementAndGet() <= MOST) {
                if (body != null) {
                    body.retain();
                }
                InnerRequest.sendCopy(site, exchange, path, body, underWay::decrementAndGet);
            } else {
                underWay.decrementAndGet();
                exchange.place()
                        .report(
                                exchange,
                                LogLevel.WARN,
                                "a request is not copied to \"" + path + "\": " + MOST + " copies are on their way ["
                                        + copies.origin().fileAndLine() + "]");
            }
        }
        next.handle(exchange);
    }

    /// Takes a body in whole.
    private final class Intake implements RequestBody.Receiver {
        private final Exchange exchange;
        private final HeldBody held = new HeldBody();
        private @Nullable IOException fault;

        Intake(Exchange exchange) {
            this.exchange = exchange;
        }

        void begin() {
            exchange.keepBody(held);
            exchange.markBodyTaken();
            exchange.body().read(this);
        }

        @Override
        public void data(Exchange from, ByteBuf data) {
            try {
                if (fault == null
                        && held.add(
                                data,
                                from.head().contentLength(),
                                from.place().settings().requestBody())) {
                    from.place().report(from, LogLevel.WARN, "a client request body is buffered to a temporary file");
                }
            } catch (IOException failed) {
                fault = failed;
                from.place().report(from, LogLevel.CRIT, "storing a client request body failed (" + failed + ")");
            } finally {
                data.release();
            }
        }

        @Override
        public void end(Exchange from, Fields trailers) {
            if (fault != null) {
                from.fail(CANNOT_STORE);
                return;
            }
            held.complete();
            Phases.guard(from, () -> goOn(from));
        }

        @Override
        public void failed(Exchange from, RequestBody.Failure failure) {
            ContentFailures.answer(from, failure);
        }
    }
}
