package dev.fairlead.engine.app;

import java.util.concurrent.ConcurrentHashMap;

/// The pools of all applications, by name. A part of [dev.fairlead.engine.compile.Shared]: they outlive reloads.
public final class ApplicationPools {
    private final ConcurrentHashMap<String, ApplicationPool> pools = new ConcurrentHashMap<>();

    /// The pool of an application; empty of workers until the master admits some.
    ApplicationPool of(String application) {
        return pools.computeIfAbsent(application, name -> new ApplicationPool());
    }
}
