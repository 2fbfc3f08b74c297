package dev.fairlead.dialect.pound.table;

/// What follows a directive.
public enum Shape {
    LINE,
    /// Lines up to `End`.
    BLOCK,
    /// Lines up to `End` if there is nothing behind its name.
    BLOCK_UNLESS_NAMED,
    /// Lines up to `End` if there is nothing but a name of its own behind its name.
    BLOCK_UNLESS_FILE
}
