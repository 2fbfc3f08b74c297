package dev.fairlead.engine.route;

import dev.fairlead.engine.connection.Traffic;
import dev.fairlead.engine.http.ContentHandler;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.Method;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.charset.StandardCharsets;

/// Counts of connections and requests, in the form of nginx's stub_status.
final class CountersPage implements ContentHandler {
    private final Traffic traffic;

    CountersPage(Traffic traffic) {
        this.traffic = traffic;
    }

    @Override
    public void handle(Exchange exchange) {
        Method method = exchange.head().method();
        if (method != Method.GET && method != Method.HEAD) {
            exchange.fail(405);
            return;
        }
        String text = "Active connections: " + traffic.active() + " \nserver accepts handled requests\n "
                + traffic.accepted() + " " + traffic.handled() + " " + traffic.requests() + " \nReading: "
                + traffic.reading() + " Writing: " + traffic.writing() + " Waiting: " + traffic.waiting() + " \n";
        exchange.response().begin(200).contentType("text/plain");
        ByteBuf body = PooledByteBufAllocator.DEFAULT.directBuffer(text.length());
        body.writeCharSequence(text, StandardCharsets.ISO_8859_1);
        exchange.respondWith(body);
    }
}
