package dev.fairlead.dialect.stunnel;

import dev.fairlead.source.SourceFile;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Takes a text apart into lines: space around names and values does not count, `;` and `#` start comments only
/// at the start of a line.
final class Lines {
    private Lines() {}

    static List<Line> of(SourceFile file) {
        List<Line> lines = new ArrayList<>();
        String text = file.text();
        int start = text.startsWith("\ufeff") ? 1 : 0;
        while (start < text.length()) {
            int newline = text.indexOf('\n', start);
            int end = newline < 0 ? text.length() : newline;
            line(trimmed(file, start, end)).ifPresent(lines::add);
            start = end + 1;
        }
        return lines;
    }

    private static Optional<Line> line(Span span) {
        String text = span.text();
        if (text.isEmpty() || text.charAt(0) == ';' || text.charAt(0) == '#') {
            return Optional.empty();
        }
        if (text.charAt(0) == '[' && text.endsWith("]")) {
            Span name = trimmed(span.file(), span.start() + 1, span.end() - 1);
            return Optional.of(new Line.Section(name.text(), span));
        }
        int equals = text.indexOf('=');
        if (equals < 0) {
            return Optional.of(new Line.Fault("No '=' found", span));
        }
        Span name = trimmed(span.file(), span.start(), span.start() + equals);
        Span value = trimmed(span.file(), span.start() + equals + 1, span.end());
        Span shown = value.text().isEmpty() ? span : value;
        return Optional.of(new Line.Option(name.text(), name, value.text(), shown, span));
    }

    private static Span trimmed(SourceFile file, int from, int to) {
        String text = file.text();
        int start = from;
        int end = to;
        while (start < end && text.charAt(start) <= ' ') {
            start++;
        }
        while (end > start && text.charAt(end - 1) <= ' ') {
            end--;
        }
        return file.span(start, end);
    }
}
