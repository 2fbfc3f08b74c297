package dev.fairlead.cli.command;

import dev.fairlead.unit.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What stands on a command line: options with their values, and the words besides them.
///
/// @param values by the option's long form; of a flag an empty text for each time it is given
/// @param words in their order
record Given(Map<String, List<String>> values, List<String> words) {

    /// Options may stand anywhere, `--name=value` is the same as `--name value`, letters may be run together, and
    /// everything behind `--` is a word.
    static Given read(List<String> line, List<OptionRow> rows) throws UsageFault {
        Reader reader = new Reader(line, rows);
        reader.run();
        return new Given(reader.values, reader.words);
    }

    boolean has(String option) {
        return values.containsKey(option);
    }

    List<String> all(String option) {
        return values.getOrDefault(option, List.of());
    }

    /// Of an option given several times, the last value.
    Optional<String> value(String option) {
        List<String> all = all(option);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }

    private static final class Reader {
        private final List<String> line;
        private final List<OptionRow> rows;
        private final Map<String, List<String>> values = new LinkedHashMap<>();
        private final List<String> words = new ArrayList<>();
        private int next;

        Reader(List<String> line, List<OptionRow> rows) {
            this.line = line;
            this.rows = rows;
        }

        void run() throws UsageFault {
            while (next < line.size()) {
                String word = line.get(next++);
                if (word.equals("--")) {
                    words.addAll(line.subList(next, line.size()));
                    return;
                }
                if (word.startsWith("--")) {
                    named(word);
                } else if (word.startsWith("-") && word.length() > 1) {
                    letters(word);
                } else {
                    words.add(word);
                }
            }
        }

        private void named(String word) throws UsageFault {
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            OptionRow row = rows.stream()
                    .filter(candidate -> candidate.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> unknown(name));
            if (equals >= 0 && !row.takesValue()) {
                throw new UsageFault(name + " takes no value");
            }
            store(row, equals >= 0 ? word.substring(equals + 1) : valueOf(row, name));
        }

        private void letters(String word) throws UsageFault {
            for (int i = 1; i < word.length(); i++) {
                String letter = "-" + word.charAt(i);
                OptionRow row = rows.stream()
                        .filter(candidate -> candidate.letter().equals(letter))
                        .findFirst()
                        .orElseThrow(() -> unknown(letter));
                if (row.takesValue() && i + 1 < word.length()) {
                    store(row, word.substring(i + 1));
                    return;
                }
                store(row, valueOf(row, letter));
            }
        }

        private String valueOf(OptionRow row, String name) throws UsageFault {
            if (!row.takesValue()) {
                return "";
            }
            if (next == line.size()) {
                throw new UsageFault(name + " needs a value: " + row.value());
            }
            return line.get(next++);
        }

        private void store(OptionRow row, String value) {
            values.computeIfAbsent(row.name(), none -> new ArrayList<>()).add(value);
        }

        private UsageFault unknown(String name) {
            String meant = Suggestion.nearest(
                            name, rows.stream().map(OptionRow::name).toList())
                    .map(near -> "; did you mean " + near + "?")
                    .orElse("");
            return new UsageFault("unknown option " + name + meant);
        }
    }
}
