package dev.fairlead.admin;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.Place;
import dev.fairlead.engine.http.field.FieldName;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/// Answers a control request as a whole. On the exchange's event loop.
final class Answer {
    static final String JSON = "application/json";
    static final String LINES = "application/x-ndjson";
    static final String TEXT = "text/plain; charset=utf-8";

    private Answer() {}

    static void send(Exchange exchange, int status, String type, String text) {
        begin(exchange, status, type);
        exchange.respondWith(bytes(text));
    }

    /// What is no request for the interface; the connection is closed behind it.
    static void refuse(Exchange exchange, Place place, int status, String reason) {
        exchange.place(place);
        exchange.response().closeConnection();
        send(exchange, status, JSON, Json.message(false, reason));
    }

    static void begin(Exchange exchange, int status, String type) {
        exchange.response().begin(status);
        exchange.response().contentType(type);
        exchange.response().fields().add(FieldName.CACHE_CONTROL, "no-store");
    }

    static ByteBuf bytes(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Whether the client would rather read than parse.
    static boolean wantsText(Exchange exchange) {
        return exchange.head().fields().value(FieldName.ACCEPT).startsWith("text/plain");
    }
}
