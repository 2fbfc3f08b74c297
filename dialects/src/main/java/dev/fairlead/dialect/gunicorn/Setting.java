package dev.fairlead.dialect.gunicorn;

import java.util.List;

/// A row of the table of settings: what it is called, what it takes, and what becomes of it here.
///
/// @param name as configuration files have it
/// @param flags of the command line; empty if it has none there
/// @param initial the value unless told otherwise, as text; empty for none
public record Setting(String name, List<String> flags, Kind kind, String initial, String doc, Effect effect) {
    /// What it takes.
    public enum Kind {
        TEXT,
        NUMBER,
        FLAG,
        /// Given again, it adds to the list.
        LIST,
        /// Only in configuration files.
        MAP,
        /// A function; only in configuration files.
        HOOK
    }

    /// What becomes of it.
    public sealed interface Effect {
        record Honoured() implements Effect {}

        /// It may be set, and nothing changes.
        ///
        /// @param reason in a sentence
        record None(String reason) implements Effect {}

        /// Setting it to anything but its initial value is an error.
        record Refused(String reason) implements Effect {}
    }

    static final Effect HONOURED = new Effect.Honoured();

    static Effect none(String reason) {
        return new Effect.None(reason);
    }

    static Effect refused(String reason) {
        return new Effect.Refused(reason);
    }

    /// @param flags with spaces between
    static Setting row(String name, String flags, Kind kind, String initial, String doc, Effect effect) {
        return new Setting(
                name, flags.isEmpty() ? List.of() : List.of(flags.split(" ", -1)), kind, initial, doc, effect);
    }

    public boolean isFlag() {
        return kind == Kind.FLAG;
    }
}
