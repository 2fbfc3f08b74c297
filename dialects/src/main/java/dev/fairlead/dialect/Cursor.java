package dev.fairlead.dialect;

import dev.fairlead.source.SourceFile;
import dev.fairlead.source.Span;

/// A place in a text that moves forward, character by character.
public final class Cursor {
    private final SourceFile file;
    private int at;

    public Cursor(SourceFile file) {
        this.file = file;
    }

    public boolean atEnd() {
        return at >= file.text().length();
    }

    /// The character here; not at the end.
    public char peek() {
        return file.text().charAt(at);
    }

    /// The character here, and a step.
    public char next() {
        return file.text().charAt(at++);
    }

    public int position() {
        return at;
    }

    /// From an earlier position up to here.
    public Span since(int start) {
        return file.span(start, at);
    }

    public SourceFile file() {
        return file;
    }
}
