package dev.fairlead.dialect.systemd.text;

import dev.fairlead.source.SourceFile;
import dev.fairlead.source.Span;
import java.util.Arrays;

/// The right-hand side of an assignment after its lines have been joined. Knows where in the file each of its
/// characters stood.
public final class Value {
    private final SourceFile file;
    private final String text;
    private final int[] offsets;

    /// @param offsets the place of each character of `text` in the file
    public Value(SourceFile file, String text, int[] offsets) {
        this.file = file;
        this.text = text;
        this.offsets = offsets;
    }

    public String text() {
        return text;
    }

    public boolean isEmpty() {
        return text.isEmpty();
    }

    public Span span() {
        return span(0, text.length());
    }

    /// The part from one character up to, but without, another; an empty part lies behind the character
    /// before it.
    public Span span(int from, int to) {
        if (offsets.length == 0) {
            return new Span(file, 0, 0);
        }
        if (to <= from) {
            int at = from < offsets.length ? offsets[from] : offsets[offsets.length - 1] + 1;
            return new Span(file, at, at);
        }
        return new Span(file, offsets[from], offsets[to - 1] + 1);
    }

    /// Without the blanks around it.
    public Value strip() {
        return part(0, text.length());
    }

    /// The characters from one up to, but without, another, without the blanks around them.
    public Value part(int from, int to) {
        while (from < to && Words.isBlank(text.charAt(from))) {
            from++;
        }
        while (to > from && Words.isBlank(text.charAt(to - 1))) {
            to--;
        }
        // One more offset than characters, so that an empty value still has a place.
        int[] places = Arrays.copyOfRange(offsets, Math.min(from, offsets.length), Math.min(to, offsets.length));
        if (places.length == 0 && offsets.length > 0) {
            return new Value(file, "", new int[] {offsets[Math.min(from, offsets.length - 1)] + 1});
        }
        return new Value(file, text.substring(from, to), places);
    }

    @Override
    public String toString() {
        return text;
    }
}
