package dev.fairlead.process.master;

import dev.fairlead.model.app.Application.Surroundings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Finds the Python that would run an application in a folder.
public final class Interpreters {
    private Interpreters() {}

    /// @throws IOException naming the places that were tried
    public static Path find(Path directory, Map<String, String> variables) throws IOException {
        Surroundings there = new Surroundings(
                Optional.empty(),
                directory.toString(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty());
        Interpreter found = Interpreter.of(there, variables);
        return found.path()
                .orElseThrow(() -> new IOException("no Python found; tried " + String.join(", ", found.tried())));
    }
}
