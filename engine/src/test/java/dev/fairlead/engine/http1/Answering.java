package dev.fairlead.engine.http1;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.ExchangeEntry;
import dev.fairlead.engine.http.HeadFilter;
import dev.fairlead.engine.http.Place;
import dev.fairlead.engine.http.RequestBody;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.model.http.HeadReading;
import dev.fairlead.model.http.LogLevel;
import dev.fairlead.model.http.Settings;
import dev.fairlead.source.Span;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Answers every request in one way and takes down what it was asked.
public final class Answering implements ExchangeEntry, Place {
    public static final HeadReading READING = new HeadReading(Duration.ofSeconds(60), 1024, 4, 8192, true, false, true);

    private final Settings settings;
    private final Consumer<Exchange> answer;
    private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
    private final AtomicInteger ended = new AtomicInteger();

    public Answering(Settings settings, Consumer<Exchange> answer) {
        this.settings = settings;
        this.answer = answer;
    }

    /// Answers with a text.
    public static void text(Exchange exchange, String text) {
        exchange.response().begin(200).contentType("text/plain");
        exchange.respondWith(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
    }

    public static void hello(Exchange exchange) {
        text(exchange, "hello");
    }

    /// Reads the body, then answers with it.
    public static void echo(Exchange exchange) {
        exchange.body().read(new Echo());
    }

    private static final class Echo implements RequestBody.Receiver {
        private final StringBuilder text = new StringBuilder();

        @Override
        public void data(Exchange exchange, ByteBuf data) {
            text.append(data.toString(StandardCharsets.ISO_8859_1));
            data.release();
        }

        @Override
        public void end(Exchange exchange, Fields trailers) {
            text(exchange, text.toString());
        }

        @Override
        public void failed(Exchange exchange, RequestBody.Failure failure) {
            exchange.fail(
                    switch (failure) {
                        case TOO_LARGE -> 413;
                        case TIMEOUT -> 408;
                        case MALFORMED, CLIENT_GONE -> 400;
                    });
        }
    }

    /// Request lines in the order they came, and `refused STATUS` for unsound ones.
    public List<String> asked() {
        return List.copyOf(asked);
    }

    public int ended() {
        return ended.get();
    }

    @Override
    public HeadReading headReading() {
        return READING;
    }

    @Override
    public void handle(Exchange exchange) {
        exchange.place(this);
        asked.add(exchange.head().methodText() + " " + exchange.path());
        answer.accept(exchange);
    }

    @Override
    public void refuse(Exchange exchange, int status, String reason) {
        exchange.place(this);
        asked.add("refused " + status);
        exchange.response().begin(status == 494 ? 400 : status).contentType("text/plain");
        exchange.respondWith(Unpooled.copiedBuffer(reason, StandardCharsets.ISO_8859_1));
    }

    @Override
    public Settings settings() {
        return settings;
    }

    @Override
    public Span origin() {
        return Span.builtIn();
    }

    @Override
    public List<HeadFilter> filters() {
        return List.of();
    }

    @Override
    public void redirect(Exchange exchange) {
        handle(exchange);
    }

    @Override
    public void enterNamed(Exchange exchange, String name) {
        handle(exchange);
    }

    @Override
    public void fail(Exchange exchange, int status) {
        exchange.response().begin(status);
        exchange.respondEmpty();
    }

    @Override
    public void redirectClient(Exchange exchange, int status, String location) {
        exchange.response().begin(status).fields().add(FieldName.LOCATION, location);
        exchange.respondEmpty();
    }

    @Override
    public void report(Exchange exchange, LogLevel level, String message) {
        asked.add("reported " + message);
    }

    @Override
    public void ended(Exchange exchange) {
        ended.incrementAndGet();
    }
}
