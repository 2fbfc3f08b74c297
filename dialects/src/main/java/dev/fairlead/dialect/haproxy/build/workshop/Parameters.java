package dev.fairlead.dialect.haproxy.build.workshop;

import dev.fairlead.dialect.Support;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.dialect.haproxy.table.Parameter;
import dev.fairlead.dialect.haproxy.table.ParameterTable;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The parameters of a `bind` or `server` line that are followed, by name; a later one counts over an earlier.
public final class Parameters {
    private final Map<String, List<Word>> given = new LinkedHashMap<>();

    /// @param word the parameter itself
    /// @param value the word behind it, or the word again where there is none
    public record Given(Word word, Word value) {}

    /// @param words behind the addresses
    public void read(List<Word> words, ParameterTable table, String what, Problems problems) {
        int next = 0;
        while (next < words.size()) {
            Word word = words.get(next++);
            Optional<Parameter> row = table.find(word.text());
            if (row.isEmpty()) {
                problems.add(Diagnostic.error(
                                "haproxy.unknown",
                                word.span(),
                                "'" + what + "' : unknown keyword '" + word.text() + "'")
                        .hint(
                                word.text().startsWith("//")
                                        ? Optional.of("a comment begins with #")
                                        : table.suggest(word.text()).map(near -> "did you mean '" + near + "'?")));
                return;
            }
            int values = row.get().values();
            if (next + values > words.size()) {
                problems.error(
                        "haproxy.arguments",
                        word.span(),
                        "'" + what + "' : missing value behind '" + word.text() + "'");
                return;
            }
            List<Word> taken = words.subList(next - 1, next + values);
            next += values;
            take(row.get(), new ArrayList<>(taken), what, problems);
        }
    }

    private void take(Parameter row, List<Word> words, String what, Problems problems) {
        switch (row.support()) {
            case Support.Full full -> {
                if (row.name().equals("crt")) {
                    given.computeIfAbsent("crt", none -> new ArrayList<>()).addAll(words);
                } else if (row.name().equals("default-crt")) {
                    List<Word> certificates = given.computeIfAbsent("crt", none -> new ArrayList<>());
                    int first = 0;
                    while (first < certificates.size()
                            && certificates.get(first).is("default-crt")) {
                        first += 2;
                    }
                    certificates.addAll(first, words);
                } else {
                    given.remove(row.name());
                    given.put(row.name(), words);
                }
            }
            case Support.Refused refused ->
                problems.error(
                        "haproxy.refused",
                        words.getFirst().span(),
                        "'" + row.name() + "' of '" + what + "' is not supported: " + refused.reason());
            case Support.WithoutEffect without -> {
                String message = "'" + row.name() + "' of '" + what + "' has no effect: " + without.reason();
                problems.add(
                        without.noticeable()
                                ? Diagnostic.warning(
                                        "haproxy.without-effect",
                                        words.getFirst().span(),
                                        message)
                                : Diagnostic.note(
                                        "haproxy.without-effect",
                                        words.getFirst().span(),
                                        message));
            }
        }
    }

    public boolean has(String name) {
        return given.containsKey(name);
    }

    /// The last one.
    public Optional<Given> find(String name) {
        return Optional.ofNullable(given.get(name))
                .map(words -> new Given(words.get(words.size() - Math.min(2, words.size())), words.getLast()));
    }

    /// The value of each time a parameter was given.
    public List<Word> values(String name) {
        List<Word> words = given.getOrDefault(name, List.of());
        List<Word> values = new ArrayList<>();
        for (int i = 1; i < words.size(); i += 2) {
            values.add(words.get(i));
        }
        return values;
    }

    /// Which of two that exclude each other was given last.
    public boolean isLast(String name, String other) {
        List<String> order = new ArrayList<>(given.keySet());
        return order.indexOf(name) > order.indexOf(other);
    }
}
