package dev.fairlead.cli.stack;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What an operator named on the command line.
///
/// @param paths files and folders whose kind is found out
/// @param nginx files that are nginx's, whatever they look like
/// @param systemd unit files, or folders of them
/// @param root what takes the place of `/`; empty: found out
public record Sources(List<Path> paths, List<Path> nginx, List<Path> systemd, Optional<Path> root) {
    public Sources {
        paths = List.copyOf(paths);
        nginx = List.copyOf(nginx);
        systemd = List.copyOf(systemd);
    }

    public static Sources of(Path... paths) {
        return new Sources(List.of(paths), List.of(), List.of(), Optional.empty());
    }

    /// The folder or file that names the stack.
    public Path location() {
        Path first = !paths.isEmpty()
                ? paths.getFirst()
                : !nginx.isEmpty() ? nginx.getFirst() : systemd.isEmpty() ? Path.of("") : systemd.getFirst();
        return first.toAbsolutePath().normalize();
    }
}
