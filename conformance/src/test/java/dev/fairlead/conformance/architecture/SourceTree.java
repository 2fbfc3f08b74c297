package dev.fairlead.conformance.architecture;

import dev.fairlead.conformance.Distribution;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The product's own modules as they lie on disk.
final class SourceTree {
    static final List<String> MODULES =
            List.of("base", "model", "testkit", "os", "dialects", "engine", "process", "admin", "cli", "bench");

    private SourceTree() {}

    static Path root() {
        return Distribution.checkout();
    }

    /// Every main source file.
    static List<Path> sources() {
        return MODULES.stream()
                .flatMap(module -> walk(root().resolve(module).resolve("src/main/java"), ".java"))
                .toList();
    }

    /// Every compiled class of main sources.
    static List<Path> classes() {
        return MODULES.stream()
                .flatMap(module -> walk(root().resolve(module).resolve("target/classes"), ".class"))
                .toList();
    }

    /// Whether a line of source counts: neither blank, nor only a comment.
    static boolean isCode(String line) {
        String text = line.strip();
        return !text.isEmpty() && !text.startsWith("//") && !text.startsWith("*") && !text.startsWith("/*");
    }

    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> walk(Path folder, String suffix) {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(path -> path.toString().endsWith(suffix)).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
