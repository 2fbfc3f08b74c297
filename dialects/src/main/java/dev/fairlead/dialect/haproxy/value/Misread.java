package dev.fairlead.dialect.haproxy.value;

import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Span;
import java.util.Optional;

/// A text that is not what it should be, with the place in it that is wrong.
public final class Misread extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final transient Span at;
    private final transient Optional<String> hint;

    public Misread(String message, Span at, Optional<String> hint) {
        super(message);
        this.at = at;
        this.hint = hint;
    }

    public Misread(String message, Span at, String hint) {
        this(message, at, Optional.of(hint));
    }

    /// @param whole what is wrong where no place in it is known
    /// @param before what stands in front of the reason
    public static Diagnostic told(String rule, Span whole, String before, IllegalArgumentException bad) {
        return bad instanceof Misread misread
                ? Diagnostic.error(rule, misread.at, before + misread.getMessage())
                        .hint(misread.hint)
                : Diagnostic.error(rule, whole, before + bad.getMessage());
    }

    /// Where a part of a word's text is written, if the text is written as it is; else where all of it is.
    ///
    /// @param start where the part begins in the text
    public static Span place(Span word, String text, int start, int end) {
        int found = word.text().indexOf(text);
        return found < 0 ? word : new Span(word.file(), word.start() + found + start, word.start() + found + end);
    }
}
