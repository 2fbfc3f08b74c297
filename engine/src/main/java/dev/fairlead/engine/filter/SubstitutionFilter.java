package dev.fairlead.engine.filter;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.HeadFilter;
import dev.fairlead.engine.http.Method;
import dev.fairlead.engine.http.Response;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.model.http.Substitution;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Has texts replaced in the bodies of some content types.
final class SubstitutionFilter implements HeadFilter {
    private final Substitution substitution;
    private final TypeSet types;
    private final List<Pair> pairs;
    /// What is looked for in every response; null if that depends on the request.
    private final SubstitutingOutput.@Nullable Search constant;

    private record Pair(Text wanted, Text instead) {
        SubstitutingOutput.Pair prepared(String text) {
            return new SubstitutingOutput.Pair(Text.lowerCase(text).getBytes(StandardCharsets.ISO_8859_1), instead);
        }
    }

    SubstitutionFilter(Substitution substitution, CompileContext context) {
        this.substitution = substitution;
        this.types = new TypeSet(substitution.types());
        this.pairs = substitution.pairs().stream()
                .map(pair -> new Pair(context.text(pair.wanted()), context.text(pair.instead())))
                .toList();
        boolean isConstant =
                substitution.pairs().stream().allMatch(pair -> pair.wanted().isConstant());
        this.constant = isConstant ? search(substitution) : null;
    }

    private SubstitutingOutput.Search search(Substitution of) {
        List<SubstitutingOutput.Pair> prepared = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i++) {
            String text = Text.bytes(of.pairs().get(i).wanted().constantText());
            prepared.add(pairs.get(i).prepared(text));
        }
        return SubstitutingOutput.Search.of(prepared);
    }

    private SubstitutingOutput.Search search(Exchange exchange) {
        SubstitutingOutput.Search known = constant;
        return known == null
                ? SubstitutingOutput.Search.of(pairs.stream()
                        .map(pair -> pair.prepared(pair.wanted.of(exchange)))
                        .toList())
                : known;
    }

    @Override
    public void apply(Exchange exchange) {
        Response response = exchange.response();
        if (response.contentLength() == 0
                || response.contentType().isEmpty()
                || !types.contains(response.contentType())) {
            return;
        }
        SubstitutingOutput.Search search = search(exchange);
        if (search.pairs().isEmpty()) {
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
            Stage.add(exchange, next -> new SubstitutingOutput(exchange, search, substitution.once(), next));
        }
    }
}
