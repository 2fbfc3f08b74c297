package dev.fairlead.source;

import java.util.Optional;

/// One thing that is wrong with a configuration, in the words of its dialect.
///
/// @param rule the stable id people search for and switch off, such as `nginx.duplicate`
/// @param message the dialect's own wording, without file, line or full stop
/// @param hint what to do about it, where that is known
/// @param fix a change that does it, where one is safe
public record Diagnostic(
        Severity severity, String rule, Span span, String message, Optional<String> hint, Optional<Fix> fix) {

    /// Without a fix.
    public Diagnostic(Severity severity, String rule, Span span, String message, Optional<String> hint) {
        this(severity, rule, span, message, hint, Optional.empty());
    }

    public static Diagnostic error(String rule, Span span, String message) {
        return new Diagnostic(Severity.ERROR, rule, span, message, Optional.empty());
    }

    public static Diagnostic warning(String rule, Span span, String message) {
        return new Diagnostic(Severity.WARNING, rule, span, message, Optional.empty());
    }

    public static Diagnostic note(String rule, Span span, String message) {
        return new Diagnostic(Severity.NOTE, rule, span, message, Optional.empty());
    }

    public Diagnostic hint(String text) {
        return new Diagnostic(severity, rule, span, message, Optional.of(text), fix);
    }

    public Diagnostic hint(Optional<String> text) {
        return new Diagnostic(severity, rule, span, message, text, fix);
    }

    public Diagnostic fix(Fix change) {
        return new Diagnostic(severity, rule, span, message, hint, Optional.of(change));
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /// The head line, the source line with a caret under the span, and the hint; without a line break at the end.
    public String render() {
        StringBuilder out = new StringBuilder();
        out.append(span).append(": ").append(severity.word()).append(": ").append(message);
        out.append(" [").append(rule).append(']');
        if (!span.isBuiltIn()) {
            appendExcerpt(out);
        }
        hint.ifPresent(text -> out.append("\n  hint: ").append(text));
        return out.toString();
    }

    private void appendExcerpt(StringBuilder out) {
        String line = span.file().line(span.line());
        int from = Math.min(span.column() - 1, line.length());
        int length = Math.max(1, Math.min(span.end() - span.start(), line.length() - from));
        out.append("\n    ").append(line).append("\n    ");
        for (int i = 0; i < from; i++) {
            out.append(line.charAt(i) == '\t' ? '\t' : ' ');
        }
        out.repeat('^', length);
    }
}
