package dev.fairlead.conformance.stack;

import dev.fairlead.conformance.Distribution;
import dev.fairlead.testkit.Placeholders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.stream.Stream;

/// Copies of the folders of `examples`.
final class ExampleFolder {
    private ExampleFolder() {}

    /// @param words what stands for what in names of files, and in texts
    /// @param texts the endings of the files that are texts, as alternatives of a regular expression
    static void copy(String name, Path to, Map<String, String> words, String texts) throws IOException {
        Path example = Distribution.checkout().resolve("examples").resolve(name);
        try (Stream<Path> paths = Files.walk(example)) {
            for (Path path : paths.sorted().toList()) {
                Path target =
                        to.resolve(Placeholders.fill(example.relativize(path).toString(), words));
                if (Files.isSymbolicLink(path)) {
                    Files.deleteIfExists(target);
                    Files.createSymbolicLink(target, Files.readSymbolicLink(path));
                } else if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    if (path.toString().matches(".*\\.(" + texts + ")")) {
                        Files.writeString(target, Placeholders.fill(Files.readString(path), words));
                    } else {
                        Files.copy(path, target, StandardCopyOption.REPLACE_EXISTING);
                    }
                    // So that what depends on a file's time is the same in every copy.
                    Files.setLastModifiedTime(target, FileTime.fromMillis(1_700_000_000_000L));
                }
            }
        }
    }
}
