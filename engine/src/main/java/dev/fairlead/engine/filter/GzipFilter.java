package dev.fairlead.engine.filter;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.HeadFilter;
import dev.fairlead.engine.http.Method;
import dev.fairlead.engine.http.Response;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.model.http.Compression;

/// Compresses responses whose type, status and length make it worth while, for clients that take it.
final class GzipFilter implements HeadFilter {
    private final Compression compression;
    private final TypeSet types;
    private final GzipNegotiation negotiation;

    GzipFilter(Compression compression, GzipNegotiation negotiation) {
        this.compression = compression;
        this.types = new TypeSet(compression.types());
        this.negotiation = negotiation;
    }

    @Override
    public void apply(Exchange exchange) {
        Response response = exchange.response();
        if (!isWorthWhile(response)) {
            return;
        }
        if (compression.vary()) {
            negotiation.addVary(exchange);
        }
        if (negotiation.accepts(exchange)) {
            response.fields().set(FieldName.CONTENT_ENCODING, "gzip");
            response.contentLength(Response.UNKNOWN);
            RangeFilter.forbid(response);
            EntityTags.weaken(response);
            if (exchange.head().method() != Method.HEAD) {
                Stage.add(
                        exchange,
                        next -> new DeflatingOutput(exchange, compression.level(), DeflateWrapping.GZIP, next));
            }
        }
    }

    private boolean isWorthWhile(Response response) {
        int status = response.status();
        return (status == 200 || status == 403 || status == 404)
                && (response.contentLength() == Response.UNKNOWN || response.contentLength() >= compression.minLength())
                && types.contains(response.contentType())
                && response.fields().value(FieldName.CONTENT_ENCODING).isEmpty();
    }
}
