package dev.fairlead.dialect.nginx.variable;

import dev.fairlead.model.text.LookupTable;
import dev.fairlead.model.text.Variable;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The variables that a configuration declares, filled while it is read.
public final class Variables {
    private final boolean isStream;
    private final Map<String, Variable.Custom> customs = new HashMap<>();
    private final Map<String, Pending> lookups = new LinkedHashMap<>();

    public Variables() {
        this(false);
    }

    private Variables(boolean isStream) {
        this.isStream = isStream;
    }

    /// Those of the `stream` block.
    public static Variables ofStream() {
        return new Variables(true);
    }

    /// A variable that nobody declares.
    Optional<Variable> builtin(String name) {
        return isStream ? StreamBuiltins.find(name) : Builtins.find(name);
    }

    boolean isStream() {
        return isStream;
    }

    /// A table that is built once its texts can be resolved.
    public interface Pending {
        LookupTable build(Templates templates);
    }

    /// A variable that rules or named groups fill. Declaring it again gives the same.
    public Variable.Custom custom(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return customs.computeIfAbsent(lower, key -> new Variable.Custom(key, customs.size()));
    }

    /// What `set` may write to: a custom variable, or one of the few builtin ones; empty where the name is taken.
    public Optional<Variable> settable(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (Builtins.isReserved(lower)) {
            return Optional.empty();
        }
        return Optional.of(Builtins.isSettable(lower) ? Builtins.find(lower).orElseThrow() : custom(lower));
    }

    /// Declares a table; false where the name is taken.
    public boolean lookup(String name, Pending pending) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (Builtins.isReserved(lower)) {
            return false;
        }
        lookups.put(lower, pending);
        return true;
    }

    /// How many custom variables there are.
    public int slots() {
        return customs.size();
    }

    Optional<Variable.Custom> findCustom(String name) {
        return Optional.ofNullable(customs.get(name));
    }

    Optional<Pending> findLookup(String name) {
        return Optional.ofNullable(lookups.get(name));
    }

    Set<String> names() {
        Set<String> names = new TreeSet<>(isStream ? StreamBuiltins.known() : Builtins.known());
        names.addAll(customs.keySet());
        names.addAll(lookups.keySet());
        return names;
    }

    /// The names of all tables, in the order of the configuration.
    public List<String> lookupNames() {
        return List.copyOf(lookups.keySet());
    }
}
