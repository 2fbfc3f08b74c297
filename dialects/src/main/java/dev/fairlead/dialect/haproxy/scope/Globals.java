package dev.fairlead.dialect.haproxy.scope;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The lines of `global`.
public record Globals(List<Entry> entries) {
    public Globals {
        entries = List.copyOf(entries);
    }

    public Optional<Entry> last(String... names) {
        List<String> wanted = Arrays.asList(names);
        return entries.stream().filter(entry -> wanted.contains(entry.name())).reduce((first, second) -> second);
    }

    public List<Entry> each(String... names) {
        List<String> wanted = Arrays.asList(names);
        return entries.stream().filter(entry -> wanted.contains(entry.name())).toList();
    }

    /// The only argument of a keyword.
    public Optional<String> text(String name) {
        return last(name).map(entry -> entry.text(0));
    }
}
