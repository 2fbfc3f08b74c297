package dev.fairlead.process.supervisor;

import dev.fairlead.model.service.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Finds programs in the folders systemd searches.
final class Programs {
    static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final List<Path> FOLDERS = List.of(
            Path.of("/usr/local/sbin"),
            Path.of("/usr/local/bin"),
            Path.of("/usr/sbin"),
            Path.of("/usr/bin"),
            Path.of("/sbin"),
            Path.of("/bin"));

    private Programs() {}

    static Optional<Path> find(String name) {
        if (name.startsWith("/")) {
            return Optional.of(Path.of(name)).filter(Programs::runs);
        }
        return FOLDERS.stream()
                .map(folder -> folder.resolve(name))
                .filter(Programs::runs)
                .findFirst();
    }

    static Path require(Command command) throws StartFailure {
        Optional<Path> found = find(command.program());
        if (found.isPresent()) {
            return found.get();
        }
        String reason = Files.exists(Path.of(command.program())) ? "Permission denied" : "No such file or directory";
        throw new StartFailure(
                StartFailure.EXEC,
                "Failed to locate executable " + command.program() + ": " + reason,
                command.origin());
    }

    private static boolean runs(Path path) {
        return Files.isRegularFile(path) && Files.isExecutable(path);
    }
}
