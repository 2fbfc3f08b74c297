package dev.fairlead.dialect.haproxy.build.workshop;

import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.model.http.ConnectionFailure;
import dev.fairlead.model.http.LogLevel;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.NumberRange;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.TextSet;
import dev.fairlead.model.text.Variable;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Which requests are logged, and how gravely: `option dontlognull`, `dontlog-normal`, `log-separate-errors` and
/// `set-log-level`.
public final class LogConditions {
    public static final String SILENT = "silent";
    private static final String LEVEL = "txn.capture.level";
    private static final String[] SILENT_FAILURES = Stream.of(
                    ConnectionFailure.HEADER_MISSING,
                    ConnectionFailure.HEADER_RESET,
                    ConnectionFailure.HEADER_LATE,
                    ConnectionFailure.TLS_CLOSED,
                    ConnectionFailure.TLS_LATE)
            .map(ConnectionFailure::word)
            .toArray(String[]::new);
    private static final Map<String, LogLevel> LEVELS = new TreeMap<>(Map.of(
            "emerg", LogLevel.EMERG,
            "alert", LogLevel.ALERT,
            "crit", LogLevel.CRIT,
            "err", LogLevel.ERROR,
            "warning", LogLevel.WARN,
            "notice", LogLevel.NOTICE,
            "info", LogLevel.INFO,
            "debug", LogLevel.DEBUG));

    private final Workshop workshop;
    private final Proxy front;

    public LogConditions(Workshop workshop, Proxy front) {
        this.workshop = workshop;
        this.front = front;
    }

    /// Lines of that gravity are written where the condition holds.
    public record Case(LogLevel gravity, Optional<Template> condition) {}

    /// Those that fail before anything was said are not told where `dontlognull` stands.
    public Case ofFailures() {
        LogLevel level = front.isOn("option log-separate-errors") ? LogLevel.ERROR : LogLevel.INFO;
        Condition isSilent = is(Attribute.CONNECTION_FAILURE, TextSet.How.EXACT, SILENT_FAILURES);
        return front.isOn("option dontlognull")
                ? new Case(level, condition(List.of(new Condition.Not(isSilent))))
                : new Case(level, Optional.empty());
    }

    /// Every request is at most in one of them.
    ///
    /// @param atEnd whether it is known by then whether the client has said anything
    public List<Case> all(boolean atEnd) {
        List<Condition> always = new ArrayList<>();
        if (atEnd && front.isOn("option dontlognull")) {
            always.add(new Condition.Not(is(Attribute.REQUEST_LENGTH, TextSet.How.EXACT, "0")));
        }
        if (front.isOn("option dontlog-normal")) {
            always.add(isAbnormal());
        }
        List<Case> cases = new ArrayList<>();
        List<Word> levels = levels();
        if (!levels.isEmpty()) {
            levels.stream()
                    .map(Word::text)
                    .distinct()
                    .filter(LEVELS::containsKey)
                    .forEach(level -> {
                        List<Condition> own = new ArrayList<>(always);
                        own.add(new Condition.OneOf(
                                level(), new TextSet(TextSet.How.EXACT, false, List.of(level)), false));
                        cases.add(new Case(LEVELS.getOrDefault(level, LogLevel.INFO), condition(own)));
                    });
        }
        if (!levels.isEmpty() || front.entries().stream().anyMatch(LogConditions::isUntold)) {
            always.add(
                    new Condition.Not(new Condition.Present(workshop.variables().named(LEVEL))));
        }
        if (front.isOn("option log-separate-errors")) {
            List<Condition> failed = new ArrayList<>(always);
            failed.add(isAbnormal());
            cases.add(new Case(LogLevel.ERROR, condition(failed)));
            always.add(new Condition.Not(isAbnormal()));
        }
        cases.add(new Case(LogLevel.INFO, condition(always)));
        return cases;
    }

    /// What rules anywhere set the level to.
    private List<Word> levels() {
        return workshop.proxies().stream()
                .flatMap(proxy -> proxy.entries().stream())
                .filter(entry -> entry.name().endsWith(" set-log-level"))
                .map(entry -> entry.arg(0))
                .toList();
    }

    private Template level() {
        return Template.of(workshop.variables().named(LEVEL), Span.builtIn());
    }

    /// Where `set-log-level` puts its word.
    public static Variable place(Workshop workshop) {
        return workshop.variables().named(LEVEL);
    }

    /// Whether a rule ends connections that no line of the log tells of.
    public static boolean isUntold(Entry entry) {
        boolean isEarly =
                entry.name().equals("tcp-request connection") || entry.name().equals("tcp-request session");
        return isEarly && (entry.arg(0).is("reject") || entry.arg(0).is("silent-drop"));
    }

    static boolean isLevel(String word) {
        return word.equals(SILENT) || LEVELS.containsKey(word);
    }

    /// The client was not answered as it should be, or not at the first try.
    private static Condition isAbnormal() {
        return new Condition.AnyOf(List.of(
                new Condition.Not(is(Attribute.ENDING, TextSet.How.PREFIX, "-", "L")),
                new Condition.Not(is(Attribute.RETRIES, TextSet.How.EXACT, "0")),
                new Condition.InNumbers(of(Attribute.ANSWERED_STATUS), List.of(new NumberRange(500, 999)), false)));
    }

    private static Condition is(Attribute attribute, TextSet.How how, String... texts) {
        return new Condition.OneOf(of(attribute), new TextSet(how, false, List.of(texts)), false);
    }

    private static Template of(Attribute attribute) {
        return Template.of(new Variable.Builtin(attribute), Span.builtIn());
    }

    private static Optional<Template> condition(List<Condition> all) {
        if (all.isEmpty()) {
            return Optional.empty();
        }
        Condition one = all.size() == 1 ? all.getFirst() : new Condition.AllOf(List.copyOf(all));
        return Optional.of(Template.of(new Variable.Answer(one), Span.builtIn()));
    }
}
