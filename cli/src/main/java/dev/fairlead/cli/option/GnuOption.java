package dev.fairlead.cli.option;

/// One option of a program.
///
/// @param name long form without its dashes; empty for none
/// @param letter short form; 0 for none
/// @param value whether it takes one
public record GnuOption(String name, char letter, Value value) {
    /// Whether a value follows.
    public enum Value {
        NONE,
        NEEDED,
        /// Only one that is written in the same word counts.
        OPTIONAL
    }

    public static GnuOption flag(String name, char letter) {
        return new GnuOption(name, letter, Value.NONE);
    }

    public static GnuOption flag(String name) {
        return flag(name, (char) 0);
    }

    public static GnuOption valued(String name, char letter) {
        return new GnuOption(name, letter, Value.NEEDED);
    }

    public static GnuOption valued(String name) {
        return valued(name, (char) 0);
    }

    /// What values are kept under.
    String key() {
        return name.isEmpty() ? String.valueOf(letter) : name;
    }
}
