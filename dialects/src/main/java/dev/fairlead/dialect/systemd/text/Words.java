package dev.fairlead.dialect.systemd.text;

import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import dev.fairlead.source.Severity;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Splits a value into words: blanks separate, quotes keep together wherever they stand, and where escapes are
/// read they are C's.
public final class Words {
    private final Value value;
    private final String text;
    private final boolean readsEscapes;
    private final Severity openQuote;
    private int at;

    private Words(Value value, boolean readsEscapes, Severity openQuote) {
        this.value = value;
        this.text = value.text();
        this.readsEscapes = readsEscapes;
        this.openQuote = openQuote;
    }

    /// A word and where it stood.
    ///
    /// @param raw as it was written
    public record Word(String text, String raw, Span span) {}

    /// Words with quotes and escapes, as in command lines, where a quote that is not closed makes systemd
    /// refuse the unit.
    public static Words ofCommand(Value value) {
        return new Words(value, true, Severity.ERROR);
    }

    /// Words with quotes and escapes, as in environments.
    public static Words quoted(Value value) {
        return new Words(value, true, Severity.WARNING);
    }

    /// Words with quotes, a backslash being a letter, as in lists of unit names.
    public static Words plain(Value value) {
        return new Words(value, false, Severity.WARNING);
    }

    public static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    /// The rest of the words; none more after one that cannot be read.
    public List<Word> all(Problems problems) {
        List<Word> words = new ArrayList<>();
        for (Optional<Word> word = next(problems); word.isPresent(); word = next(problems)) {
            words.add(word.get());
        }
        return words;
    }

    /// Whether the next word is exactly this, unquoted; it is taken if so.
    public boolean takes(String unquoted) {
        skipBlanks();
        int end = at + unquoted.length();
        if (text.startsWith(unquoted, at) && (end == text.length() || isBlank(text.charAt(end)))) {
            at = end;
            return true;
        }
        return false;
    }

    public boolean isAtEnd() {
        skipBlanks();
        return at >= text.length();
    }

    /// The next word; empty at the end, and where a quote is not closed, which is reported.
    public Optional<Word> next(Problems problems) {
        skipBlanks();
        if (at >= text.length()) {
            return Optional.empty();
        }
        int start = at;
        Cutter cutter = new Cutter();
        boolean complete = cutter.cut();
        Span span = value.span(start, at);
        if (!complete) {
            problems.add(new Diagnostic(
                    openQuote,
                    "systemd.unbalanced-quoting",
                    value.span(start, text.length()),
                    "Unbalanced quoting, ignoring: \"" + text + "\"",
                    Optional.of("a quote that is opened in this word is not closed")));
            at = text.length();
            return Optional.empty();
        }
        if (cutter.hadUnknownEscape) {
            problems.warning(
                    "systemd.unknown-escape",
                    span,
                    "Ignoring unknown escape sequences: \"" + cutter.out + "\"",
                    "write \\\\ for a backslash");
        }
        return Optional.of(new Word(cutter.out.toString(), text.substring(start, at), span));
    }

    private void skipBlanks() {
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
    }

    /// Reads one word, moving `at` behind it.
    private final class Cutter {
        private final StringBuilder out = new StringBuilder();
        private final Bytes bytes = new Bytes(out);
        private boolean hadUnknownEscape;

        boolean cut() {
            char quote = 0;
            while (at < text.length()) {
                char c = text.charAt(at);
                if (c == '\\' && readsEscapes) {
                    if (at + 1 == text.length()) {
                        // A backslash at the very end stands for itself outside quotes.
                        bytes.character(c);
                        hadUnknownEscape = true;
                        at++;
                        break;
                    }
                    escape();
                    continue;
                }
                if (quote != 0) {
                    if (c == quote) {
                        quote = 0;
                    } else {
                        bytes.character(c);
                    }
                } else if (c == '"' || c == '\'') {
                    quote = c;
                } else if (isBlank(c)) {
                    break;
                } else {
                    bytes.character(c);
                }
                at++;
            }
            bytes.flush();
            return quote == 0;
        }

        private void escape() {
            int length = Escapes.read(text, at + 1, bytes);
            if (length > 0) {
                at += 1 + length;
                return;
            }
            hadUnknownEscape = true;
            bytes.character('\\');
            bytes.character(text.charAt(at + 1));
            at += 2;
        }
    }
}
