package dev.fairlead.dialect.upstart;

import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import dev.fairlead.source.Span;
import dev.fairlead.unit.Suggestion;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/// One stanza that is being read: its words and where its meaning goes.
///
/// @param name the stanza's own word
record StanzaReading(Word name, JobText text, Draft draft, UpstartOptions options, Problems problems) {
    void error(String rule, Span span, String message, String hint) {
        problems.error(rule, span, message, hint);
    }

    void note(String reason) {
        problems.add(Diagnostic.note("upstart.no-effect", name.span(), "\"" + name.text() + "\" has no effect here")
                .hint(reason));
    }

    /// Leaves the rest of the stanza aside.
    void skip() {
        text.nextLogicalLine();
    }

    /// The one word that the stanza has to have, and no more.
    Optional<Word> only(String what) {
        Optional<Word> word = next(what);
        word.ifPresent(_ -> end());
        return word;
    }

    /// The next word of the stanza, which has to be there.
    Optional<Word> next(String what) {
        Optional<Word> word = text.word();
        if (word.isEmpty()) {
            missing(what);
        }
        return word;
    }

    private void missing(String what) {
        Span place = text.isAtEndOfLine() ? text.here() : name.span().after();
        error("upstart.expected-token", place, "Expected token", "\"" + name.text() + "\" needs " + what);
    }

    /// Nothing may follow.
    void end() {
        if (!text.isAtEndOfLine()) {
            Span span = text.word().map(Word::span).orElseGet(text::here);
            error(
                    "upstart.unexpected-token",
                    span,
                    "Unexpected token",
                    "\"" + name.text() + "\" ends before this; a value with blanks needs quotes");
        }
        text.nextLogicalLine();
    }

    /// A word out of a few.
    Optional<Word> oneOf(List<String> words) {
        Optional<Word> word = next(listed(words));
        if (word.isPresent() && !words.contains(word.get().text())) {
            String near = Suggestion.nearest(word.get().text(), words)
                    .map(found -> "did you mean " + found + "?")
                    .orElseGet(() -> "\"" + name.text() + "\" takes " + listed(words));
            error("upstart.unknown-word", word.get().span(), "Unknown stanza", near);
            skip();
            return Optional.empty();
        }
        return word;
    }

    private static String listed(List<String> words) {
        return words.stream().limit(Math.max(1, words.size() - 1L)).collect(Collectors.joining(", "))
                + (words.size() > 1 ? " or " + words.getLast() : "");
    }

    /// A whole number within bounds.
    Optional<Integer> number(Word word, int least, int most, String rule, String message) {
        try {
            int number = Integer.parseInt(word.text());
            if (number >= least && number <= most) {
                return Optional.of(number);
            }
        } catch (NumberFormatException notANumber) {
            // Said below.
        }
        String range = most == Integer.MAX_VALUE
                ? "a whole number without a unit"
                : "a whole number from " + least + " to " + most;
        error(rule, word.span(), message, range);
        return Optional.empty();
    }

    /// Reads words up to the end of the line.
    void each(String what, BiConsumer<Word, StanzaReading> reader) {
        if (text.isAtEndOfLine()) {
            missing(what);
        }
        for (Optional<Word> word = text.word(); word.isPresent(); word = text.word()) {
            reader.accept(word.get(), this);
        }
        text.nextLogicalLine();
    }
}
