package dev.fairlead.dialect.haproxy.build.rule;

import dev.fairlead.dialect.haproxy.build.workshop.Workshop;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.model.http.Compression;
import dev.fairlead.model.http.Compression.Coding;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.text.LookupTable;
import dev.fairlead.model.text.Regex;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Span;
import dev.fairlead.unit.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// `compression` lines. What a backend says of codings, or of types, counts over what its frontend says.
public final class Compressions {
    private static final String FIELD = "accept-encoding";
    private static final int LEVEL = 1;
    private static final Map<String, Coding> CODINGS = Map.of(
            "identity", Coding.IDENTITY,
            "gzip", Coding.GZIP,
            "deflate", Coding.DEFLATE,
            "raw-deflate", Coding.RAW_DEFLATE);

    private final Workshop workshop;
    private final List<Proxy> backendFirst;

    public Compressions(Workshop workshop, Proxy front, Proxy back) {
        this.workshop = workshop;
        this.backendFirst = List.of(back, front);
    }

    public Compression settings() {
        List<Coding> codings = codings();
        return codings.isEmpty()
                ? Compression.NONE
                : new Compression(
                        false,
                        Set.of(),
                        LEVEL,
                        0,
                        false,
                        Set.of(),
                        false,
                        List.of(),
                        false,
                        Optional.of(new Compression.Choice(codings, types())));
    }

    /// `compression offload`: servers are not told of codings where one is used here.
    public Optional<Forward.FieldAssignment> hidden() {
        Optional<Entry> offload = backendFirst.stream()
                .flatMap(proxy -> proxy.section().entries().stream())
                .filter(entry -> entry.name().equals("compression offload") && entry.isOn())
                .findFirst();
        String names = codings().stream()
                .map(coding -> switch (coding) {
                    case GZIP -> "gzip";
                    case DEFLATE, RAW_DEFLATE -> "deflate";
                    case IDENTITY -> "identity";
                })
                .distinct()
                .collect(Collectors.joining("|"));
        if (offload.isEmpty() || names.isEmpty()) {
            return Optional.empty();
        }
        Span at = offload.get().origin();
        Template asked = Template.of(new Variable.RequestHeader(FIELD), at);
        Regex taken = workshop.regex(
                "(^|,)[ \t]*(\\*|" + names + ")[ \t]*(;(?![^,]*q=0(\\.0*)?[ \t]*(,|$))[^,]*)?(,|$)", true, at);
        Variable left = new Variable.Lookup(new LookupTable.ByText(
                FIELD,
                asked,
                Map.of(),
                Map.of(),
                Map.of(),
                List.of(new LookupTable.RegexEntry(taken, Template.constant("", at))),
                Optional.of(asked),
                false,
                false,
                at));
        return Optional.of(new Forward.FieldAssignment(FIELD, Template.of(left, at), at));
    }

    /// The coding that was named last is preferred where clients do not care.
    private List<Coding> codings() {
        List<Coding> codings = new ArrayList<>();
        for (Word word : words("compression algo", "compression algo-res")) {
            Coding coding = CODINGS.get(word.text());
            if (coding != null) {
                codings.addFirst(coding);
            } else {
                workshop.problems()
                        .add(Diagnostic.error(
                                        "haproxy.compression",
                                        word.span(),
                                        "'compression' : '" + word.text() + "' is not a supported algorithm")
                                .hint(Suggestion.nearest(word.text(), CODINGS.keySet())
                                        .map(near -> "did you mean '" + near + "'?")
                                        .or(() -> Optional.of("gzip, deflate, raw-deflate or identity"))));
            }
        }
        return codings;
    }

    private List<String> types() {
        return words("compression type", "compression type-res").stream()
                .map(Word::text)
                .toList();
    }

    /// Of the first of the two proxies that says anything.
    private List<Word> words(String... names) {
        return backendFirst.stream()
                .map(proxy -> proxy.each(names).stream()
                        .flatMap(entry -> entry.args().stream())
                        .toList())
                .filter(words -> !words.isEmpty())
                .findFirst()
                .orElse(List.of());
    }
}
