package dev.fairlead.dialect.haproxy.sample;

import dev.fairlead.dialect.haproxy.value.Misread;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads `fetch(args),converter(args),…`. Arguments may be quoted once more (manual, section 2.2).
public final class ExpressionReader {
    private final String text;
    private final Span origin;
    private int at;

    private ExpressionReader(String text, int from, Span origin) {
        this.text = text;
        this.at = from;
        this.origin = origin;
    }

    /// @param end where reading ended
    public record Read(Expression expression, int end) {}

    /// Reads a whole text.
    ///
    /// @throws IllegalArgumentException with the reason if it is none
    public static Expression read(String text, Span origin) {
        Read read = read(text, 0, origin);
        if (read.end() < text.length()) {
            throw new Misread(
                    "unexpected character '" + text.charAt(read.end()) + "' behind an expression: '"
                            + text.substring(read.end()) + "'",
                    new ExpressionReader(text, 0, origin).place(read.end(), text.length()),
                    Optional.empty());
        }
        return read.expression();
    }

    /// Reads as far as an expression goes.
    public static Read read(String text, int from, Span origin) {
        ExpressionReader reader = new ExpressionReader(text, from, origin);
        Call fetch = reader.call();
        List<Call> converters = new ArrayList<>();
        while (reader.at < text.length() && text.charAt(reader.at) == ',') {
            reader.at++;
            converters.add(reader.call());
        }
        return new Read(new Expression(fetch, converters), reader.at);
    }

    private Call call() {
        int start = at;
        while (at < text.length() && isNamePart(text.charAt(at))) {
            at++;
        }
        String name = text.substring(start, at);
        if (name.isEmpty()) {
            throw new Misread(
                    "name of a fetch or converter expected at '" + text.substring(start) + "'",
                    place(start, text.length()),
                    Optional.empty());
        }
        boolean hasArguments = at < text.length() && text.charAt(at) == '(';
        List<String> arguments = hasArguments ? arguments() : List.of();
        return new Call(name, arguments, place(start, at));
    }

    private Span place(int start, int end) {
        return Misread.place(origin, text, start, end);
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-' || c == '+';
    }

    private List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        StringBuilder argument = new StringBuilder();
        int open = at++;
        while (at < text.length() && text.charAt(at) != ')') {
            char c = text.charAt(at);
            if (c == ',') {
                arguments.add(argument.toString());
                argument.setLength(0);
                at++;
            } else if (c == '"' || c == '\'') {
                quoted(c, argument);
            } else if (c == '\\') {
                escape(argument);
            } else {
                argument.append(c);
                at++;
            }
        }
        if (at >= text.length()) {
            throw new Misread("missing closing ')' in '" + text + "'", place(open, text.length()), Optional.empty());
        }
        at++;
        boolean none = arguments.isEmpty() && argument.isEmpty();
        if (!none) {
            arguments.add(argument.toString());
        }
        return arguments;
    }

    private void quoted(char quote, StringBuilder into) {
        at++;
        while (at < text.length() && text.charAt(at) != quote) {
            if (quote == '"' && text.charAt(at) == '\\') {
                escape(into);
            } else {
                into.append(text.charAt(at++));
            }
        }
        if (at >= text.length()) {
            throw new IllegalArgumentException("unmatched quote in '" + text + "'");
        }
        at++;
    }

    private void escape(StringBuilder into) {
        char next = at + 1 < text.length() ? text.charAt(at + 1) : '\0';
        switch (next) {
            case ' ', '\\', '\'', '"' -> into.append(next);
            case 't' -> into.append('\t');
            case 'n' -> into.append('\n');
            case 'r' -> into.append('\r');
            default -> {
                into.append('\\');
                at--;
            }
        }
        at += 2;
    }
}
