package dev.fairlead.dialect.haproxy.table;

/// What becomes of several lines with the same keyword in one section.
public enum Keeping {
    /// The last one counts, over the defaults' too.
    LAST,
    /// Each counts, in order; those of defaults come first.
    EACH,
    /// It is switched on, off with `no` in front, and back with `default`.
    SWITCH
}
