package dev.fairlead.conformance.haproxy;

import dev.fairlead.conformance.Distribution;
import dev.fairlead.conformance.cases.Group;
import dev.fairlead.conformance.cases.LogServer;
import dev.fairlead.conformance.cases.Names;
import dev.fairlead.conformance.cases.Running;
import dev.fairlead.conformance.cases.Upstreams;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/// One of the two programs, running a group's configuration.
final class Balancer {
    /// Which program.
    enum Kind {
        HAPROXY,
        FAIRLEAD;

        /// Where it is; empty when it is not installed.
        Optional<Path> program() {
            return switch (this) {
                case HAPROXY -> Distribution.installed("haproxy");
                case FAIRLEAD -> Distribution.launcher();
            };
        }
    }

    /// What stands in front of each configuration; a `defaults` of its own counts over it.
    private static final String PRELUDE = """
            global
                nbthread 1
            defaults
                mode http
                timeout client 10s
                timeout server 10s
                timeout connect 2s
            """;

    private Balancer() {}

    /// What there is beside the program.
    ///
    /// @param root what `%ROOT%` is
    /// @param logs where `%LOG%` is
    /// @param names the port of a name server, `%DNS%`
    record Around(Path root, Path keys, Upstreams upstreams, LogServer logs, int names) {}

    static Running start(Kind kind, Path folder, Group group, Around around) throws IOException {
        Names names = Names.ofPorts(14)
                .upstreams(around.upstreams().ports())
                .port("%LOG%", around.logs().port())
                .port("%DNS%", around.names())
                .folder("%ROOT%", around.root())
                .folder("%KEYS%", around.keys());
        Files.createDirectories(folder);
        Path file = folder.resolve("haproxy.cfg");
        Files.writeString(file, names.specialised(PRELUDE + group.config()), StandardCharsets.ISO_8859_1);
        return Running.start(
                new Running.Setting(folder, around.keys(), names, false, Optional.of(around.logs())),
                command(kind, file));
    }

    /// What runs a program in the foreground.
    static List<String> command(Kind kind, Path file) {
        List<String> command =
                new ArrayList<>(List.of(kind.program().orElseThrow().toString()));
        if (kind == Kind.FAIRLEAD) {
            command.add("haproxy");
        }
        command.addAll(List.of("-db", "-f", file.toString()));
        return command;
    }

    /// Leaves a test out unless both programs are there.
    static void assumeBoth() {
        Distribution.prepare();
        Assumptions.assumeTrue(
                Arrays.stream(Kind.values()).allMatch(kind -> kind.program().isPresent()), "both programs are needed");
    }
}
