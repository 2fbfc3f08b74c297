package dev.fairlead.process.master;

import dev.fairlead.model.app.Application.Surroundings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds the Python that runs an application: the one asked for, else that of its virtual environment, else the
/// first on the path.
record Interpreter(Optional<Path> path, List<String> tried) {
    private static final List<String> ENVIRONMENTS = List.of(".venv", "venv", "env");

    static Interpreter of(Surroundings surroundings, Map<String, String> variables) {
        List<String> tried = new ArrayList<>();
        if (surroundings.python().isPresent()) {
            String asked = surroundings.python().get();
            return asked.contains("/")
                    ? first(List.of(Path.of(surroundings.directory()).resolve(asked)), tried)
                    : first(onPath(asked, variables), tried);
        }
        List<Path> candidates = new ArrayList<>();
        String active = variables.getOrDefault("VIRTUAL_ENV", "");
        if (!active.isEmpty()) {
            candidates.add(Path.of(active, "bin/python"));
        }
        Path directory = Path.of(surroundings.directory());
        for (String name : ENVIRONMENTS) {
            candidates.add(directory.resolve(name).resolve("bin/python"));
        }
        candidates.addAll(onPath("python3", variables));
        return first(candidates, tried);
    }

    private static List<Path> onPath(String name, Map<String, String> variables) {
        List<Path> found = new ArrayList<>();
        for (String folder : variables.getOrDefault("PATH", "/usr/bin:/bin").split(":", -1)) {
            if (!folder.isEmpty()) {
                found.add(Path.of(folder, name));
            }
        }
        return found;
    }

    private static Interpreter first(List<Path> candidates, List<String> tried) {
        for (Path candidate : candidates) {
            tried.add(candidate.toString());
            if (Files.isExecutable(candidate) && Files.isRegularFile(candidate)) {
                return new Interpreter(Optional.of(candidate), tried);
            }
        }
        return new Interpreter(Optional.empty(), tried);
    }
}
