package dev.fairlead.dialect.haproxy.sample;

/// What a sample is, which says how conditions compare it when they do not say so themselves.
public enum Kind {
    BOOLEAN,
    NUMBER,
    ADDRESS,
    TEXT,
    /// Bytes, compared by their hexadecimal form.
    BYTES,
    /// A request method.
    METHOD
}
