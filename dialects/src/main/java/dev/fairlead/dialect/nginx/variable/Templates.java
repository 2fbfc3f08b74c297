package dev.fairlead.dialect.nginx.variable;

import dev.fairlead.dialect.nginx.syntax.Word;
import dev.fairlead.model.text.LookupTable;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import dev.fairlead.source.Span;
import dev.fairlead.unit.Suggestion;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Turns texts with variables into templates, once all declarations are known.
public final class Templates {
    private static final String UNKNOWN = "nginx.unknown-variable";

    private static final List<String> FAMILIES = List.of("http_", "cookie_", "arg_", "sent_http_", "upstream_http_");

    private final Variables variables;
    private final Problems problems;
    private final Map<String, LookupTable> tables = new HashMap<>();
    private final Deque<String> building = new ArrayDeque<>();
    private final Set<String> warned = new HashSet<>();

    public Templates(Variables variables, Problems problems) {
        this.variables = variables;
        this.problems = problems;
    }

    /// Whether nginx would see a variable in the text.
    public static boolean hasVariables(Word word) {
        return word.text().indexOf('$') >= 0;
    }

    /// Reports what is wrong with the text's form, at the moment the directive is read.
    public static void check(Word word, Problems problems) {
        for (TextScanner.Piece piece : TextScanner.scan(word)) {
            if (piece instanceof TextScanner.Piece.Broken broken) {
                problems.error(
                        "nginx.variable-syntax", word.span(), broken.message(), "write \"${name}\" or \"$name\"");
            }
        }
    }

    /// The text as a template; a part that is unknown is reported and left out.
    public Template template(Word word) {
        List<Template.Part> parts = new ArrayList<>();
        for (TextScanner.Piece piece : TextScanner.scan(word)) {
            switch (piece) {
                case TextScanner.Piece.Literal literal -> parts.add(new Template.Part.Literal(literal.text()));
                case TextScanner.Piece.Capture capture ->
                    parts.add(new Template.Part.Reference(new Variable.Capture(capture.group())));
                case TextScanner.Piece.Name name ->
                    variable(name.name(), word.part(name.at()))
                            .map(Template.Part.Reference::new)
                            .ifPresent(parts::add);
                case TextScanner.Piece.Broken broken -> {
                    // reported when the directive was read
                }
            }
        }
        return new Template(parts, word.span());
    }

    public List<Template> templates(List<Word> words) {
        return words.stream().map(this::template).toList();
    }

    /// The variable of a lower-case name; reports an unknown one.
    public Optional<Variable> variable(String name, Span rest) {
        Span span = new Span(rest.file(), rest.start(), Math.min(rest.end(), rest.start() + name.length()));
        Optional<Variable.Custom> custom = variables.findCustom(name);
        if (custom.isPresent()) {
            return Optional.of(custom.get());
        }
        Optional<Variables.Pending> pending = variables.findLookup(name);
        if (pending.isPresent()) {
            return table(name, pending.get(), span).map(Variable.Lookup::new);
        }
        Optional<Variable> builtin = variables.builtin(name);
        if (builtin.isPresent()) {
            return builtin;
        }
        reportUnknown(name, span);
        return Optional.empty();
    }

    private void reportUnknown(String name, Span span) {
        Optional<String> empty = variables.isStream() ? Optional.empty() : Builtins.emptyBecause(name);
        if (empty.isPresent()) {
            if (warned.add(name)) {
                problems.add(Diagnostic.note(
                        "nginx.empty-variable", span, "\"" + name + "\" never has a value: " + empty.get()));
            }
            return;
        }
        Optional<String> foreign = variables.isStream() ? Optional.empty() : Builtins.foreignBecause(name);
        if (foreign.isPresent()) {
            problems.error(
                    "nginx.unsupported-variable",
                    span,
                    "variable \"" + name + "\" is not supported by Fairlead: " + foreign.get());
            return;
        }
        problems.add(Diagnostic.error(UNKNOWN, span, "unknown \"" + name + "\" variable")
                .hint(Suggestion.nearest(name, variables.names())
                        .or(() -> family(name))
                        .map(near -> "did you mean \"$" + near + "\"?")));
    }

    /// The same behind the right beginning, for variables that are as many as there are fields.
    private static Optional<String> family(String name) {
        int end = name.indexOf('_') + 1;
        return Suggestion.nearest(name.substring(0, end), FAMILIES).map(near -> near + name.substring(end));
    }

    private Optional<LookupTable> table(String name, Variables.Pending pending, Span span) {
        LookupTable known = tables.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        if (building.contains(name)) {
            problems.error("nginx.variable-cycle", span, "cycle while evaluating variable \"" + name + "\"");
            return Optional.empty();
        }
        building.push(name);
        LookupTable table = pending.build(this);
        building.pop();
        tables.put(name, table);
        return Optional.of(table);
    }

    /// All tables, built where no text has needed them yet.
    public List<LookupTable> allTables() {
        return variables.lookupNames().stream()
                .flatMap(name -> table(name, variables.findLookup(name).orElseThrow(), Span.builtIn()).stream())
                .toList();
    }
}
