package dev.fairlead.dialect.nginx.scope;

/// Something that can be said only when the whole configuration is known.
@FunctionalInterface
public interface Deferred<T> {
    T resolve(Assembly assembly);
}
