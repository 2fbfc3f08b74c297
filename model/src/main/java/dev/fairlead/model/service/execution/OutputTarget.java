package dev.fairlead.model.service.execution;

import java.nio.file.Path;

/// Where what a service prints goes.
public sealed interface OutputTarget {
    /// Captured line by line with time and process id.
    record Journal() implements OutputTarget {}

    /// The connection or socket it was started for.
    record Socket() implements OutputTarget {}

    record Discard() implements OutputTarget {}

    /// What the supervisor itself prints to; for standard error: what standard output goes to.
    record Inherit() implements OutputTarget {}

    record ToFile(Path path, FileMode mode) implements OutputTarget {}

    enum FileMode {
        /// From the start, over what is there.
        OVERWRITE,
        APPEND,
        /// The file is emptied first.
        TRUNCATE
    }
}
