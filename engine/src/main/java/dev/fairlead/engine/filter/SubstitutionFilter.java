package dev.fairlead.engine.filter;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.FieldName;
import dev.fairlead.engine.http.HeadFilter;
import dev.fairlead.engine.http.Method;
import dev.fairlead.engine.http.Response;
import dev.fairlead.model.http.Substitution;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Has texts replaced in the bodies of some content types.
final class SubstitutionFilter implements HeadFilter {
    private final Substitution substitution;
    private final TypeSet types;
    private final List<Pair> pairs;

    private record Pair(Text wanted, Text instead) {}

    SubstitutionFilter(Substitution substitution, CompileContext context) {
        this.substitution = substitution;
        this.types = new TypeSet(substitution.types());
        this.pairs = substitution.pairs().stream()
                .map(pair -> new Pair(context.text(pair.wanted()), context.text(pair.instead())))
                .toList();
    }

    @Override
    public void apply(Exchange exchange) {
        Response response = exchange.response();
        if (response.contentLength() == 0
                || response.contentType().isEmpty()
                || !types.contains(response.contentType())) {
            return;
        }
        List<SubstitutingOutput.Pair> wanted = pairs.stream()
                .map(pair -> new SubstitutingOutput.Pair(bytes(Text.lowerCase(pair.wanted.of(exchange))), pair.instead))
                .filter(pair -> pair.wanted().length > 0)
                .toList();
        if (wanted.isEmpty()) {
            return;
        }
        response.contentLength(Response.UNKNOWN);
        if (substitution.keepsModified()) {
            EntityTags.weaken(response);
        } else {
            response.lastModified(Response.UNKNOWN);
            response.fields().remove(FieldName.LAST_MODIFIED);
            response.fields().remove(FieldName.ETAG);
        }
        if (exchange.head().method() != Method.HEAD) {
            Stage.add(exchange, next -> new SubstitutingOutput(exchange, wanted, substitution.once(), next));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
