package dev.fairlead.model.service.socket;

import dev.fairlead.model.service.execution.Named;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The files of a unit's sockets.
///
/// @param mode the permissions of sockets and pipes
/// @param folderMode the permissions of folders that have to be made for them
/// @param areRemoved whether they are removed when the unit stops
/// @param links further names, as symbolic links; only where the unit has exactly one file
public record SocketFiles(
        int mode, int folderMode, Optional<Named> owner, Optional<Named> group, boolean areRemoved, List<Path> links) {
    public static final SocketFiles DEFAULT =
            new SocketFiles(0666, 0755, Optional.empty(), Optional.empty(), false, List.of());

    public SocketFiles {
        links = List.copyOf(links);
    }
}
