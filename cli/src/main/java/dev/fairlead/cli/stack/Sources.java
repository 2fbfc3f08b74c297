package dev.fairlead.cli.stack;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What an operator named on the command line.
///
/// @param paths files and folders whose kind is found out
/// @param named files whose kind is told, whatever they look like: nginx's as [FileKind#NGINX_MAIN], unit files
///     and folders of them as [FileKind#SYSTEMD_UNIT]
/// @param root what takes the place of `/`; empty: found out
public record Sources(List<Path> paths, Map<FileKind, List<Path>> named, Optional<Path> root) {
    public Sources {
        paths = List.copyOf(paths);
        named = Map.copyOf(named);
    }

    /// @param nginx files that are nginx's
    /// @param systemd unit files, or folders of them
    public Sources(List<Path> paths, List<Path> nginx, List<Path> systemd, Optional<Path> root) {
        this(paths, Map.of(FileKind.NGINX_MAIN, nginx, FileKind.SYSTEMD_UNIT, systemd), root);
    }

    public static Sources of(Path... paths) {
        return new Sources(List.of(paths), Map.of(), Optional.empty());
    }

    /// Files whose kind was told.
    public List<Path> named(FileKind kind) {
        return named.getOrDefault(kind, List.of());
    }

    /// The folder or file that names the stack.
    public Path location() {
        Stream<Path> told = Stream.of(FileKind.values()).flatMap(kind -> named(kind).stream());
        Path first = Stream.concat(paths.stream(), told).findFirst().orElse(Path.of(""));
        return first.toAbsolutePath().normalize();
    }
}
