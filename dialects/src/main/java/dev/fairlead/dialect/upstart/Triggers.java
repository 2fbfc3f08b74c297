package dev.fairlead.dialect.upstart;

import dev.fairlead.model.service.Trigger;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The words behind `start on` and `stop on`: events with their values, `and` and `or` of the same weight from
/// left to right, parentheses, in which lines may end anywhere.
final class Triggers {
    private static final String PARENTHESES = "()";

    private final StanzaReading reading;
    private final JobText text;
    private int depth;
    private boolean isBroken;

    private Triggers(StanzaReading reading) {
        this.reading = reading;
        this.text = reading.text();
    }

    /// Empty if they cannot be understood, which is said then.
    static Optional<Trigger> read(StanzaReading reading) {
        Triggers triggers = new Triggers(reading);
        Optional<Trigger> trigger = triggers.expression();
        if (!triggers.isBroken && !triggers.text.isAtEndOfLine()) {
            Span place = triggers.text.here();
            if (triggers.text.takes(')')) {
                triggers.error(
                        "upstart.parentheses", place, "Mismatched parentheses", "nothing was opened before this");
            } else {
                triggers.expectedOperator();
            }
        }
        reading.text().nextLogicalLine();
        return triggers.isBroken ? Optional.empty() : trigger;
    }

    private Optional<Trigger> expression() {
        Optional<Trigger> left = operand();
        while (left.isPresent() && !isBroken) {
            Optional<Word> operator = peek();
            if (operator.isEmpty() || !isOperator(operator.get())) {
                return left;
            }
            text.word(PARENTHESES);
            Optional<Trigger> right = operand();
            if (right.isEmpty()) {
                return right;
            }
            left = Optional.of(
                    operator.get().text().equals("and")
                            ? new Trigger.Both(left.get(), right.get())
                            : new Trigger.Either(left.get(), right.get()));
        }
        return left;
    }

    private Optional<Trigger> operand() {
        skipLines();
        Span place = text.here();
        if (text.takes('(')) {
            return parenthesis(place);
        }
        Optional<Word> event = peek();
        if (event.isEmpty() || isOperator(event.get())) {
            error(
                    "upstart.expected-event",
                    event.map(Word::span).orElseGet(text::here),
                    "Expected event",
                    "the name of an event goes here, such as runlevel [2345] or started nginx");
            return Optional.empty();
        }
        text.word(PARENTHESES);
        return Optional.of(
                new Trigger.Occurs(event.get().text(), matches(), event.get().span()));
    }

    private Optional<Trigger> parenthesis(Span place) {
        depth++;
        Optional<Trigger> inside = expression();
        if (isBroken) {
            return Optional.empty();
        }
        skipLines();
        if (!text.takes(')')) {
            if (text.isAtEndOfFile() || peek().isEmpty()) {
                error(
                        "upstart.parentheses",
                        new Span(place.file(), place.start(), place.start() + 1),
                        "Mismatched parentheses",
                        "this one is never closed");
            } else {
                expectedOperator();
            }
            return Optional.empty();
        }
        depth--;
        return inside;
    }

    private void expectedOperator() {
        Span span = peek().map(Word::span).orElseGet(text::here);
        error("upstart.expected-operator", span, "Expected operator", "and or or goes between two events");
    }

    private List<Trigger.Match> matches() {
        List<Trigger.Match> matches = new ArrayList<>();
        boolean named = false;
        for (Optional<Word> word = peek(); word.isPresent() && !isOperator(word.get()); word = peek()) {
            text.word(PARENTHESES);
            Trigger.Match match = match(word.get());
            if (named && match.name().isEmpty()) {
                error(
                        "upstart.expected-variable",
                        word.get().span(),
                        "Expected variable name before value",
                        "behind a KEY=VALUE only further KEY=VALUE may stand; and or or begins another event");
                return matches;
            }
            named |= match.name().isPresent();
            matches.add(match);
        }
        return matches;
    }

    private static Trigger.Match match(Word word) {
        int equals = word.text().indexOf('=');
        if (equals <= 0) {
            return new Trigger.Match(Optional.empty(), word.text(), false, word.span());
        }
        boolean isNegated = word.text().charAt(equals - 1) == '!';
        String key = word.text().substring(0, isNegated ? equals - 1 : equals);
        return new Trigger.Match(Optional.of(key), word.text().substring(equals + 1), isNegated, word.span());
    }

    private static boolean isOperator(Word word) {
        return !word.isQuoted() && (word.text().equals("and") || word.text().equals("or"));
    }

    /// The next word; none at a parenthesis.
    private Optional<Word> peek() {
        skipLines();
        int place = text.position();
        if (depth > 0 && text.isAtStartOfLine() && beginsStanza()) {
            return Optional.empty();
        }
        Optional<Word> word = text.word(PARENTHESES)
                .filter(found -> found.isQuoted() || !found.text().isEmpty());
        text.position(place);
        return word;
    }

    /// A parenthesis that is never closed would take the stanzas behind it for events.
    private boolean beginsStanza() {
        int place = text.position();
        boolean isStanza = text.word(PARENTHESES)
                .filter(word -> Stanzas.find(word.text()).isPresent())
                .isPresent();
        text.position(place);
        return isStanza;
    }

    private void skipLines() {
        if (depth > 0) {
            text.skipToNextWord();
        }
    }

    private void error(String rule, Span span, String message, String hint) {
        if (!isBroken) {
            reading.error(rule, span, message, hint);
        }
        isBroken = true;
    }
}
