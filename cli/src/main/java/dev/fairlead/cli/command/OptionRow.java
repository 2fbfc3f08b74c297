package dev.fairlead.cli.command;

/// One option of a command: what it is called, what it takes, what it does.
///
/// @param name long form, such as `--root`
/// @param letter short form, such as `-C`; empty for none
/// @param value what its value is called in the help; empty if it takes none
record OptionRow(String name, String letter, String value, String help) {
    static OptionRow flag(String name, String letter, String help) {
        return new OptionRow(name, letter, "", help);
    }

    static OptionRow valued(String name, String letter, String value, String help) {
        return new OptionRow(name, letter, value, help);
    }

    boolean takesValue() {
        return !value.isEmpty();
    }

    /// As the help shows it.
    String shown() {
        String names = letter.isEmpty() ? name : letter + ", " + name;
        return takesValue() ? names + " " + value : names;
    }
}
