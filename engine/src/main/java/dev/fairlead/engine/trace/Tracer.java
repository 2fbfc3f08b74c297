package dev.fairlead.engine.trace;

/// Looks on while a request finds its way.
@FunctionalInterface
public interface Tracer {
    /// In the order in which things happen, on the exchange's loop.
    void saw(Event event);
}
