package dev.fairlead.cli.command;

import java.util.List;

/// One command: the row is the syntax check and the help text at once.
///
/// @param operands the words it takes, as the help shows them; empty for none
/// @param fewest words it needs
/// @param most words it takes
/// @param summary what it does, in a sentence
record CommandRow(
        String name, String operands, int fewest, int most, String summary, List<OptionRow> options, Action action) {
    static final int ANY = Integer.MAX_VALUE;

    /// Carries the command out.
    @FunctionalInterface
    interface Action {
        /// @return the exit status
        int run(Given given) throws UsageFault;
    }

    int run(List<String> line) throws UsageFault {
        Given given = Given.read(line, options);
        int count = given.words().size();
        if (count < fewest) {
            throw new UsageFault("needs " + operands);
        }
        if (count > most) {
            throw new UsageFault("does not take \"" + given.words().get(most) + "\"");
        }
        return action.run(given);
    }

    String help() {
        StringBuilder out = new StringBuilder("usage: fairlead " + name);
        out.append(options.isEmpty() ? "" : " [OPTION...]").append(operands.isEmpty() ? "" : " " + operands);
        out.append("\n\n").append(summary).append("\n");
        if (!options.isEmpty()) {
            out.append('\n');
        }
        for (OptionRow option : options) {
            out.append("  ").append(option.shown());
            out.append(
                    option.shown().length() > 22
                            ? "\n" + " ".repeat(26)
                            : " ".repeat(24 - option.shown().length()));
            out.append(option.help()).append('\n');
        }
        return out.toString();
    }
}
