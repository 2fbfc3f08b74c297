package dev.fairlead.model.service.execution;

import dev.fairlead.source.Span;
import java.nio.file.Path;
import java.util.Optional;

/// Where variables of a service come from. Files are read at each start and override what is written in place.
public sealed interface EnvironmentSource {
    Span origin();

    record Variable(String name, String value, Span origin) implements EnvironmentSource {}

    /// Handed on from the supervisor's own environment, if it is set there.
    record Inherited(String name, Span origin) implements EnvironmentSource {}

    /// A variable that is not handed on, wherever it came from; with a value: only if it has that value.
    record Unset(String name, Optional<String> value, Span origin) implements EnvironmentSource {}

    /// Variables read from a file.
    ///
    /// @param path a file, or a pattern with `*`, `?` and `[…]`
    /// @param mayBeMissing whether the service starts without it
    record FromFile(Path path, boolean mayBeMissing, Span origin) implements EnvironmentSource {}
}
