package dev.fairlead.engine.compile;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// What outlives a generation: caches, counters, connection pools, open logs. One object of each type, made
/// when first asked for. Safe for use by several threads.
public final class Shared {
    private final ConcurrentHashMap<Class<?>, Object> parts = new ConcurrentHashMap<>();

    public <T> T part(Class<T> type, Supplier<T> make) {
        return type.cast(parts.computeIfAbsent(type, key -> make.get()));
    }
}
