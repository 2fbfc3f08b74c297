package dev.fairlead.source;

import dev.fairlead.source.Fix.Edit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The lines that a change takes away and adds, in the form that `patch` reads, with up to three lines around
/// them.
final class UnifiedDiff {
    private static final int CONTEXT = 3;
    private static final String UNENDED = "\\ No newline at end of file\n";

    private final FileChange change;
    private final String text;
    private final List<String> lines;
    private final StringBuilder out = new StringBuilder();

    private UnifiedDiff(FileChange change) {
        this.change = change;
        this.text = change.file().text();
        this.lines = split(text);
    }

    /// Lines that are replaced.
    ///
    /// @param at how many lines there are before them
    private record Piece(int at, List<String> before, List<String> after) {
        int end() {
            return at + before.size();
        }

        int growth() {
            return after.size() - before.size();
        }

        /// Without the lines at its ends that stay.
        Piece trimmed() {
            int first = 0;
            int most = Math.min(before.size(), after.size());
            while (first < most && before.get(first).equals(after.get(first))) {
                first++;
            }
            int last = 0;
            while (last < most - first
                    && before.get(before.size() - 1 - last).equals(after.get(after.size() - 1 - last))) {
                last++;
            }
            return new Piece(
                    at + first, before.subList(first, before.size() - last), after.subList(first, after.size() - last));
        }
    }

    static String of(FileChange change) {
        return new UnifiedDiff(change).written();
    }

    private String written() {
        String name = change.file().name();
        out.append("--- ").append(name).append("\n+++ ").append(name).append('\n');
        List<Piece> pieces = pieces();
        int shift = 0;
        int next = 0;
        while (next < pieces.size()) {
            int first = next;
            while (++next < pieces.size()
                    && pieces.get(next).at() - pieces.get(next - 1).end() <= 2 * CONTEXT) {}
            List<Piece> group = pieces.subList(first, next);
            write(group, shift);
            shift += group.stream().mapToInt(Piece::growth).sum();
        }
        return out.toString();
    }

    private List<Piece> pieces() {
        List<Piece> pieces = new ArrayList<>();
        List<Edit> edits = change.edits();
        int next = 0;
        while (next < edits.size()) {
            int from = text.lastIndexOf('\n', edits.get(next).span().start() - 1) + 1;
            int to = lineEnd(edits.get(next).span().end());
            while (++next < edits.size() && edits.get(next).span().start() <= to) {
                to = lineEnd(edits.get(next).span().end());
            }
            int line = change.file().span(from, from).line() - 1;
            pieces.add(new Piece(line, split(text.substring(from, to)), split(change.edited(from, to))).trimmed());
        }
        return pieces;
    }

    /// Behind the end of the line that is there.
    private int lineEnd(int at) {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end + 1;
    }

    /// Lines with their ends.
    private static List<String> split(String text) {
        return Stream.of(text.split("(?<=\n)", -1))
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private void write(List<Piece> group, int shift) {
        int from = Math.max(0, group.getFirst().at() - CONTEXT);
        int to = Math.min(lines.size(), group.getLast().end() + CONTEXT);
        int growth = group.stream().mapToInt(Piece::growth).sum();
        out.append("@@ -").append(range(from, to - from));
        out.append(" +").append(range(from + shift, to - from + growth)).append(" @@\n");
        int at = from;
        for (Piece piece : group) {
            lines.subList(at, piece.at()).forEach(line -> write(' ', line));
            piece.before().forEach(line -> write('-', line));
            piece.after().forEach(line -> write('+', line));
            at = piece.end();
        }
        lines.subList(at, to).forEach(line -> write(' ', line));
    }

    private static String range(int before, int count) {
        return (count == 0 ? before : before + 1) + "," + count;
    }

    private void write(char kind, String line) {
        out.append(kind).append(line);
        if (!line.endsWith("\n")) {
            out.append('\n').append(UNENDED);
        }
    }
}
