package dev.fairlead.admin.command;

import dev.fairlead.model.roster.CommandSocket.Level;
import java.util.List;

/// A row of the table of commands.
///
/// @param words that it begins with
/// @param level who may give it
/// @param usage as `help` shows it
/// @param doc what it is for
/// @param action what it does
record Command(List<String> words, Level level, String usage, String doc, Action action) {
    Command {
        words = List.copyOf(words);
    }

    /// What is said when somebody may not.
    static final String DENIED = "Permission denied\n";

    /// @param usage its words, then what may stand behind them in brackets of some kind
    static Command of(String usage, Level level, String doc, Action action) {
        int end = 0;
        List<String> all = List.of(usage.split(" ", -1));
        while (end < all.size() && all.get(end).matches("[a-z-]+")) {
            end++;
        }
        return new Command(all.subList(0, end), level, usage, doc, action);
    }

    boolean isMeant(List<String> line) {
        return line.size() >= words.size() && line.subList(0, words.size()).equals(words);
    }

    /// What a command does.
    @FunctionalInterface
    interface Action {
        /// @param line all of it, at least the command's own words
        /// @return the answer, with its line breaks
        String run(Line line, Session session);
    }

    /// The words of a line.
    ///
    /// @param own how many of them are the command's
    /// @param payload the lines that came behind it; empty for none
    record Line(List<String> words, int own, String payload) {
        Line {
            words = List.copyOf(words);
        }

        /// A word behind the command's own, from 0; empty where there are fewer.
        String arg(int index) {
            int place = own + index;
            return place < words.size() ? words.get(place) : "";
        }

        int count() {
            return words.size() - own;
        }

        /// All words from there on.
        List<String> from(int index) {
            return words.subList(Math.min(words.size(), own + index), words.size());
        }
    }
}
