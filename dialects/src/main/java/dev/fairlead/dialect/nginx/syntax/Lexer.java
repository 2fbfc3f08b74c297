package dev.fairlead.dialect.nginx.syntax;

import dev.fairlead.dialect.Cursor;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.SourceFile;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.List;

/// Splits a text into words and marks, by the rules of nginx's own reader: a `}` or `#` inside a word is part
/// of it, a quote inside a word too, `${` does not open a block, and a quoted word must be followed by a space
/// or a mark.
final class Lexer {
    private final Cursor cursor;

    Lexer(SourceFile file) {
        this.cursor = new Cursor(file);
    }

    /// The words up to the next mark.
    record Run(List<Word> words, Mark mark, Span end, List<Diagnostic> faults) {}

    /// What ended a run of words.
    enum Mark {
        SEMICOLON,
        OPENING_BRACE,
        CLOSING_BRACE,
        END_OF_FILE
    }

    Run next() {
        List<Word> words = new ArrayList<>();
        List<Diagnostic> faults = new ArrayList<>();
        while (true) {
            skipBlanks();
            if (cursor.atEnd()) {
                return new Run(words, Mark.END_OF_FILE, cursor.file().end(), faults);
            }
            int start = cursor.position();
            switch (cursor.peek()) {
                case ';' -> {
                    return mark(words, Mark.SEMICOLON, faults);
                }
                case '{' -> {
                    return mark(words, Mark.OPENING_BRACE, faults);
                }
                case '}' -> {
                    return mark(words, Mark.CLOSING_BRACE, faults);
                }
                case '"', '\'' -> {
                    if (!quoted(words, faults)) {
                        return new Run(words, Mark.END_OF_FILE, cursor.file().end(), faults);
                    }
                }
                default -> {
                    plain();
                    words.add(word(start, start, cursor.position()));
                }
            }
        }
    }

    private Run mark(List<Word> words, Mark mark, List<Diagnostic> faults) {
        int start = cursor.position();
        cursor.next();
        return new Run(words, mark, cursor.since(start), faults);
    }

    private void skipBlanks() {
        while (!cursor.atEnd()) {
            char c = cursor.peek();
            if (c == '#') {
                while (!cursor.atEnd() && cursor.peek() != '\n') {
                    cursor.next();
                }
            } else if (isBlank(c)) {
                cursor.next();
            } else {
                return;
            }
        }
    }

    private void plain() {
        boolean variable = false;
        while (!cursor.atEnd()) {
            char c = cursor.peek();
            if (c == '{' && variable) {
                cursor.next();
                continue;
            }
            variable = c == '$';
            if (isBlank(c) || c == ';' || c == '{') {
                return;
            }
            cursor.next();
            if (c == '\\' && !cursor.atEnd()) {
                cursor.next();
            }
        }
    }

    /// Reads a quoted word; false if its closing quote is missing.
    private boolean quoted(List<Word> words, List<Diagnostic> faults) {
        int start = cursor.position();
        char quote = cursor.next();
        while (!cursor.atEnd()) {
            char c = cursor.next();
            if (c == '\\' && !cursor.atEnd()) {
                cursor.next();
            } else if (c == quote) {
                words.add(word(start, start + 1, cursor.position() - 1));
                checkAfterQuote(start, faults);
                return true;
            }
        }
        Span opening = cursor.file().span(start, start + 1);
        faults.add(Diagnostic.error(
                        Rules.END_OF_FILE, cursor.file().end(), "unexpected end of file, expecting \";\" or \"}\"")
                .hint("the quote opened at " + opening.fileAndLine() + " is never closed"));
        return false;
    }

    private void checkAfterQuote(int start, List<Diagnostic> faults) {
        if (cursor.atEnd()) {
            return;
        }
        char c = cursor.peek();
        if (!isBlank(c) && c != ';' && c != '{' && c != ')') {
            int at = cursor.position();
            Span opening = cursor.file().span(start, start + 1);
            Span behind = cursor.file().span(at, at + 1);
            boolean isLong = opening.line() != behind.line();
            faults.add(Diagnostic.error(isLong ? Rules.QUOTE : Rules.UNEXPECTED, behind, "unexpected \"" + c + "\"")
                    .hint(
                            isLong
                                    ? "the quote opened at " + opening.fileAndLine()
                                            + " ends only here: is its closing quote missing?"
                                    : "a quoted word ends with its quote; put a space or \";\" behind it, or quote all"
                                            + " of it"));
            plain();
        }
    }

    private Word word(int start, int from, int to) {
        String raw = cursor.file().text().substring(from, to);
        return new Word(unescape(raw), cursor.file().span(start, cursor.position()));
    }

    private static String unescape(String raw) {
        if (raw.indexOf('\\') < 0) {
            return raw;
        }
        StringBuilder text = new StringBuilder();
        int i = 0;
        while (i < raw.length()) {
            char c = raw.charAt(i);
            char following = c == '\\' && i + 1 < raw.length() ? raw.charAt(i + 1) : 0;
            char meant = switch (following) {
                case '"', '\'', '\\' -> following;
                case 't' -> '\t';
                case 'r' -> '\r';
                case 'n' -> '\n';
                default -> 0;
            };
            text.append(meant == 0 ? c : meant);
            i += meant == 0 ? 1 : 2;
        }
        return text.toString();
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }
}
