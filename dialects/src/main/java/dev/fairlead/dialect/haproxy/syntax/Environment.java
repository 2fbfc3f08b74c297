package dev.fairlead.dialect.haproxy.syntax;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Environment variables as lines see them. A configuration may change them for the lines that follow.
public final class Environment {
    private final Map<String, String> variables;
    private String section = "";

    public Environment(Map<String, String> variables) {
        this.variables = new HashMap<>(variables);
    }

    /// @param name of a variable, or of what a place knows of itself: `.FILE`, `.LINE`, `.SECTION`
    Optional<String> value(String name, String file, int line) {
        return switch (name) {
            case ".FILE" -> Optional.of(file);
            case ".LINE" -> Optional.of(Integer.toString(line));
            case ".SECTION" -> Optional.of(section);
            default -> value(name);
        };
    }

    public Optional<String> value(String name) {
        return Optional.ofNullable(variables.get(name));
    }

    public void set(String name, String value) {
        variables.put(name, value);
    }

    public void remove(String name) {
        variables.remove(name);
    }

    /// Forgets all but these.
    public void keepOnly(java.util.Collection<String> names) {
        variables.keySet().retainAll(names);
    }

    public void enterSection(String name) {
        section = name;
    }
}
