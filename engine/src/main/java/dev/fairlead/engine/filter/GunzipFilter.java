package dev.fairlead.engine.filter;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.HeadFilter;
import dev.fairlead.engine.http.Method;
import dev.fairlead.engine.http.Response;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.http.field.Fields;

/// Expands compressed responses for clients that do not take them.
final class GunzipFilter implements HeadFilter {
    private final GzipNegotiation negotiation;

    GunzipFilter(GzipNegotiation negotiation) {
        this.negotiation = negotiation;
    }

    @Override
    public void apply(Exchange exchange) {
        Response response = exchange.response();
        Fields fields = response.fields();
        int encoding = fields.first(FieldName.CONTENT_ENCODING);
        if (encoding < 0 || !fields.valueEquals(encoding, "gzip")) {
            return;
        }
        if (negotiation.vary()) {
            negotiation.addVary(exchange);
        }
        if (!negotiation.accepts(exchange)) {
            fields.remove(FieldName.CONTENT_ENCODING);
            response.contentLength(Response.UNKNOWN);
            RangeFilter.forbid(response);
            EntityTags.weaken(response);
            if (exchange.head().method() != Method.HEAD) {
                exchange.replaceOutput(new GunzipOutput(exchange, exchange.output()));
            }
        }
    }
}
