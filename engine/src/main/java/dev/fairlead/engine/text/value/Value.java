package dev.fairlead.engine.text.value;

import dev.fairlead.engine.http.Exchange;
import org.jspecify.annotations.Nullable;

/// A compiled variable.
@FunctionalInterface
public interface Value {
    /// @return null if the request has no such thing, which logs show as `-`
    @Nullable
    String find(Exchange exchange);
}
