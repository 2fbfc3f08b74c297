package dev.fairlead.conformance.haproxy;

import dev.fairlead.conformance.Distribution;
import dev.fairlead.conformance.cases.Group;
import dev.fairlead.conformance.cases.Served;
import dev.fairlead.conformance.cases.Upstreams;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.Ports;
import dev.fairlead.testkit.ProcessUnderTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One of the two programs, running a group's configuration.
final class Balancer implements AutoCloseable, Served {
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

    private static final int STARTING_SECONDS = 60;
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

    private final Map<String, String> names = new LinkedHashMap<>();
    private final Path keys;
    private final int[] ports = {Ports.free(), Ports.free(), Ports.free()};
    private final ProcessUnderTest process;

    private Balancer(Kind kind, Path folder, Path root, Path keys, String config, Upstreams upstreams)
            throws IOException {
        this.keys = keys;
        names.put("%PORT%", "" + ports[0]);
        names.put("%PORT2%", "" + ports[1]);
        names.put("%PORT3%", "" + ports[2]);
        names.put("%DEAD%", "" + Ports.free());
        for (int number = 1; number <= 3; number++) {
            names.put("%UP" + number + "%", "" + upstreams.port(number));
        }
        names.put("%ROOT%", root.toString());
        names.put("%KEYS%", keys.toString());
        Files.createDirectories(folder);
        Path file = folder.resolve("haproxy.cfg");
        Files.writeString(file, specialised(PRELUDE + config), StandardCharsets.ISO_8859_1);
        List<String> command = new ArrayList<>();
        command.add(kind.program().orElseThrow().toString());
        if (kind == Kind.FAIRLEAD) {
            command.add("haproxy");
        }
        command.addAll(List.of("-db", "-f", file.toString()));
        this.process = ProcessUnderTest.start(
                folder,
                Map.of("FAIRLEAD_JAVA_OPTS", "-Dio.netty.leakDetection.level=paranoid -XX:TieredStopAtLevel=1"),
                command);
    }

    static Balancer start(Kind kind, Path folder, Path root, Path keys, Group group, Upstreams upstreams)
            throws IOException {
        Balancer balancer = new Balancer(kind, folder, root, keys, group.config(), upstreams);
        try {
            Deadline.inSeconds(STARTING_SECONDS).await(kind + " to listen", () -> {
                if (!balancer.process.running()) {
                    throw new AssertionError(kind + " did not start:\n" + balancer.process.output());
                }
                return Ports.isListening(balancer.ports[0]);
            });
        } catch (AssertionError failed) {
            balancer.close();
            throw failed;
        }
        return balancer;
    }

    @Override
    public Path keys() {
        return keys;
    }

    @Override
    public int port(int number) {
        return ports[number - 1];
    }

    @Override
    public boolean hasOwnFields() {
        return false;
    }

    @Override
    public String generalised(String text) {
        String result = text;
        for (Map.Entry<String, String> name : names.entrySet()) {
            String value = name.getValue();
            result = value.startsWith("/")
                    ? result.replace(value, name.getKey())
                    : result.replaceAll("(?<!\\d)" + value + "(?!\\d)", name.getKey());
        }
        return result;
    }

    @Override
    public String specialised(String text) {
        String result = text;
        for (Map.Entry<String, String> name : names.entrySet()) {
            result = result.replace(name.getKey(), name.getValue());
        }
        return result;
    }

    /// Lines of its output that should not be there.
    List<String> complaints() {
        return process.output()
                .lines()
                .filter(line -> line.contains("LEAK:") || line.contains("Exception"))
                .toList();
    }

    @Override
    public void close() {
        if (process.running()) {
            process.signal("TERM");
        }
        process.close();
    }
}
