package dev.fairlead.dialect.systemd.install;

import java.nio.file.Path;

/// One thing that was done to a folder of units, or could not be.
public sealed interface Change {
    /// @param target what it leads to, as it stands in the link
    record Linked(Path link, String target) implements Change {}

    record Removed(Path path) implements Change {}

    /// A unit that was to be enabled along with another is masked.
    record SkippedMasked(Path path) implements Change {}

    /// @param name a unit or its file
    record Dangling(String name) implements Change {}

    /// The unit was linked to one that is not there.
    ///
    /// @param unit the missing one
    record LinkedToMissing(String unit, Path source) implements Change {}

    /// A unit named in `Also=` could not be enabled.
    record AlsoFailed(String name) implements Change {}

    /// @param what the unit, file or word it is about
    /// @param other a second one, where the reason needs it; else empty
    record Failed(Reason reason, String what, String other) implements Change {}

    /// Why something could not be done.
    enum Reason {
        EXISTS,
        MASKED,
        TRANSIENT,
        BAD_SPECIFIER,
        NOT_TEMPLATE,
        INVALID_NAME,
        INVALID_ALIAS,
        LINKED,
        MISSING,
        INVALID,
        UNWRITABLE
    }
}
