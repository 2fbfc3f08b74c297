package dev.fairlead.engine.tls;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What belongs to the names that certificates are for. A wildcard stands for one label. Filled once, then read
/// by several threads.
///
/// @param <T> what belongs to a name
final class CertificateTable<T> {
    private final Map<String, T> exact = new HashMap<>();
    private final Map<String, T> wild = new HashMap<>();
    private final Set<String> excluded = new HashSet<>();

    /// The first of several entries of a name counts.
    ///
    /// @param name `name`, `*.name` or, for one that wildcards are not to stand for, `!name`
    void enter(String name, T value) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith("!")) {
            excluded.add(lower.substring(1));
        } else if (lower.startsWith("*.")) {
            wild.putIfAbsent(lower.substring(1), value);
        } else {
            exact.putIfAbsent(lower, value);
        }
    }

    /// Null for a name that nothing belongs to.
    @Nullable
    T find(@Nullable String serverName) {
        if (serverName == null || serverName.isEmpty()) {
            return null;
        }
        String name = serverName.toLowerCase(Locale.ROOT);
        T found = exact.get(name);
        int dot = name.indexOf('.');
        return found == null && dot >= 0 && !excluded.contains(name) ? wild.get(name.substring(dot)) : found;
    }
}
