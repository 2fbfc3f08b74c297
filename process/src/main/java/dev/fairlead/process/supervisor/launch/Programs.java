package dev.fairlead.process.supervisor.launch;

import dev.fairlead.model.service.execution.Command;
import dev.fairlead.model.service.execution.Confinement.Root;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Finds programs in the folders systemd searches.
public final class Programs {
    public static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final List<Path> FOLDERS = List.of(
            Path.of("/usr/local/sbin"),
            Path.of("/usr/local/bin"),
            Path.of("/usr/sbin"),
            Path.of("/usr/bin"),
            Path.of("/sbin"),
            Path.of("/bin"));

    private static final int MOST_LINKS = 40;

    private Programs() {}

    public static Optional<Path> find(String name) {
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
            requireFormat(found.get(), command);
            return found.get();
        }
        String reason = Files.exists(Path.of(command.program())) ? "Permission denied" : "No such file or directory";
        throw new StartFailure(
                StartFailure.EXEC,
                "Failed to locate executable " + command.program() + ": " + reason,
                command.origin());
    }

    /// The same below a folder that takes the place of `/`; as it is called there. What its links lead to is
    /// found only from inside.
    static Path require(Command command, Root root) throws StartFailure {
        Optional<Path> found = find(command.program(), root);
        if (found.isPresent()) {
            return found.get();
        }
        throw new StartFailure(
                StartFailure.EXEC,
                "Failed to locate executable " + command.program() + " in " + root.folder()
                        + ": No such file or directory",
                command.origin());
    }

    public static Optional<Path> find(String name, Root root) {
        List<Path> places = name.startsWith("/")
                ? List.of(Path.of(name))
                : FOLDERS.stream().map(folder -> folder.resolve(name)).toList();
        return places.stream().filter(place -> isIn(place, root)).findFirst();
    }

    private static boolean isIn(Path place, Root root) {
        // A folder on the way may be a link that leads elsewhere from outside.
        Path real = root.at(place);
        for (int i = 0; i < MOST_LINKS && Files.isSymbolicLink(real); i++) {
            try {
                Path target = Files.readSymbolicLink(real);
                real = target.isAbsolute() ? root.at(target) : real.resolveSibling(target);
            } catch (IOException gone) {
                return false;
            }
        }
        return runs(real) || (place.getNameCount() > 1 && hasLinkAbove(place, root));
    }

    private static boolean hasLinkAbove(Path place, Root root) {
        for (Path above = place.getParent(); above != null; above = above.getParent()) {
            if (Files.isSymbolicLink(root.at(above))) {
                return true;
            }
        }
        return false;
    }

    /// A shell would run a text as a script of its own, where the kernel refuses it.
    private static void requireFormat(Path program, Command command) throws StartFailure {
        byte[] head = new byte[2];
        try (InputStream in = Files.newInputStream(program)) {
            int count = in.readNBytes(head, 0, head.length);
            boolean isBinary = count == head.length && head[0] == 0x7f && head[1] == 'E';
            boolean isScript = count == head.length && head[0] == '#' && head[1] == '!';
            if (isBinary) {
                return;
            }
            if (!isScript) {
                throw failure(program, "Exec format error", command);
            }
            String line = new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1)).readLine();
            String interpreter = line == null ? "" : line.strip().split("\\s+", -1)[0];
            if (!Files.isExecutable(Path.of(interpreter))) {
                throw failure(program, "No such file or directory", command);
            }
        } catch (IOException unreadable) {
            // Who may execute it may not have to read it.
            return;
        }
    }

    private static StartFailure failure(Path program, String reason, Command command) {
        return new StartFailure(StartFailure.EXEC, "Failed to execute " + program + ": " + reason, command.origin());
    }

    private static boolean runs(Path path) {
        return Files.isRegularFile(path) && Files.isExecutable(path);
    }
}
