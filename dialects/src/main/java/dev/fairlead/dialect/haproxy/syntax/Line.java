package dev.fairlead.dialect.haproxy.syntax;

import dev.fairlead.source.Span;
import java.util.List;
import java.util.stream.Collectors;

/// The words of one line, at least one.
public record Line(List<Word> words) {
    public Line {
        words = List.copyOf(words);
    }

    public Word first() {
        return words.getFirst();
    }

    public int count() {
        return words.size();
    }

    public Word word(int index) {
        return words.get(index);
    }

    /// The word's text, or nothing where the line is shorter.
    public String text(int index) {
        return index < words.size() ? words.get(index).text() : "";
    }

    public Span span() {
        return first().span().to(words.getLast().span());
    }

    /// What is left behind the first words; may be without any.
    public List<Word> from(int index) {
        return index >= words.size() ? List.of() : words.subList(index, words.size());
    }

    /// The words with single spaces between them.
    public static String joined(List<Word> words) {
        return words.stream().map(Word::text).collect(Collectors.joining(" "));
    }
}
