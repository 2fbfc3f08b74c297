package dev.fairlead.dialect.systemd.install;

import dev.fairlead.dialect.systemd.InstallSection;
import dev.fairlead.dialect.systemd.name.UnitName;
import java.nio.file.Path;
import java.util.Optional;

/// A unit that is looked at to be enabled or disabled, and what is known of its file by now.
final class Candidate {
    /// What a unit's file is.
    enum Kind {
        UNKNOWN,
        REGULAR,
        /// A link to a file outside of the folders of units.
        LINKED,
        /// Another name of a unit.
        ALIAS,
        MASKED
    }

    final UnitName name;
    /// Whether another unit names it in `Also=`.
    final boolean isAlongside;

    Kind kind = Kind.UNKNOWN;
    Optional<Path> file = Optional.empty();
    /// Of a link: the file, or the name of the other unit.
    String target = "";
    InstallSection section = InstallSection.EMPTY;

    Candidate(UnitName name, Optional<Path> file, boolean isAlongside) {
        this.name = name;
        this.file = file;
        this.isAlongside = isAlongside;
    }

    Path path() {
        return file.orElseThrow();
    }

    String shown() {
        return file.map(Path::toString).orElse(name.toString());
    }
}
