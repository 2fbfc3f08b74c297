package dev.fairlead.dialect;

import dev.fairlead.unit.Suggestion;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// All directives of a dialect. A name may have several rows, for contexts in which it means different things.
///
/// @param <C> the dialect's contexts
/// @param <S> what puts a directive into effect
public final class DirectiveTable<C extends Enum<C>, S> {
    private final Map<String, List<Directive<C, S>>> byName = new TreeMap<>();

    public DirectiveTable(Collection<Directive<C, S>> rows) {
        for (Directive<C, S> row : rows) {
            byName.merge(row.name(), List.of(row), DirectiveTable::join);
        }
    }

    private static <T> List<T> join(List<T> first, List<T> second) {
        return java.util.stream.Stream.concat(first.stream(), second.stream()).toList();
    }

    public boolean knows(String name) {
        return byName.containsKey(name);
    }

    /// The row that holds in a context.
    public Optional<Directive<C, S>> find(String name, C context) {
        return named(name).stream()
                .filter(row -> row.contexts().contains(context))
                .findFirst();
    }

    public List<Directive<C, S>> named(String name) {
        return byName.getOrDefault(name, List.of());
    }

    /// The known name nearest to an unknown one, preferring those that may stand in the context.
    public Optional<String> suggest(String name, C context) {
        List<String> here = byName.keySet().stream()
                .filter(known -> find(known, context).isPresent())
                .toList();
        return Suggestion.nearest(name, here).or(() -> Suggestion.nearest(name, byName.keySet()));
    }

    /// All rows, sorted by name.
    public List<Directive<C, S>> rows() {
        return byName.values().stream().flatMap(List::stream).toList();
    }
}
