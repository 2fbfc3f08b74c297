package dev.fairlead.dialect.nginx.directive;

import dev.fairlead.dialect.nginx.scope.Compilation;
import dev.fairlead.dialect.nginx.scope.Deferred;
import dev.fairlead.dialect.nginx.syntax.Statement;
import dev.fairlead.dialect.nginx.syntax.Word;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.Condition.FileTest.Kind;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The conditions of `if`: a variable, a comparison, a match, a test of a file.
final class Conditions {
    private static final Map<String, Kind> FILE_TESTS =
            Map.of("f", Kind.IS_FILE, "d", Kind.IS_DIRECTORY, "e", Kind.EXISTS, "x", Kind.IS_EXECUTABLE);
    private static final String FORMS =
            "write (condition): $variable, $variable = text, $variable ~ expression, -f path";

    private Conditions() {}

    static Optional<Deferred<Condition>> parse(Statement statement, Compilation c) {
        Optional<List<Word>> words = withoutParentheses(statement, c);
        if (words.isEmpty() || words.get().isEmpty()) {
            return Optional.empty();
        }
        List<Word> inside = words.get();
        Word first = inside.getFirst();
        if (first.text().length() > 1 && first.text().startsWith("$")) {
            return ofVariable(inside, c);
        }
        boolean negated = first.text().startsWith("!-");
        Kind kind = first.text().matches("!?-.")
                ? FILE_TESTS.get(first.text().substring(first.text().length() - 1))
                : null;
        if (kind == null || inside.size() != 2) {
            return invalid(first, c);
        }
        Word path = c.text(inside.get(1));
        return Optional.of(assembly -> {
            Condition test = new Condition.FileTest(assembly.templates().template(path), kind);
            return negated ? new Condition.Not(test) : test;
        });
    }

    private static Optional<Deferred<Condition>> invalid(Word word, Compilation c) {
        c.problems().error("nginx.condition", word.span(), "invalid condition \"" + word + "\"", FORMS);
        return Optional.empty();
    }

    /// The words between the parentheses, which may touch their neighbours.
    private static Optional<List<Word>> withoutParentheses(Statement statement, Compilation c) {
        List<Word> words = new ArrayList<>(statement.args());
        Word first = words.getFirst();
        if (!first.text().startsWith("(")) {
            invalid(first, c);
            return Optional.empty();
        }
        words.removeFirst();
        if (first.text().length() > 1) {
            words.addFirst(first.after("("));
        }
        if (words.isEmpty() || !words.getLast().text().endsWith(")")) {
            invalid(statement.words().getLast(), c);
            return Optional.empty();
        }
        Word last = words.removeLast();
        String text = last.text().substring(0, last.text().length() - 1);
        if (!text.isEmpty()) {
            Span span = last.span();
            boolean plain = span.text().equals(last.text());
            words.addLast(new Word(text, plain ? new Span(span.file(), span.start(), span.end() - 1) : span));
        }
        if (words.isEmpty()) {
            invalid(first, c);
            return Optional.empty();
        }
        return Optional.of(words);
    }

    private static Optional<Deferred<Condition>> ofVariable(List<Word> words, Compilation c) {
        Word variable = c.text(words.getFirst());
        if (words.size() == 1) {
            return Optional.of(
                    assembly -> new Condition.IsTrue(assembly.templates().template(variable)));
        }
        if (words.size() != 3) {
            return invalid(variable, c);
        }
        Word operator = words.get(1);
        Word operand = words.get(2);
        boolean negated = operator.text().startsWith("!");
        return switch (operator.text()) {
            case "=", "!=" -> {
                c.text(operand);
                yield Optional.of(assembly -> negate(
                        negated,
                        new Condition.Same(
                                assembly.templates().template(variable),
                                assembly.templates().template(operand))));
            }
            case "~", "~*", "!~", "!~*" ->
                Expressions.regex(operand, operator.text().endsWith("*"), c)
                        .map(regex -> assembly -> negate(
                                negated,
                                new Condition.Matches(assembly.templates().template(variable), regex)));
            default -> {
                c.problems()
                        .error(
                                "nginx.condition",
                                operator.span(),
                                "unexpected \"" + operator + "\" in condition",
                                operator.is("==") ? "comparison is written with one \"=\"" : FORMS);
                yield Optional.empty();
            }
        };
    }

    private static Condition negate(boolean negated, Condition condition) {
        return negated ? new Condition.Not(condition) : condition;
    }
}
