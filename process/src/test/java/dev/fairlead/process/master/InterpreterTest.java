package dev.fairlead.process.master;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.model.app.Application.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterpreterTest {
    @TempDir
    private Path folder = Path.of("");

    private Path onPath = Path.of("");
    private Map<String, String> variables = Map.of();

    @BeforeEach
    void installPython() throws IOException {
        onPath = program("bin/python3");
        variables = Map.of("PATH", folder.resolve("bin").toString());
    }

    @Test
    void theFirstOnThePathRunsAnApplicationThatSaysNothing() {
        assertThat(found(Optional.empty()).path()).contains(onPath);
    }

    @Test
    void aVirtualEnvironmentBesideTheApplicationGoesBeforeThePath() throws IOException {
        Path own = program("shop/venv/bin/python");
        assertThat(found(Optional.empty()).path()).contains(own);
    }

    @Test
    void theActiveVirtualEnvironmentGoesBeforeAllOthers() throws IOException {
        program("shop/venv/bin/python");
        Path active = program("active/bin/python");
        variables = Map.of("VIRTUAL_ENV", folder.resolve("active").toString());
        assertThat(found(Optional.empty()).path()).contains(active);
    }

    @Test
    void whatIsAskedForIsTheOnlyOneTriedAndNamedIfItIsMissing() throws IOException {
        program("shop/venv/bin/python");
        Interpreter none = found(Optional.of("../python3.99/bin/python"));
        assertThat(none.path()).isEmpty();
        assertThat(none.tried()).singleElement().asString().endsWith("shop/../python3.99/bin/python");
    }

    private Interpreter found(Optional<String> asked) {
        Surroundings surroundings = new Surroundings(
                asked,
                folder.resolve("shop").toString(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty());
        return Interpreter.of(surroundings, variables);
    }

    private Path program(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
