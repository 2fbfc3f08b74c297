package dev.fairlead.dialect.upstart;

import dev.fairlead.source.Problems;
import dev.fairlead.source.SourceFile;
import dev.fairlead.source.Span;
import java.util.Optional;

/// Reads a job file from its start to its end: words of a line, commands, blocks. A backslash at the end of a
/// line joins it with the next, quotes keep blanks together, `#` begins a comment where a word could begin.
final class JobText {
    private final SourceFile file;
    private final String text;
    private final Problems problems;
    private int at;

    JobText(SourceFile file, Problems problems) {
        this.file = file;
        this.text = file.text();
        this.problems = problems;
    }

    boolean isAtEndOfFile() {
        return at >= text.length();
    }

    /// The place where reading goes on.
    Span here() {
        return file.span(at, at);
    }

    Span since(int start) {
        return file.span(start, Math.max(start, at));
    }

    int position() {
        return at;
    }

    void position(int other) {
        at = other;
    }

    /// Whether nothing but blanks and a comment is left of the line.
    boolean isAtEndOfLine() {
        skipBlanks();
        return at >= text.length() || text.charAt(at) == '\n' || text.charAt(at) == '#';
    }

    /// Whether only blanks stand before this place on its line.
    boolean isAtStartOfLine() {
        return text.substring(text.lastIndexOf('\n', at - 1) + 1, at).isBlank();
    }

    /// Goes to the beginning of the next line.
    void nextLine() {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end + 1;
    }

    /// Goes to the line after this one and those that a backslash joins to it.
    void nextLogicalLine() {
        while (at < text.length() && text.charAt(at) != '\n') {
            if (text.charAt(at) == '#' && startsWord()) {
                break;
            }
            at += isJoint(at) ? lengthOfJoint(at) : 1;
        }
        nextLine();
    }

    private boolean startsWord() {
        return at == 0 || Character.isWhitespace(text.charAt(at - 1));
    }

    /// Blanks, and line ends that are joined. Does not go into the next line.
    private void skipBlanks() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ' ' || c == '\t' || c == '\r' || c == '\f') {
                at++;
            } else if (isJoint(at)) {
                at += lengthOfJoint(at);
            } else {
                return;
            }
        }
    }

    /// Blanks, comments and line ends.
    void skipToNextWord() {
        while (isAtEndOfLine() && at < text.length()) {
            nextLine();
        }
    }

    private boolean isJoint(int place) {
        return text.startsWith("\\\n", place) || text.startsWith("\\\r\n", place);
    }

    private int lengthOfJoint(int place) {
        return text.charAt(place + 1) == '\r' ? 3 : 2;
    }

    /// Takes a single character if it is next on the line.
    boolean takes(char c) {
        if (!isAtEndOfLine() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    Optional<Word> word() {
        return word("");
    }

    /// The next word of the line.
    ///
    /// @param ends characters that end a word as a blank does, where they are not quoted
    Optional<Word> word(String ends) {
        if (isAtEndOfLine()) {
            return Optional.empty();
        }
        int start = at;
        StringBuilder out = new StringBuilder();
        char quote = 0;
        boolean isQuoted = false;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (isJoint(at)) {
                if (quote == 0) {
                    break;
                }
                at += lengthOfJoint(at);
            } else if (c == '\\' && at + 1 < text.length() && quote != '\'') {
                out.append(text.charAt(at + 1));
                at += 2;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
                isQuoted = true;
                at++;
            } else if (c == quote) {
                quote = 0;
                at++;
            } else if (quote == 0 && (Character.isWhitespace(c) || ends.indexOf(c) >= 0)) {
                break;
            } else {
                at = quote != 0 && c == '\n' ? folded(out) : taken(c, out);
            }
        }
        if (quote != 0) {
            unterminated(start);
        }
        return Optional.of(new Word(out.toString(), file.span(start, at), isQuoted));
    }

    private int taken(char c, StringBuilder out) {
        out.append(c);
        return at + 1;
    }

    /// A line end in quotes counts as one blank, with the blanks around it.
    private int folded(StringBuilder out) {
        out.append(' ');
        int next = at;
        while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        return next;
    }

    private void unterminated(int start) {
        int lineEnd = text.indexOf('\n', start);
        problems.error(
                "upstart.unterminated-quote",
                file.span(start, lineEnd < 0 ? text.length() : lineEnd),
                "Unterminated quoted string",
                "the quote that begins here is not closed before the end of the file");
    }

    /// What is left of the line, as a command: quotes stay, a comment goes, joined lines become one.
    Word command() {
        isAtEndOfLine();
        int start = at;
        int end = at;
        StringBuilder out = new StringBuilder();
        char quote = 0;
        while (at < text.length() && (text.charAt(at) != '\n' || quote != 0)) {
            char c = text.charAt(at);
            if (isJoint(at)) {
                at += lengthOfJoint(at);
                out.append(' ');
                continue;
            }
            if (c == '#' && quote == 0 && startsWord()) {
                break;
            }
            if (c == '\\' && at + 1 < text.length() && quote != '\'') {
                out.append(c);
                c = text.charAt(++at);
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            }
            out.append(c);
            at++;
            end = Character.isWhitespace(c) ? end : at;
        }
        if (quote != 0) {
            unterminated(start);
        }
        return new Word(out.toString().strip(), file.span(start, Math.max(start, end)), false);
    }

    /// The lines up to one that says `end` and the name, without the indentation of the first of them.
    ///
    /// @param begin where the stanza begins, for the complaint that it never ends
    Optional<Word> block(String name, Span begin) {
        nextLine();
        int start = at;
        StringBuilder out = new StringBuilder();
        String indent = "";
        while (at < text.length()) {
            int lineStart = at;
            nextLine();
            String line = text.substring(lineStart, at).stripTrailing();
            if (endsBlock(line, name)) {
                return Optional.of(new Word(out.toString(), file.span(start, Math.max(start, lineStart - 1)), true));
            }
            if (out.isEmpty()) {
                indent = line.substring(0, line.length() - line.stripLeading().length());
            }
            out.append(line.startsWith(indent) ? line.substring(indent.length()) : line.stripLeading())
                    .append('\n');
        }
        problems.error(
                "upstart.unterminated-block",
                begin,
                "Unterminated block",
                "a line with \"end " + name + "\" alone has to close it");
        return Optional.empty();
    }

    private static boolean endsBlock(String line, String name) {
        return line.strip().matches("end\\s+" + name + "(\\s*#.*)?");
    }
}
