package dev.fairlead.engine.report;

import dev.fairlead.engine.compile.Shared;
import dev.fairlead.engine.http.ContentHandler;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.stick.Tables;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Answers with the metrics that the query asks for, whatever the method is; with 400 where it makes no sense.
public final class MetricsHandler implements ContentHandler {
    private static final FieldName CACHE_CONTROL = FieldName.of("cache-control");

    private final MetricsText text;

    public MetricsHandler(Shared shared) {
        this.text = new MetricsText(
                shared.part(TrafficReport.class, TrafficReport::new), shared.part(Tables.class, Tables::new));
    }

    @Override
    public void handle(Exchange exchange) {
        String target = exchange.sentTarget();
        int mark = target.indexOf('?');
        Optional<MetricsQuery> query = MetricsQuery.read(mark < 0 ? "" : target.substring(mark + 1));
        if (query.isEmpty()) {
            exchange.fail(400);
            return;
        }
        exchange.response().begin(200).contentType("text/plain; version=0.0.4");
        exchange.response().fields().add(CACHE_CONTROL, "no-cache");
        byte[] bytes = text.of(query.get()).getBytes(StandardCharsets.UTF_8);
        ByteBuf body = PooledByteBufAllocator.DEFAULT.directBuffer(bytes.length);
        body.writeBytes(bytes);
        exchange.respond();
        exchange.output().data(body);
        exchange.end();
    }
}
