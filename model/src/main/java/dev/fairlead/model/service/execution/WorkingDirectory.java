package dev.fairlead.model.service.execution;

import dev.fairlead.source.Span;
import java.nio.file.Path;

/// Where the processes of a service start.
public sealed interface WorkingDirectory {
    /// The root directory.
    record Default() implements WorkingDirectory {}

    /// The home of the user the service runs as.
    record Home(boolean mayBeMissing, Span origin) implements WorkingDirectory {}

    /// @param mayBeMissing whether the service starts in the root directory if this one is not there
    record At(Path path, boolean mayBeMissing, Span origin) implements WorkingDirectory {}
}
