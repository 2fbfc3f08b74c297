package dev.fairlead.cli.stack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Where absolute paths of a configuration lie when a folder takes the place of `/`.
///
/// @param root the folder; empty: every path is where it says
public record Relocation(Optional<Path> root) {
    public static final Relocation NONE = new Relocation(Optional.empty());

    /// What a stack takes from the machine where it does not bring its own: programs, shared configuration,
    /// devices. Everything else (content, logs, sockets) lies below the root, there already or not.
    private static final List<String> FROM_MACHINE =
            List.of("/bin", "/dev", "/etc", "/lib", "/lib64", "/proc", "/sbin", "/sys", "/usr");

    /// Everybody's on every machine; what lies there is nobody's property.
    private static final String SCRATCH = "/tmp";

    /// @return the path below the root, unless it names something only the machine has
    public String resolve(String absolute) {
        if (root.isEmpty()
                || !absolute.startsWith("/")
                || isBelow(absolute, root.get().toString())) {
            return absolute;
        }
        String inside = root.get() + absolute;
        if (isBelow(absolute, SCRATCH) && !Files.isDirectory(Path.of(root.get() + SCRATCH))) {
            return absolute;
        }
        if (Files.exists(Path.of(inside))) {
            return inside;
        }
        boolean fromMachine = FROM_MACHINE.stream().anyMatch(folder -> isBelow(absolute, folder));
        return fromMachine && Files.exists(Path.of(absolute)) ? absolute : inside;
    }

    private static boolean isBelow(String path, String folder) {
        return path.equals(folder) || path.startsWith(folder + "/");
    }
}
