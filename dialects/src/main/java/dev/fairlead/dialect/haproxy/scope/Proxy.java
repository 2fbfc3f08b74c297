package dev.fairlead.dialect.haproxy.scope;

import dev.fairlead.dialect.haproxy.table.Context;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A frontend, backend or both, with the lines it inherits in front of its own.
///
/// @param section where it is written
/// @param entries inherited ones first
public record Proxy(Section section, List<Entry> entries) {
    public static Proxy of(Section section) {
        List<Entry> all = new ArrayList<>(inherited(section));
        all.addAll(section.entries());
        return new Proxy(section, List.copyOf(all));
    }

    /// A proxy starts from the defaults that suit its kind; what defaults say about the other kind is no matter.
    private static List<Entry> inherited(Section section) {
        List<Entry> all = new ArrayList<>();
        section.defaults().ifPresent(defaults -> {
            all.addAll(inherited(defaults));
            all.addAll(defaults.entries());
        });
        return all.stream().filter(entry -> suits(entry, section.kind())).toList();
    }

    /// @param kind may be `defaults`, which pass on everything
    private static boolean suits(Entry entry, Context kind) {
        return entry.row().contexts().contains(kind);
    }

    public String name() {
        return section.name();
    }

    public boolean isFrontend() {
        return section.kind() != Context.BACKEND;
    }

    public boolean isBackend() {
        return section.kind() != Context.FRONTEND;
    }

    public Span origin() {
        return section.origin();
    }

    /// The line that counts: the last with one of the keywords.
    public Optional<Entry> last(String... names) {
        return stream(names).reduce((first, second) -> second);
    }

    /// All lines with one of the keywords, in order; a `no` takes those before it back.
    public List<Entry> each(String... names) {
        List<Entry> found = new ArrayList<>();
        stream(names).forEach(entry -> {
            if (entry.isOn()) {
                found.add(entry);
            } else {
                found.clear();
            }
        });
        return found;
    }

    /// Whether an option is switched on.
    public boolean isOn(String name) {
        return last(name).filter(Entry::isOn).isPresent();
    }

    private Stream<Entry> stream(String... names) {
        List<String> wanted = Arrays.asList(names);
        return entries.stream().filter(entry -> wanted.contains(entry.name()));
    }

    /// Whether bytes are passed without a look at HTTP.
    public boolean isTcp() {
        return last("mode").map(entry -> entry.text(0).equals("tcp")).orElse(true);
    }

    public boolean isDisabled() {
        return last("disabled", "enabled")
                .filter(entry -> entry.name().equals("disabled"))
                .isPresent();
    }
}
