package dev.fairlead.dialect.nginx.directive;

import dev.fairlead.dialect.Arity;
import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.Support;
import dev.fairlead.dialect.nginx.scope.Compilation;
import dev.fairlead.dialect.nginx.scope.Context;
import dev.fairlead.dialect.nginx.scope.Level;
import dev.fairlead.dialect.nginx.scope.Setter;
import dev.fairlead.dialect.nginx.scope.Setting;
import dev.fairlead.dialect.nginx.syntax.Statement;
import dev.fairlead.dialect.nginx.syntax.Word;
import dev.fairlead.dialect.nginx.value.Numbers;
import dev.fairlead.dialect.nginx.value.Times;
import dev.fairlead.unit.Suggestion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Makes rows of the table for the usual kinds of directives.
final class Rows {
    static final Set<Context> MAIN = EnumSet.of(Context.MAIN);
    static final Set<Context> EVENTS = EnumSet.of(Context.EVENTS);
    static final Set<Context> HTTP = EnumSet.of(Context.HTTP);
    static final Set<Context> SERVER = EnumSet.of(Context.SERVER);
    static final Set<Context> LOCATION = EnumSet.of(Context.LOCATION);
    static final Set<Context> UPSTREAM = EnumSet.of(Context.UPSTREAM);
    static final Set<Context> HTTP_SERVER = EnumSet.of(Context.HTTP, Context.SERVER);
    static final Set<Context> SERVER_LOCATION = EnumSet.of(Context.SERVER, Context.LOCATION);
    static final Set<Context> HTTP_SERVER_LOCATION = EnumSet.of(Context.HTTP, Context.SERVER, Context.LOCATION);
    static final Set<Context> WITH_IF = EnumSet.of(Context.HTTP, Context.SERVER, Context.LOCATION, Context.LOCATION_IF);
    static final Set<Context> WITH_LIMIT_EXCEPT =
            EnumSet.of(Context.HTTP, Context.SERVER, Context.LOCATION, Context.LIMIT_EXCEPT);
    static final Set<Context> REWRITING =
            EnumSet.of(Context.SERVER, Context.SERVER_IF, Context.LOCATION, Context.LOCATION_IF);

    static final Set<Context> STREAM = EnumSet.of(Context.STREAM);
    static final Set<Context> STREAM_SERVER = EnumSet.of(Context.STREAM_SERVER);
    static final Set<Context> STREAM_ALL = EnumSet.of(Context.STREAM, Context.STREAM_SERVER);
    static final Set<Context> HTTP_STREAM = EnumSet.of(Context.HTTP, Context.STREAM);
    static final Set<Context> UPSTREAMS = EnumSet.of(Context.UPSTREAM, Context.STREAM_UPSTREAM);

    private Rows() {}

    /// The same contexts, and those of `stream`.
    static Set<Context> andStream(Set<Context> contexts) {
        Set<Context> all = EnumSet.copyOf(contexts);
        all.addAll(STREAM_ALL);
        return all;
    }

    static Directive<Context, Setter> row(String name, Set<Context> contexts, Arity arity, String doc, Setter setter) {
        return new Directive<>(name, contexts, arity, false, false, doc, new Support.Full(), setter);
    }

    /// A row whose arguments may be any words.
    static Directive<Context, Setter> words(
            String name, Set<Context> contexts, Arity arity, String doc, Setter setter) {
        return new Directive<>(name, contexts, arity, false, true, doc, new Support.Full(), setter);
    }

    static Directive<Context, Setter> block(
            String name, Set<Context> contexts, Arity arity, String doc, Setter setter) {
        return new Directive<>(name, contexts, arity, true, false, doc, new Support.Full(), setter);
    }

    /// A row that is read and left aside.
    static Directive<Context, Setter> ignored(
            String name, Set<Context> contexts, Arity arity, String reason, boolean noticeable) {
        return new Directive<>(
                name,
                contexts,
                arity,
                false,
                true,
                "",
                new Support.WithoutEffect(reason, noticeable),
                (s, level, c) -> {});
    }

    static Directive<Context, Setter> flag(String name, Set<Context> contexts, Setting<Boolean> setting, String doc) {
        return value(name, contexts, setting, doc, (word, statement) -> switch (word.text()
                .toLowerCase(Locale.ROOT)) {
            case "on" -> Parsed.good(true);
            case "off" -> Parsed.good(false);
            default ->
                Parsed.bad("invalid value \"" + word + "\" in \"" + statement.name()
                        + "\" directive, it must be \"on\" or \"off\"");
        });
    }

    static Directive<Context, Setter> millis(
            String name, Set<Context> contexts, Setting<Duration> setting, String doc) {
        return plain(name, contexts, setting, doc, Times::millis, "invalid value", "a time such as 30s, 1m or 500ms");
    }

    static Directive<Context, Setter> seconds(
            String name, Set<Context> contexts, Setting<Duration> setting, String doc) {
        return plain(name, contexts, setting, doc, Times::seconds, "invalid value", "a time such as 30s, 10m or 1d");
    }

    /// A size up to 2 GB.
    static Directive<Context, Setter> size(String name, Set<Context> contexts, Setting<Integer> setting, String doc) {
        return plain(name, contexts, setting, doc, Rows::smallSize, "invalid value", "a size such as 4096, 8k or 1m");
    }

    /// A size of any magnitude.
    static Directive<Context, Setter> offset(String name, Set<Context> contexts, Setting<Long> setting, String doc) {
        return plain(
                name,
                contexts,
                setting,
                doc,
                text -> Numbers.size(text, true),
                "invalid value",
                "a size such as 4096, 8k, 1m or 1g");
    }

    static Directive<Context, Setter> number(String name, Set<Context> contexts, Setting<Integer> setting, String doc) {
        return plain(name, contexts, setting, doc, Numbers::parseInt, "invalid number", "a number without a unit");
    }

    /// A text in which variables count.
    static Directive<Context, Setter> text(
            String name, Set<Context> contexts, Setting<Optional<Word>> setting, String doc) {
        return row(
                name,
                contexts,
                Arity.exactly(1),
                doc,
                (statement, level, c) -> c.set(statement, level, setting, Optional.of(c.text(statement.arg(0)))));
    }

    /// A text in which dollar signs mean nothing.
    static Directive<Context, Setter> literal(
            String name, Set<Context> contexts, Setting<Optional<Word>> setting, String doc) {
        return row(
                name,
                contexts,
                Arity.exactly(1),
                doc,
                (statement, level, c) -> c.set(statement, level, setting, Optional.of(statement.arg(0))));
    }

    /// A folder for temporary files; how many folders lie in it is of no interest here.
    static Directive<Context, Setter> folder(String name, Set<Context> contexts, Setting<String> setting, String doc) {
        return row(name, contexts, Arity.between(1, 4), doc, (statement, level, c) -> {
            for (Word depth : statement.args().subList(1, statement.count())) {
                if (Numbers.parseInt(depth.text()).filter(number -> number > 0).isEmpty()) {
                    c.directive(statement, depth.span(), "invalid value", "a number of characters, 1 to 3");
                    return;
                }
            }
            c.set(statement, level, setting, statement.arg(0).text());
        });
    }

    /// A size up to what memory holds: no gigabytes.
    static Directive<Context, Setter> bytes(String name, Set<Context> contexts, Setting<Long> setting, String doc) {
        return plain(
                name,
                contexts,
                setting,
                doc,
                text -> Numbers.size(text, false),
                "invalid value",
                "a size such as 4096, 8k or 1m");
    }

    static <T> Directive<Context, Setter> choice(
            String name, Set<Context> contexts, Setting<T> setting, Map<String, T> choices, String doc) {
        return value(name, contexts, setting, doc, (word, statement) -> {
            T chosen = choices.get(word.text());
            return chosen == null ? Parsed.bad("invalid value \"" + word + "\"") : Parsed.good(chosen);
        });
    }

    /// Content types, with which text/html goes without saying.
    static Directive<Context, Setter> types(String name, Setting<Set<String>> setting, String doc) {
        return words(name, HTTP_SERVER_LOCATION, Arity.atLeast(1), doc, (statement, level, c) -> {
            Set<String> types = new LinkedHashSet<>(List.of("text/html"));
            for (Word word : statement.args()) {
                if (!types.add(word.text().toLowerCase(Locale.ROOT))) {
                    c.problems().warning("nginx.duplicate-type", word.span(), "duplicate MIME type \"" + word + "\"");
                }
            }
            c.set(statement, level, setting, types.contains("*") ? Set.of("*") : Set.copyOf(types));
        });
    }

    /// Any number of choices.
    static <E> Directive<Context, Setter> bits(
            String name, Set<Context> contexts, Setting<Set<E>> setting, Map<String, Set<E>> choices, String doc) {
        return bits(name, contexts, Arity.atLeast(1), setting, choices, doc);
    }

    static <E> Directive<Context, Setter> bits(
            String name,
            Set<Context> contexts,
            Arity arity,
            Setting<Set<E>> setting,
            Map<String, Set<E>> choices,
            String doc) {
        return words(name, contexts, arity, doc, (statement, level, c) -> {
            // given again at the same level it adds, as nginx's bit masks do
            Set<E> chosen = new LinkedHashSet<>(
                    level.own(setting).map(Level.Assigned::value).orElse(Set.of()));
            boolean off = false;
            for (Word word : statement.args()) {
                off |= word.text().equalsIgnoreCase("off");
                Set<E> more = ignoringCase(word, choices);
                if (more == null) {
                    c.problems()
                            .add(dev.fairlead.source.Diagnostic.error(
                                            "nginx.value", word.span(), "invalid value \"" + word + "\"")
                                    .hint(nearest(word, choices)));
                } else if (!more.isEmpty() && !chosen.addAll(more)) {
                    c.problems().warning("nginx.duplicate-value", word.span(), "duplicate value \"" + word + "\"");
                }
            }
            level.reassign(setting, off ? Set.of() : Set.copyOf(chosen), statement.span());
        });
    }

    /// As nginx reads its bit masks.
    private static <E> @Nullable Set<E> ignoringCase(Word word, Map<String, Set<E>> choices) {
        for (Map.Entry<String, Set<E>> choice : choices.entrySet()) {
            if (choice.getKey().equalsIgnoreCase(word.text())) {
                return choice.getValue();
            }
        }
        return null;
    }

    static Optional<String> nearest(Word word, Map<String, ?> choices) {
        return Suggestion.nearest(word.text(), choices.keySet())
                .map(near -> "did you mean \"" + near + "\"?")
                .or(() -> Optional.of("one of: " + String.join(", ", new java.util.TreeSet<>(choices.keySet()))));
    }

    private static <T> Directive<Context, Setter> plain(
            String name,
            Set<Context> contexts,
            Setting<T> setting,
            String doc,
            Function<String, Optional<T>> parse,
            String complaint,
            String expected) {
        return row(name, contexts, Arity.exactly(1), doc, (statement, level, c) -> {
            Word word = statement.arg(0);
            Optional<T> value = parse.apply(word.text());
            if (level.own(setting).isEmpty() && value.isEmpty()) {
                c.directive(statement, word.span(), complaint, "expected " + expected);
            } else {
                c.set(statement, level, setting, value.orElse(setting.byDefault()));
            }
        });
    }

    /// What a word means, or why it means nothing.
    record Parsed<T>(Optional<T> value, String message) {
        static <T> Parsed<T> good(T value) {
            return new Parsed<>(Optional.of(value), "");
        }

        static <T> Parsed<T> bad(String message) {
            return new Parsed<>(Optional.empty(), message);
        }
    }

    /// Reads the one word of a statement.
    interface WordParser<T> {
        Parsed<T> parse(Word word, Statement statement);
    }

    static <T> Directive<Context, Setter> value(
            String name, Set<Context> contexts, Setting<T> setting, String doc, WordParser<T> parser) {
        return row(name, contexts, Arity.exactly(1), doc, (statement, level, c) -> {
            Parsed<T> parsed = parser.parse(statement.arg(0), statement);
            if (parsed.value().isEmpty() && level.own(setting).isEmpty()) {
                c.value(statement.arg(0), parsed.message());
            } else {
                c.set(statement, level, setting, parsed.value().orElse(setting.byDefault()));
            }
        });
    }

    static Optional<Integer> smallSize(String text) {
        return Numbers.size(text, false)
                .filter(size -> size <= Integer.MAX_VALUE)
                .map(Long::intValue);
    }

    /// `number size`, as for buffers; reports what is wrong.
    static Optional<Buffers> buffers(Statement statement, Compilation c) {
        Optional<Integer> count = Numbers.parseInt(statement.arg(0).text()).filter(number -> number > 0);
        Optional<Integer> size = smallSize(statement.arg(1).text()).filter(bytes -> bytes > 0);
        if (count.isEmpty() || size.isEmpty()) {
            c.directive(
                    statement,
                    statement.arg(count.isEmpty() ? 0 : 1).span(),
                    "invalid value",
                    "expected a number and a size, such as 8 4k");
            return Optional.empty();
        }
        return Optional.of(new Buffers(count.get(), size.get()));
    }

    /// @param size bytes of each
    record Buffers(int count, int size) {
        long bytes() {
            return (long) count * size;
        }
    }

    static Directive<Context, Setter> bufferRow(
            String name, Set<Context> contexts, Setting<Buffers> setting, String doc) {
        return row(
                name,
                contexts,
                Arity.exactly(2),
                doc,
                (statement, level, c) ->
                        buffers(statement, c).ifPresent(value -> c.set(statement, level, setting, value)));
    }

    /// Rows of several families as one list.
    @SafeVarargs
    static List<Directive<Context, Setter>> join(List<Directive<Context, Setter>>... families) {
        List<Directive<Context, Setter>> all = new ArrayList<>();
        for (List<Directive<Context, Setter>> family : families) {
            all.addAll(family);
        }
        return all;
    }

    /// Whether the setting was made at this very level before; reports that.
    static boolean isDuplicate(Statement statement, Level level, Setting<?> setting, Compilation c) {
        if (level.own(setting).isEmpty()) {
            return false;
        }
        c.duplicate(statement, level.origin(setting));
        return true;
    }
}
