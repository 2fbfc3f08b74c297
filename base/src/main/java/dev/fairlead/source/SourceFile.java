package dev.fairlead.source;

import java.nio.file.Path;
import java.util.Arrays;

/// A text that configuration was read from, with its name as the operator knows it.
/// Lines and columns count from 1; columns count UTF-16 units.
public final class SourceFile {
    private final String name;
    private final String text;
    private final int[] lineStarts;

    /// @param name the path as messages show it, such as `/etc/nginx/nginx.conf`, or `<command line>`
    /// @param text the whole content
    public SourceFile(String name, String text) {
        this.name = name;
        this.text = text;
        this.lineStarts = findLineStarts(text);
    }

    /// A source of one line that was not read from a file, such as a command-line option.
    public static SourceFile inline(String name, String text) {
        return new SourceFile(name, text);
    }

    public String name() {
        return name;
    }

    public String text() {
        return text;
    }

    /// The folder that relative names in this file may be resolved against.
    public Path folder() {
        Path parent = Path.of(name).getParent();
        return parent == null ? Path.of("") : parent;
    }

    public Span span(int start, int end) {
        return new Span(this, start, end);
    }

    /// The place just behind the last character.
    public Span end() {
        return new Span(this, text.length(), text.length());
    }

    int lineAt(int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        return found >= 0 ? found + 1 : -found - 1;
    }

    int columnAt(int offset) {
        return offset - lineStarts[lineAt(offset) - 1] + 1;
    }

    /// The text of a line without its line break; an empty text for a line that is not there.
    public String line(int number) {
        if (number < 1 || number > lineStarts.length) {
            return "";
        }
        int start = lineStarts[number - 1];
        int end = number < lineStarts.length ? lineStarts[number] : text.length();
        while (end > start && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return text.substring(start, end);
    }

    private static int[] findLineStarts(String text) {
        int[] starts = new int[16];
        int count = 1;
        for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, count * 2);
            }
            starts[count++] = i + 1;
        }
        return Arrays.copyOf(starts, count);
    }

    @Override
    public String toString() {
        return name;
    }
}
