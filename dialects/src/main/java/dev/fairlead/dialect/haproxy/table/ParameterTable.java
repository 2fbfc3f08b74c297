package dev.fairlead.dialect.haproxy.table;

import dev.fairlead.dialect.Support;
import dev.fairlead.unit.Suggestion;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The parameters of `bind` or of `server`.
public final class ParameterTable {
    /// Of `bind`.
    public static final ParameterTable BIND = ParameterRows.bind();
    /// Of `server` and `default-server`.
    public static final ParameterTable SERVER = ParameterRows.server();

    private final Map<String, Parameter> rows = new TreeMap<>();

    public Optional<Parameter> find(String name) {
        return Optional.ofNullable(rows.get(name));
    }

    public Optional<String> suggest(String name) {
        return Suggestion.nearest(name, rows.keySet());
    }

    /// Sorted by name.
    public Collection<Parameter> rows() {
        return rows.values();
    }

    ParameterTable followed(int values, String... names) {
        return add(values, new Support.Full(), names);
    }

    ParameterTable quiet(int values, String reason, String... names) {
        return add(values, new Support.WithoutEffect(reason, false), names);
    }

    ParameterTable warned(int values, String reason, String... names) {
        return add(values, new Support.WithoutEffect(reason, true), names);
    }

    ParameterTable refused(int values, String reason, String... names) {
        return add(values, new Support.Refused(reason), names);
    }

    private ParameterTable add(int values, Support support, String... names) {
        for (String name : names) {
            rows.put(name, new Parameter(name, values, support));
        }
        return this;
    }
}
