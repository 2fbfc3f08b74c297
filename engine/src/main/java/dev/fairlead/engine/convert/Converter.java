package dev.fairlead.engine.convert;

import org.jspecify.annotations.Nullable;

/// Makes a text of a text, by itself.
@FunctionalInterface
public interface Converter {
    /// @return null if it cannot be converted
    @Nullable
    String of(String text);
}
