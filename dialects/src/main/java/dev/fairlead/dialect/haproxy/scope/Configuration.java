package dev.fairlead.dialect.haproxy.scope;

import dev.fairlead.dialect.haproxy.table.Context;
import java.util.List;
import java.util.Optional;

/// All sections of all files, in order.
public record Configuration(List<Section> sections) {
    public Configuration {
        sections = List.copyOf(sections);
    }

    public List<Section> of(Context kind) {
        return sections.stream().filter(section -> section.kind() == kind).toList();
    }

    /// Frontends, backends and those that are both, in order.
    public List<Proxy> proxies() {
        return sections.stream()
                .filter(section -> section.kind().isProxy())
                .map(Proxy::of)
                .toList();
    }

    /// All `global` sections as one.
    public Globals globals() {
        return new Globals(of(Context.GLOBAL).stream()
                .flatMap(section -> section.entries().stream())
                .toList());
    }

    public Optional<Section> named(Context kind, String name) {
        return of(kind).stream().filter(section -> section.name().equals(name)).findFirst();
    }
}
