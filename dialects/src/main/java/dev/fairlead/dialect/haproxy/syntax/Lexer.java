package dev.fairlead.dialect.haproxy.syntax;

import dev.fairlead.source.Problems;
import dev.fairlead.source.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Cuts one line into words (HAProxy's manual, section 2.2). Within double quotes escapes and variables count,
/// within single quotes nothing does; a backslash before a character that needs none stands for itself.
public final class Lexer {
    private static final char BYTE_ORDER_MARK = '\ufeff';

    private final SourceFile file;
    private final String text;
    private final int end;
    private final int number;
    private final Environment environment;
    private final Problems problems;
    private final List<Word> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private int at;
    private int wordStart;
    private boolean inWord;
    private boolean broken;

    private Lexer(SourceFile file, int start, int end, int number, Environment environment, Problems problems) {
        this.file = file;
        this.text = file.text();
        this.at = start;
        this.end = end;
        this.number = number;
        this.environment = environment;
        this.problems = problems;
    }

    /// @param start where the line begins in the file
    /// @param end where it ends, its line break left out
    /// @param number the line's
    /// @return the words; empty for a line without any, or with a fault, which has been reported
    static Optional<Line> read(
            SourceFile file, int start, int end, int number, Environment environment, Problems problems) {
        Lexer lexer = new Lexer(file, start, end, number, environment, problems);
        lexer.run();
        return lexer.broken || lexer.words.isEmpty() ? Optional.empty() : Optional.of(new Line(lexer.words));
    }

    private void run() {
        wordStart = at;
        while (at < end && !broken) {
            char c = text.charAt(at);
            if (isSpace(c) || c == BYTE_ORDER_MARK) {
                finishWord();
                at++;
            } else if (c == '#') {
                break;
            } else if (c == '"') {
                weak();
            } else if (c == '\'') {
                strong();
            } else {
                begin();
                plain(c, false);
            }
        }
        finishWord();
    }

    private void begin() {
        if (!inWord) {
            inWord = true;
            wordStart = at;
        }
    }

    private void finishWord() {
        if (inWord) {
            curly();
            words.add(new Word(word.toString(), file.span(wordStart, Math.max(at, wordStart))));
            word.setLength(0);
            inWord = false;
        }
    }

    /// Quotes that word processors make are letters here.
    private void curly() {
        String first = word.isEmpty() ? "" : word.substring(0, 1);
        if ("\u201c\u201d\u2018\u2019\u201e\u00ab".contains(first) && !first.isEmpty()) {
            problems.warning(
                    "haproxy.curly-quote",
                    file.span(wordStart, Math.max(at, wordStart)),
                    "typographic quotes are part of the word here",
                    "quotes are \" and '");
        }
    }

    private void plain(char c, boolean quoted) {
        if (c == '\\') {
            escape(quoted);
        } else {
            word.append(c);
            at++;
        }
    }

    private void weak() {
        begin();
        int quote = at++;
        while (at < end && text.charAt(at) != '"' && !broken) {
            char c = text.charAt(at);
            if (c == '$') {
                variable();
            } else {
                plain(c, true);
            }
        }
        close(quote, "unmatched quote");
    }

    private void strong() {
        begin();
        int quote = at++;
        while (at < end && text.charAt(at) != '\'') {
            word.append(text.charAt(at++));
        }
        close(quote, "unmatched quote");
    }

    private void close(int opening, String message) {
        if (at >= end && !broken) {
            broken = true;
            problems.error(
                    "haproxy.quote",
                    file.span(opening, end),
                    message,
                    "a quoted text ends on its line; a quote that is meant as a character is written \\' or \\\"");
        }
        at++;
    }

    private void escape(boolean quoted) {
        char next = at + 1 < end ? text.charAt(at + 1) : '\0';
        switch (next) {
            case ' ', '\\', '#', '\'', '"' -> escaped(next);
            case 't' -> escaped('\t');
            case 'n' -> escaped('\n');
            case 'r' -> escaped('\r');
            case 'x' -> hexadecimal();
            case '$' -> {
                if (quoted) {
                    escaped('$');
                } else {
                    word.append(text.charAt(at++));
                }
            }
            default -> word.append(text.charAt(at++));
        }
    }

    private void escaped(char c) {
        word.append(c);
        at += 2;
    }

    private void hexadecimal() {
        int high = at + 2 < end ? Character.digit(text.charAt(at + 2), 16) : -1;
        int low = at + 3 < end ? Character.digit(text.charAt(at + 3), 16) : -1;
        if (high < 0 || low < 0) {
            broken = true;
            problems.error(
                    "haproxy.hex",
                    file.span(at, Math.min(at + 4, end)),
                    "truncated or invalid hexadecimal sequence",
                    "\\x takes two hexadecimal digits");
            return;
        }
        word.append((char) (high * 16 + low));
        at += 4;
    }

    /// `$NAME`, `${NAME}`, `${NAME-default}`, and `${NAME[*]}`, which makes a word of each of the value's.
    private void variable() {
        int start = at++;
        boolean braced = at < end && text.charAt(at) == '{';
        at += braced ? 1 : 0;
        int nameStart = at;
        at += at < end && text.charAt(at) == '.' ? 1 : 0;
        while (at < end && isNamePart(text.charAt(at))) {
            at++;
        }
        String name = text.substring(nameStart, at);
        if (name.isEmpty() || Character.isDigit(name.charAt(0))) {
            fault(start, "forbidden first char in environment variable name");
            return;
        }
        boolean split = braced && text.startsWith("[*]", at);
        at += split ? 3 : 0;
        Optional<String> value = environment.value(name, file.name(), number);
        if (braced) {
            int brace = text.indexOf('}', at);
            boolean hasDefault = at < end && text.charAt(at) == '-';
            if (brace < 0 || brace >= end || (brace != at && !hasDefault)) {
                fault(start, "missing closing brace in environment variable name");
                return;
            }
            String otherwise = hasDefault ? text.substring(at + 1, brace) : "";
            at = brace + 1;
            insert(value.orElse(otherwise), split);
        } else {
            insert(value.orElse(""), false);
        }
    }

    private void insert(String value, boolean split) {
        if (!split) {
            word.append(value);
            return;
        }
        boolean first = true;
        for (String piece : value.split("\\s+", -1)) {
            if (!first) {
                finishWord();
                inWord = true;
            }
            word.append(piece);
            first = false;
        }
    }

    private void fault(int start, String message) {
        broken = true;
        problems.error("haproxy.variable", file.span(start, Math.min(Math.max(at, start + 1), end)), message);
    }

    private static boolean isNamePart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\u000b' || c == '\f';
    }
}
