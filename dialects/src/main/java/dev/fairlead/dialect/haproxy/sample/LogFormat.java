package dev.fairlead.dialect.haproxy.sample;

import dev.fairlead.dialect.haproxy.value.Misread;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Texts with `%[expression]` and `%name` in them (manual, section 8.2.6).
public final class LogFormat {
    private final String text;
    private final Span origin;
    private final Surroundings around;
    private final LogKind kind;
    private final boolean isEarly;
    private final List<Template.Part> parts = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();
    private Flags usual = new Flags(false, false, false);
    private boolean isLate;
    private int at;

    private LogFormat(String text, Span origin, Surroundings around, LogKind kind, boolean isEarly) {
        this.text = text;
        this.origin = origin;
        this.around = around;
        this.kind = kind;
        this.isEarly = isEarly;
    }

    /// How what follows is shown.
    ///
    /// @param quotes `+Q`
    /// @param escapes `+E`: a backslash before quotes, backslashes and closing brackets
    /// @param hexadecimal `+X`: addresses and some numbers in hexadecimal digits
    private record Flags(boolean quotes, boolean escapes, boolean hexadecimal) {
        Flags changed(String flags) {
            boolean isQuoted = quotes;
            boolean isEscaped = escapes;
            boolean isHexadecimal = hexadecimal;
            for (String flag : flags.split("[,\\s]+", -1)) {
                boolean on = flag.startsWith("+");
                if (flag.endsWith("Q")) {
                    isQuoted = on;
                } else if (flag.endsWith("E")) {
                    isEscaped = on;
                } else if (flag.endsWith("X")) {
                    isHexadecimal = on;
                }
            }
            return new Flags(isQuoted, isEscaped, isHexadecimal);
        }
    }

    /// What a line of the log says.
    ///
    /// @param isLate whether something in it is known at the end only
    public record Read(Template template, boolean isLate) {}

    /// A line of the log.
    ///
    /// @param isEarly whether it is written before the end whatever is in it: a plus sign marks
    ///     numbers that grow
    /// @throws IllegalArgumentException with the reason if something in it is unknown
    public static Read line(String text, Span origin, Surroundings around, LogKind kind, boolean isEarly) {
        LogFormat format = new LogFormat(text, origin, around, kind, isEarly);
        format.run();
        return new Read(new Template(format.parts, origin), format.isLate);
    }

    /// @throws IllegalArgumentException with the reason if something in it is unknown
    public static Template template(String text, Span origin, Surroundings around, LogKind kind) {
        return line(text, origin, around, kind, false).template();
    }

    private void run() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c != '%') {
                literal.append(c);
                at++;
            } else if (text.startsWith("%%", at)) {
                literal.append('%');
                at += 2;
            } else {
                item();
            }
        }
        flush();
    }

    private void item() {
        int start = at++;
        Flags flags = usual;
        boolean isFlags = false;
        if (at < text.length() && text.charAt(at) == '{') {
            int close = text.indexOf('}', at);
            if (close < 0) {
                throw new IllegalArgumentException("missing '}' in '" + text.substring(start) + "'");
            }
            flags = flags.changed(text.substring(at + 1, close));
            at = close + 1;
            isFlags = true;
        }
        if (at < text.length() && text.charAt(at) == '[') {
            sample(start, flags);
            return;
        }
        String name = LogNames.longest(text, at);
        at += name.length();
        if (name.equals("o")) {
            usual = flags;
            return;
        }
        if (name.isEmpty()) {
            if (isFlags) {
                return;
            }
            throw new Misread(
                    "no such format variable '" + word(start + 1) + "'",
                    place(start, start + 1 + word(start + 1).length()),
                    "a percent sign is written %%; names are such as %ci, %ST and %[path]");
        }
        if (kind == LogKind.CONNECTION && LogNames.isOfRequests(name)) {
            throw new Misread(
                    "format variable '" + name + "' is reserved for HTTP mode",
                    place(start, at),
                    "option tcplog tells what there is to tell of connections");
        }
        isLate |= LogNames.isLate(name);
        if (name.equals("hr") || name.equals("hs")) {
            braced(name, flags.quotes());
        } else {
            List<Template.Part> of = named(name);
            addNamed(flags.hexadecimal() ? LogNames.hexadecimal(name, of) : of, flags.quotes());
        }
    }

    private void sample(int start, Flags flags) {
        ExpressionReader.Read read = ExpressionReader.read(text, at + 1, origin);
        if (read.end() >= text.length() || text.charAt(read.end()) != ']') {
            throw new Misread(
                    "missing ']' in '" + text.substring(start) + "'",
                    place(start, text.length()),
                    text.indexOf(' ', start) < 0
                            ? Optional.of("a text with spaces stands in quotes")
                            : Optional.empty());
        }
        at = read.end() + 1;
        boolean quoted = flags.quotes() && kind != LogKind.RULE;
        Variable sample = Samples.shown(read.expression(), kind == LogKind.RULE, flags.escapes(), around, origin);
        add(List.of(quoted ? LogNames.shown(sample, origin) : new Template.Part.Reference(sample)), quoted);
    }

    private List<Template.Part> named(String name) {
        List<Template.Part> of = LogNames.variable(name, kind, around, origin);
        if (!isEarly || !LogNames.isGrowing(name)) {
            return of;
        }
        List<Template.Part> marked = new ArrayList<>(of);
        marked.addFirst(new Template.Part.Literal("+"));
        return marked;
    }

    private Span place(int start, int end) {
        return Misread.place(origin, text, start, end);
    }

    /// These take the space behind them along while the line is written.
    private void braced(String name, boolean quoted) {
        boolean isBetween = !quoted && at < text.length() && text.charAt(at) == ' ';
        List<Template.Part> of = LogNames.braced(name, isBetween ? " " : "", around, origin);
        addNamed(of, quoted);
        if (isBetween && !of.isEmpty()) {
            at++;
        }
    }

    /// What is nothing takes one of the spaces around it along.
    private void addNamed(List<Template.Part> of, boolean quoted) {
        boolean isBetweenSpaces = (literal.isEmpty() || literal.charAt(literal.length() - 1) == ' ')
                && at < text.length()
                && text.charAt(at) == ' ';
        if (of.isEmpty() && isBetweenSpaces) {
            at++;
        } else {
            add(of, quoted);
        }
    }

    private String word(int from) {
        int end = from;
        while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
            end++;
        }
        return text.substring(from, end);
    }

    private void add(List<Template.Part> of, boolean quoted) {
        if (quoted) {
            literal.append('"');
        }
        flush();
        parts.addAll(of);
        if (quoted) {
            literal.append('"');
        }
    }

    private void flush() {
        if (!literal.isEmpty()) {
            parts.add(new Template.Part.Literal(literal.toString()));
            literal.setLength(0);
        }
    }
}
