package dev.fairlead.dialect.nginx;

import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Span;

/// Diagnostics in the form in which nginx writes them to standard error.
public final class NginxMessage {
    private NginxMessage() {}

    /// `nginx: [emerg] MESSAGE in FILE:LINE`.
    public static String render(Diagnostic diagnostic) {
        String level = switch (diagnostic.severity()) {
            case ERROR -> "emerg";
            case WARNING -> "warn";
            case NOTE -> "notice";
        };
        return "nginx: [" + level + "] " + diagnostic.message() + place(diagnostic.span());
    }

    private static String place(Span span) {
        if (span.isBuiltIn()) {
            return "";
        }
        boolean commandLine = span.file().name().startsWith("<");
        return commandLine ? " in command line" : " in " + span.fileAndLine();
    }
}
