package dev.fairlead.dialect.nginx.variable;

import dev.fairlead.dialect.nginx.syntax.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Splits a text into literals, captures and variable names. Resolves nothing.
final class TextScanner {
    private final String text;
    private final List<Piece> pieces = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();
    private int at;

    private TextScanner(String text) {
        this.text = text;
    }

    /// A stretch of a text.
    sealed interface Piece {
        record Literal(String text) implements Piece {}

        record Capture(int group) implements Piece {}

        /// @param name lower case
        /// @param at offset of the name in the word
        record Name(String name, int at) implements Piece {}

        /// @param message in nginx's words
        record Broken(String message) implements Piece {}
    }

    static List<Piece> scan(Word word) {
        return new TextScanner(word.text()).run();
    }

    private List<Piece> run() {
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '$') {
                flush();
                if (!reference()) {
                    return pieces;
                }
            } else {
                literal.append(c);
            }
        }
        flush();
        return pieces;
    }

    private void flush() {
        if (!literal.isEmpty()) {
            pieces.add(new Piece.Literal(literal.toString()));
            literal.setLength(0);
        }
    }

    private boolean reference() {
        if (at < text.length() && text.charAt(at) >= '1' && text.charAt(at) <= '9') {
            pieces.add(new Piece.Capture(text.charAt(at++) - '0'));
            return true;
        }
        boolean braces = at < text.length() && text.charAt(at) == '{';
        int start = braces ? at + 1 : at;
        int end = start;
        while (end < text.length() && isNamePart(text.charAt(end))) {
            end++;
        }
        String name = text.substring(start, end).toLowerCase(Locale.ROOT);
        if (braces && (end >= text.length() || text.charAt(end) != '}')) {
            pieces.add(new Piece.Broken(
                    "the closing bracket in \"" + text.substring(start, end) + "\" variable is missing"));
            return false;
        }
        if (name.isEmpty()) {
            pieces.add(new Piece.Broken("invalid variable name"));
            return false;
        }
        at = braces ? end + 1 : end;
        pieces.add(name.matches("[1-9]") ? new Piece.Capture(name.charAt(0) - '0') : new Piece.Name(name, start));
        return true;
    }

    private static boolean isNamePart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }
}
