package dev.fairlead.source;

/// A stretch of a source text: from `start` up to but not including `end`, as offsets into the text.
/// Every model value that an operator wrote carries one, so that an error at run time can name its line.
public record Span(SourceFile file, int start, int end) {
    private static final SourceFile BUILT_IN = new SourceFile("<built-in>", "");

    public Span {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("span " + start + ".." + end);
        }
    }

    /// The origin of values that nobody wrote: defaults.
    public static Span builtIn() {
        return new Span(BUILT_IN, 0, 0);
    }

    public boolean isBuiltIn() {
        return file == BUILT_IN;
    }

    public int line() {
        return file.lineAt(start);
    }

    public int column() {
        return file.columnAt(start);
    }

    public String text() {
        return file.text().substring(start, end);
    }

    /// Where a text is written nearest to this place, in its line or around; this place if it is not in the file.
    public Span nearest(String written) {
        String text = file.text();
        int best = -1;
        for (int at = text.indexOf(written); at >= 0 && !written.isEmpty(); at = text.indexOf(written, at + 1)) {
            if (best < 0 || distance(at) < distance(best)) {
                best = at;
            }
        }
        return best < 0 ? this : new Span(file, best, best + written.length());
    }

    private int distance(int at) {
        return at < start ? start - at : at < end ? 0 : at - end + 1;
    }

    /// From the start of this span to the end of the other, which must be of the same file.
    public Span to(Span last) {
        return new Span(file, start, Math.max(end, last.end));
    }

    /// The empty place just behind this span.
    public Span after() {
        return new Span(file, end, end);
    }

    /// `file:line`, the form in which run-time messages name their cause.
    public String fileAndLine() {
        return isBuiltIn() ? file.name() : file.name() + ":" + line();
    }

    /// Spans say where a value stood, not what it is: two plans are equal when they would do the same.
    @Override
    public boolean equals(Object other) {
        return other instanceof Span;
    }

    @Override
    public int hashCode() {
        return 0;
    }

    @Override
    public String toString() {
        return isBuiltIn() ? file.name() : file.name() + ":" + line() + ":" + column();
    }
}
