package dev.fairlead.model.service.execution;

import dev.fairlead.source.Span;

/// A resource limit in the kernel's unit for it (bytes, seconds, microseconds or a count).
///
/// @param soft what is enforced; [#INFINITE] for no limit
/// @param hard how far the process may raise it itself
public record Limit(long soft, long hard, Span origin) {
    public static final long INFINITE = -1;
}
