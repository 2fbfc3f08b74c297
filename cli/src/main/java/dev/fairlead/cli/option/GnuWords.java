package dev.fairlead.cli.option;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A command line taken apart: options wherever they stand, and the other words. Long options may be cut short as
/// long as only one begins so.
///
/// @param values of each option by its long name, or by its letter; an option without value has an empty one for
///     each time it was given
/// @param words the rest, in order
public record GnuWords(Map<String, List<String>> values, List<String> words) {
    public GnuWords {
        values = Map.copyOf(values);
        words = List.copyOf(words);
    }

    public boolean has(String option) {
        return values.containsKey(option);
    }

    /// The value that was given last.
    public Optional<String> value(String option) {
        return all(option).isEmpty()
                ? Optional.empty()
                : Optional.of(all(option).getLast());
    }

    public List<String> all(String option) {
        return values.getOrDefault(option, List.of());
    }

    /// @param program as messages name it
    /// @throws IllegalArgumentException saying what is wrong, in the C library's words
    public static GnuWords read(String program, List<GnuOption> options, List<String> line) {
        Reader reader = new Reader(program, options, line);
        reader.run();
        return new GnuWords(reader.values, reader.words);
    }

    private static final class Reader {
        private final String program;
        private final List<GnuOption> options;
        private final List<String> line;
        private final Map<String, List<String>> values = new HashMap<>();
        private final List<String> words = new ArrayList<>();
        private int next;

        Reader(String program, List<GnuOption> options, List<String> line) {
            this.program = program;
            this.options = options;
            this.line = line;
        }

        void run() {
            while (next < line.size()) {
                String word = line.get(next++);
                if (word.equals("--")) {
                    words.addAll(line.subList(next, line.size()));
                    return;
                }
                if (word.startsWith("--")) {
                    named(word.substring(2));
                } else if (word.startsWith("-") && word.length() > 1) {
                    letters(word);
                } else {
                    words.add(word);
                }
            }
        }

        private void named(String word) {
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            GnuOption option = find(name);
            if (equals >= 0 && option.value() == GnuOption.Value.NONE) {
                throw fault("option '--" + option.name() + "' doesn't allow an argument");
            }
            if (equals >= 0) {
                store(option, word.substring(equals + 1));
            } else if (option.value() != GnuOption.Value.NEEDED) {
                store(option, "");
            } else if (next == line.size()) {
                throw fault("option '--" + option.name() + "' requires an argument");
            } else {
                store(option, line.get(next++));
            }
        }

        private GnuOption find(String name) {
            List<GnuOption> found = options.stream()
                    .filter(option -> option.name().equals(name))
                    .toList();
            if (found.isEmpty() && !name.isEmpty()) {
                found = options.stream()
                        .filter(option -> option.name().startsWith(name))
                        .toList();
            }
            if (found.isEmpty()) {
                throw fault("unrecognized option '--" + name + "'");
            }
            if (found.size() > 1) {
                StringBuilder all = new StringBuilder();
                found.forEach(option -> all.append(" '--").append(option.name()).append('\''));
                throw fault("option '--" + name + "' is ambiguous; possibilities:" + all);
            }
            return found.getFirst();
        }

        private void letters(String word) {
            for (int i = 1; i < word.length(); i++) {
                char letter = word.charAt(i);
                GnuOption option = options.stream()
                        .filter(candidate -> candidate.letter() == letter)
                        .findFirst()
                        .orElseThrow(() -> fault("invalid option -- '" + letter + "'"));
                if (option.value() == GnuOption.Value.NONE) {
                    store(option, "");
                    continue;
                }
                String rest = word.substring(i + 1);
                if (rest.isEmpty() && option.value() == GnuOption.Value.NEEDED) {
                    if (next == line.size()) {
                        throw fault("option requires an argument -- '" + letter + "'");
                    }
                    rest = line.get(next++);
                }
                store(option, rest);
                return;
            }
        }

        private void store(GnuOption option, String value) {
            values.computeIfAbsent(option.key(), none -> new ArrayList<>()).add(value);
        }

        private IllegalArgumentException fault(String message) {
            return new IllegalArgumentException(program + ": " + message);
        }
    }
}
