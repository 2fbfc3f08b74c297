package dev.fairlead.conformance.pound;

import dev.fairlead.conformance.Distribution;
import dev.fairlead.conformance.cases.Group;
import dev.fairlead.conformance.cases.Keys;
import dev.fairlead.conformance.cases.Served;
import dev.fairlead.conformance.cases.Upstreams;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.Ports;
import dev.fairlead.testkit.ProcessUnderTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Fairlead as pound, running a group's configuration.
final class PoundFront implements AutoCloseable, Served {
    private static final int STARTING_SECONDS = 60;

    private final Map<String, String> names = new LinkedHashMap<>();
    private final int[] ports = IntStream.range(0, 5).map(i -> Ports.free()).toArray();
    private final Path keys;
    private final ProcessUnderTest process;

    private PoundFront(Path folder, Path root, String config, List<Integer> servers) throws IOException {
        this.keys = folder.resolve("keys");
        names.put("%PORT%", "" + ports[0]);
        for (int number = 2; number <= ports.length; number++) {
            names.put("%PORT" + number + "%", "" + ports[number - 1]);
        }
        names.put("%DEAD%", "" + Ports.free());
        for (int number = 1; number <= servers.size(); number++) {
            names.put("%UP" + number + "%", "" + servers.get(number - 1));
        }
        names.put("%ROOT%", root.toString());
        names.put("%KEYS%", keys.toString());
        Files.createDirectories(folder);
        if (config.contains("%KEYS%")) {
            makeKeys();
        }
        Path file = folder.resolve("pound.cfg");
        Files.writeString(file, specialised("LogLevel 0\n" + config), StandardCharsets.ISO_8859_1);
        this.process = ProcessUnderTest.start(
                folder,
                Map.of("FAIRLEAD_JAVA_OPTS", "-Dio.netty.leakDetection.level=paranoid -XX:TieredStopAtLevel=1"),
                List.of(Distribution.launcher().orElseThrow().toString(), "pound", "-F", "-f", file.toString()));
    }

    /// Certificates, each in one file with its key, as Pound wants them; one of them alone in a folder.
    private void makeKeys() throws IOException {
        Keys.make(keys, "a.example", "b.example", "*.wild.example", "client.example", "stranger.example");
        for (String name : List.of("a.example", "b.example", "*.wild.example", "client.example")) {
            String both = Files.readString(keys.resolve(name + ".crt")) + Files.readString(keys.resolve(name + ".key"));
            Files.writeString(keys.resolve(name.replace("*.", "") + ".pem"), both);
        }
        Files.createDirectories(keys.resolve("more"));
        Files.copy(keys.resolve("b.example.pem"), keys.resolve("more/site.pem"));
    }

    static PoundFront start(Path folder, Path root, Group group, Upstreams upstreams) throws IOException {
        List<Integer> servers =
                IntStream.rangeClosed(1, 3).map(upstreams::port).boxed().toList();
        return start(folder, root, group.config(), servers);
    }

    /// @param servers ports that stand for `%UP1%` and so on
    static PoundFront start(Path folder, Path root, String config, List<Integer> servers) throws IOException {
        PoundFront front = new PoundFront(folder, root, config, servers);
        try {
            Deadline.inSeconds(STARTING_SECONDS).await("pound to listen", () -> {
                if (!front.process.running()) {
                    throw new AssertionError("pound did not start:\n" + front.process.output());
                }
                return Ports.isListening(front.ports[0]);
            });
        } catch (AssertionError failed) {
            front.close();
            throw failed;
        }
        return front;
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
