package dev.fairlead.dialect.haproxy.sample;

import dev.fairlead.model.text.Conversion;
import java.util.Optional;

/// A row: a converter.
///
/// @param least fewest arguments
/// @param most most arguments
/// @param result what comes out; empty for what went in
/// @param doc what it does, for the documentation
record Converter(String name, int least, int most, Optional<Kind> result, String doc, Maker maker) {

    /// Makes a conversion of a call with the right number of arguments.
    @FunctionalInterface
    interface Maker {
        /// @throws IllegalArgumentException with the reason if an argument is wrong
        Conversion make(Call call, Surroundings around);
    }
}
