package dev.fairlead.engine.filter;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.HeadFilter;
import dev.fairlead.engine.http.Response;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.model.http.ResponseHeaders;
import java.util.List;

/// Adds fields to responses. ETag and Last-Modified replace what is there, every other name stands beside it;
/// an empty value adds nothing.
final class AdditionFilter implements HeadFilter {
    private final Addition[] additions;

    private record Addition(FieldName name, Text value, boolean always) {}

    AdditionFilter(List<ResponseHeaders.Addition> additions, CompileContext context) {
        this.additions = additions.stream()
                .map(addition -> new Addition(
                        FieldName.of(Text.bytes(addition.name())), context.text(addition.value()), addition.always()))
                .toArray(Addition[]::new);
    }

    @Override
    public void apply(Exchange exchange) {
        boolean plain = Statuses.isPlain(exchange.response().status());
        for (Addition addition : additions) {
            if (plain || addition.always()) {
                add(exchange, addition);
            }
        }
    }

    private static void add(Exchange exchange, Addition addition) {
        Response response = exchange.response();
        String value = addition.value().of(exchange);
        FieldName name = addition.name();
        if (name.equals(FieldName.LAST_MODIFIED)) {
            response.lastModified(Response.UNKNOWN);
        }
        if (name.equals(FieldName.LAST_MODIFIED) || name.equals(FieldName.ETAG)) {
            response.fields().remove(name);
        }
        if (!value.isEmpty()) {
            response.fields().add(name, value);
        }
    }
}
