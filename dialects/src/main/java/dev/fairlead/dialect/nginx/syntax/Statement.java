package dev.fairlead.dialect.nginx.syntax;

import dev.fairlead.source.Span;
import java.util.List;
import java.util.Optional;

/// A directive as written: its name, its arguments and how it ends.
///
/// @param words the name first
/// @param end the character that ended it
/// @param block what stands between its braces
public record Statement(List<Word> words, Ending ending, Span end, Optional<Block> block) implements Item {
    public Statement {
        words = List.copyOf(words);
    }

    /// What a statement ended with.
    public enum Ending {
        SEMICOLON,
        BLOCK,
        /// The brace that closes the block around it: the semicolon is missing.
        CLOSING_BRACE,
        END_OF_FILE
    }

    public Word name() {
        return words.getFirst();
    }

    public List<Word> args() {
        return words.subList(1, words.size());
    }

    public Word arg(int index) {
        return words.get(index + 1);
    }

    public int count() {
        return words.size() - 1;
    }

    /// From the first word to the last.
    public Span span() {
        return name().span().to(words.getLast().span());
    }
}
