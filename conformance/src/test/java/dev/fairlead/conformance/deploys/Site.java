package dev.fairlead.conformance.deploys;

import dev.fairlead.conformance.Distribution;
import dev.fairlead.testkit.Ports;
import dev.fairlead.testkit.ProcessUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A stack of two applications with two workers each, run by `fairlead up`: `plain`, which each worker imports,
/// and `preloaded`, which is imported once and forked.
final class Site implements AutoCloseable {
    static final List<String> APPLICATIONS = List.of("plain", "preloaded");

    final int port = Ports.free();
    private final Path folder;
    private final String launcher;
    private final Map<String, String> environment;
    private final ProcessUnderTest process;

    /// @param scratch where the stack and its control socket go
    /// @param code of both applications at first
    Site(Path scratch, String code) {
        folder = scratch.resolve("site");
        launcher = Distribution.launcher().orElseThrow().toString();
        environment = Map.of(
                "FAIRLEAD_RUNTIME_DIR",
                scratch.resolve("run").toString(),
                // Code that is replaced within a second must not be taken for what was compiled before.
                "PYTHONDONTWRITEBYTECODE",
                "1");
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("nginx.conf"), """
                    events {}
                    http {
                        server {
                            listen 127.0.0.1:%d;
                            location /plain { app code:application name=plain directory=plain
                                workers=2 start=8s health=/health; }
                            location /preloaded { app code:application name=preloaded directory=preloaded
                                workers=2 start=8s health=/health preload=on; }
                        }
                    }
                    """.formatted(port));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        APPLICATIONS.forEach(application -> write(application, code));
        process = ProcessUnderTest.startUntil(
                "that it is ready",
                line -> line.startsWith("ready"),
                scratch,
                environment,
                List.of(launcher, "up", folder.toString()));
    }

    /// Replaces the code of an application in one step.
    void write(String application, String code) {
        Path home = folder(application);
        try {
            Files.createDirectories(home);
            Path fresh = Files.writeString(home.resolve("fresh"), code);
            Files.move(fresh, home.resolve("code.py"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    Path folder(String application) {
        return folder.resolve(application);
    }

    /// How many files an application has whose names begin so.
    long count(String application, String prefix) {
        try (Stream<Path> files = Files.list(folder(application))) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .count();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Says a command of `fairlead` to the running stack.
    ProcessUnderTest told(String... command) {
        List<String> whole = new ArrayList<>(List.of(launcher));
        whole.addAll(List.of(command));
        whole.addAll(List.of("-C", folder.toString()));
        return ProcessUnderTest.start(folder, environment, whole);
    }

    String output() {
        return process.output();
    }

    @Override
    public void close() {
        process.close();
    }
}
