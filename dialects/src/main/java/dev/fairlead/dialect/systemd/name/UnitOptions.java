package dev.fairlead.dialect.systemd.name;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What a unit's meaning depends on besides its text.
///
/// @param root the folder that takes the place of `/` for paths the units name; empty: `/` itself
/// @param machine what specifiers may ask for
public record UnitOptions(Optional<Path> root, Machine machine) {
    public UnitOptions {
        root = root.map(folder -> folder.toAbsolutePath().normalize());
    }

    /// The real root and this machine.
    public static UnitOptions here() {
        return new UnitOptions(Optional.empty(), Machine.current());
    }

    /// The same with the paths of the units below a folder.
    public UnitOptions root(Path folder) {
        return new UnitOptions(Optional.of(folder), machine);
    }

    /// A path that units name, where it really is. A path that is already below the root stays as it is.
    public Path resolve(String path) {
        return Path.of(underRoot(path));
    }

    /// As [#resolve], for a file that the stack may bring along or take from the machine: the one under the
    /// root if it is there.
    public Path resolveIfThere(String path) {
        Path inside = resolve(path);
        return Files.exists(inside) ? inside : Path.of(path);
    }

    public String underRoot(String path) {
        if (root.isEmpty() || !path.startsWith("/") || Path.of(path).startsWith(root.get())) {
            return path;
        }
        return root.get().resolve(path.substring(1)).normalize().toString();
    }
}
