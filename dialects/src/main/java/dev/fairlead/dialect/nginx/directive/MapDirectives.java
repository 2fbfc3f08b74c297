package dev.fairlead.dialect.nginx.directive;

import dev.fairlead.dialect.Arity;
import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.nginx.scope.Compilation;
import dev.fairlead.dialect.nginx.scope.Context;
import dev.fairlead.dialect.nginx.scope.Level;
import dev.fairlead.dialect.nginx.scope.Setter;
import dev.fairlead.dialect.nginx.syntax.Statement;
import dev.fairlead.dialect.nginx.syntax.Word;
import dev.fairlead.dialect.nginx.value.Numbers;
import dev.fairlead.dialect.nginx.variable.Templates;
import dev.fairlead.dialect.nginx.variable.Variables;
import dev.fairlead.model.text.LookupTable;
import dev.fairlead.model.text.LookupTable.ByShare;
import dev.fairlead.model.text.LookupTable.ByText;
import dev.fairlead.model.text.Regex;
import dev.fairlead.model.text.Template;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Variables chosen by other variables: `map` and `split_clients`.
final class MapDirectives {
    private static final int WHOLE = 10_000;

    private MapDirectives() {}

    static List<Directive<Context, Setter>> rows() {
        return List.of(
                Rows.block(
                        "map",
                        Rows.HTTP_STREAM,
                        Arity.exactly(2),
                        "Makes a variable from another by a table.",
                        MapDirectives::map),
                Rows.block(
                        "split_clients",
                        Rows.HTTP_STREAM,
                        Arity.exactly(2),
                        "Makes a variable that splits clients in proportion.",
                        MapDirectives::split));
    }

    /// The declared name without its dollar sign; reports what is wrong.
    static Optional<String> declare(Word word, Variables.Pending pending, Compilation c) {
        if (!word.text().startsWith("$") || word.text().length() < 2) {
            c.value(word, "invalid variable name \"" + word + "\"", "variables start with \"$\"");
            return Optional.empty();
        }
        String name = word.text().substring(1).toLowerCase(Locale.ROOT);
        if (!c.http().variables().lookup(name, pending)) {
            c.value(word, "the duplicate \"" + name + "\" variable", "it is built in; take another name");
            return Optional.empty();
        }
        return Optional.of(name);
    }

    private static void map(Statement statement, Level level, Compilation c) {
        Word input = c.text(statement.arg(0));
        Entries entries = new Entries(c);
        Word target = statement.arg(1);
        String name = target.text().startsWith("$") ? target.text().substring(1).toLowerCase(Locale.ROOT) : "";
        declare(target, templates -> entries.table(name, input, statement.span(), templates), c);
        List<Statement> lines = c.lines(statement);
        lines.forEach(entries::flags);
        lines.forEach(entries::line);
    }

    /// The lines of a `map` while they are read.
    private static final class Entries {
        private final Compilation c;
        private final Map<String, Word> exact = new LinkedHashMap<>();
        private final Map<String, Word> leading = new LinkedHashMap<>();
        private final Map<String, Word> trailing = new LinkedHashMap<>();
        private final List<RegexLine> regexes = new ArrayList<>();
        private @Nullable Word otherwise;
        private boolean hostnames;
        private boolean volatileValue;

        private record RegexLine(Regex regex, Word value) {}

        Entries(Compilation c) {
            this.c = c;
        }

        void flags(Statement line) {
            if (line.count() == 0) {
                hostnames |= line.name().is("hostnames");
                volatileValue |= line.name().is("volatile");
            }
        }

        void line(Statement line) {
            Word key = line.name();
            if (line.count() == 0 && (key.is("hostnames") || key.is("volatile"))) {
                return;
            }
            if (line.count() != 1 || line.block().isPresent()) {
                c.problems()
                        .error(
                                "nginx.arity",
                                line.span(),
                                "invalid number of the map parameters",
                                "a line is: key value;");
                return;
            }
            Word value = c.text(line.arg(0));
            if (key.is("default")) {
                if (otherwise != null) {
                    c.problems().error("nginx.duplicate", key.span(), "duplicate default map parameter");
                }
                otherwise = value;
            } else if (key.text().startsWith("~")) {
                boolean ignoreCase = key.text().startsWith("~*");
                Expressions.regex(key.after(ignoreCase ? "~*" : "~"), ignoreCase, c)
                        .ifPresent(regex -> regexes.add(new RegexLine(regex, value)));
            } else {
                text(key, value);
            }
        }

        private void text(Word word, Word value) {
            String key = word.text().toLowerCase(Locale.ROOT);
            key = key.startsWith("\\") ? key.substring(1) : key;
            boolean fresh;
            if (hostnames && key.startsWith("*.")) {
                fresh = leading.putIfAbsent(key.substring(1), value) == null;
            } else if (hostnames && key.startsWith(".")) {
                fresh = leading.putIfAbsent(key, value) == null;
                fresh &= exact.putIfAbsent(key.substring(1), value) == null;
            } else if (hostnames && key.endsWith(".*")) {
                fresh = trailing.putIfAbsent(key.substring(0, key.length() - 1), value) == null;
            } else {
                fresh = exact.putIfAbsent(key, value) == null;
            }
            if (!fresh) {
                c.problems().error("nginx.duplicate", word.span(), "conflicting parameter \"" + word + "\"");
            }
        }

        LookupTable table(String name, Word input, Span origin, Templates templates) {
            return new ByText(
                    name,
                    templates.template(input),
                    resolve(exact, templates),
                    resolve(leading, templates),
                    resolve(trailing, templates),
                    regexes.stream()
                            .map(line -> new LookupTable.RegexEntry(line.regex(), templates.template(line.value())))
                            .toList(),
                    Optional.ofNullable(otherwise).map(templates::template),
                    hostnames,
                    volatileValue,
                    origin);
        }

        private static Map<String, Template> resolve(Map<String, Word> words, Templates templates) {
            Map<String, Template> resolved = new LinkedHashMap<>();
            words.forEach((key, word) -> resolved.put(key, templates.template(word)));
            return java.util.Collections.unmodifiableMap(resolved);
        }
    }

    private record ShareLine(Optional<Integer> hundredths, Word value) {}

    private static void split(Statement statement, Level level, Compilation c) {
        Word input = c.text(statement.arg(0));
        Word target = statement.arg(1);
        String name = target.text().startsWith("$") ? target.text().substring(1).toLowerCase(Locale.ROOT) : "";
        List<ShareLine> shares = new ArrayList<>();
        declare(
                target,
                templates -> new ByShare(
                        name,
                        templates.template(input),
                        shares.stream()
                                .map(share ->
                                        new LookupTable.Share(share.hundredths(), templates.template(share.value())))
                                .toList(),
                        statement.span()),
                c);
        int sum = 0;
        for (Statement line : c.lines(statement)) {
            Word share = line.name();
            if (line.count() != 1) {
                c.problems()
                        .error(
                                "nginx.arity",
                                line.span(),
                                "invalid number of arguments in \"split_clients\" directive");
                continue;
            }
            Optional<Integer> hundredths = share.text().endsWith("%")
                    ? Numbers.fixedPoint(share.text().substring(0, share.text().length() - 1), 2)
                            .filter(number -> number > 0)
                    : Optional.empty();
            if (hundredths.isEmpty() && !share.is("*")) {
                c.value(share, "invalid percent value \"" + share + "\"", "for example 0.5% or *");
                continue;
            }
            sum += hundredths.orElse(0);
            shares.add(new ShareLine(hundredths, c.text(line.arg(0))));
        }
        if (sum > WHOLE) {
            Span end = statement.block().map(block -> block.end()).orElse(statement.span());
            c.problems().error("nginx.percent", end, "percent total is greater than 100%");
        }
    }
}
