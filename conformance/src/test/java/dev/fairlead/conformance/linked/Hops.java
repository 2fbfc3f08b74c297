package dev.fairlead.conformance.linked;

import dev.fairlead.dialect.nginx.Compiled;
import dev.fairlead.dialect.nginx.NginxDialect;
import dev.fairlead.dialect.nginx.NginxOptions;
import dev.fairlead.engine.generation.Engine;
import dev.fairlead.engine.generation.EngineOptions;
import dev.fairlead.model.plan.Linker;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.status.TrafficStatus;
import dev.fairlead.source.Problems;
import dev.fairlead.testkit.Ports;
import dev.fairlead.testkit.Wire;
import dev.fairlead.time.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/// A site in this process whose configuration passes requests from one of its servers to another: `%FRONT%`,
/// `%INNER%` and `%THIRD%` are their ports, `%PEER%` that of a server outside, `%FOLDER%` a folder of the site's.
final class Hops implements AutoCloseable {
    private final int front = Ports.free();
    private final int inner = Ports.free();
    private final int third = Ports.free();
    private final int peer;
    private final Path folder;
    private final boolean isLinked;
    private final Engine engine;

    private Hops(Path folder, String config, int peer, boolean isLinked) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.peer = peer;
        this.isLinked = isLinked;
        this.engine =
                Engine.start(plan(config), EngineOptions.of(Clock.system()).loops(1));
    }

    static Hops start(Path folder, String config, int peer, boolean isLinked) throws IOException {
        return new Hops(folder, config, peer, isLinked);
    }

    void reload(String config) throws IOException {
        engine.reload(plan(config));
    }

    private Plan plan(String config) throws IOException {
        Path file = folder.resolve("site.conf");
        Files.writeString(
                file,
                config.replace("%FRONT%", "" + front)
                        .replace("%INNER%", "" + inner)
                        .replace("%THIRD%", "" + third)
                        .replace("%PEER%", "" + peer)
                        .replace("%FOLDER%", folder.toString()));
        Compiled compiled = NginxDialect.compile(
                file,
                NginxOptions.debian()
                        .withPrefix(folder.toString())
                        .withDefaults(Optional.empty(), folder + "/error.log", Optional.empty()));
        Plan plan = compiled.plan().orElseThrow(() -> new AssertionError(compiled.errors()));
        return isLinked ? Linker.link(plan, new Problems()) : plan;
    }

    Path folder() {
        return folder;
    }

    boolean isLinked() {
        return isLinked;
    }

    Wire connect() {
        return Wire.connect(front).patience(Duration.ofSeconds(60));
    }

    TrafficStatus status() {
        return engine.status();
    }

    Engine engine() {
        return engine;
    }

    /// Ends of connections at the inner port that the kernel has, both sides counted.
    long establishedToInner() {
        String port = ":%04X".formatted(inner);
        return Stream.of("tcp", "tcp6")
                .flatMap(table -> lines(Path.of("/proc/net", table)))
                .map(line -> line.strip().split("\\s+"))
                .filter(cells -> cells[1].endsWith(port) || cells[2].endsWith(port))
                .filter(cells -> cells[3].equals("01"))
                .count();
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readString(file).lines().skip(1);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Ports as names, and no dates.
    String neutral(String text) {
        return text.replace("" + front, "%FRONT%")
                .replace("" + inner, "%INNER%")
                .replace("" + third, "%THIRD%")
                .replace("" + peer, "%PEER%")
                .replaceAll("(Date|Last-Modified): \\w+, [^,\\]]*", "$1: then");
    }

    @Override
    public void close() {
        engine.close();
    }
}
