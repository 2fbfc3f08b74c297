package dev.fairlead.source;

/// How bad a problem is. Only an error keeps a configuration from running.
public enum Severity {
    /// Worth knowing; nothing to do.
    NOTE,
    /// Accepted, but without the effect the operator may expect.
    WARNING,
    /// The configuration cannot run as it stands.
    ERROR;

    /// As it stands in a rendered diagnostic.
    public String word() {
        return switch (this) {
            case NOTE -> "note";
            case WARNING -> "warning";
            case ERROR -> "error";
        };
    }
}
