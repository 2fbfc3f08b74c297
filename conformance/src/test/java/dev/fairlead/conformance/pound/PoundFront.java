package dev.fairlead.conformance.pound;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Fairlead as pound, running a group's configuration.
final class PoundFront implements AutoCloseable, Served {
    private static final int STARTING_SECONDS = 60;

    private final Map<String, String> names = new LinkedHashMap<>();
    private final Path folder;
    private final int[] ports = {Ports.free(), Ports.free(), Ports.free()};
    private final ProcessUnderTest process;

    private PoundFront(Path folder, Path root, String config, Upstreams upstreams) throws IOException {
        this.folder = folder;
        names.put("%PORT%", "" + ports[0]);
        names.put("%PORT2%", "" + ports[1]);
        names.put("%PORT3%", "" + ports[2]);
        names.put("%DEAD%", "" + Ports.free());
        for (int number = 1; number <= 3; number++) {
            names.put("%UP" + number + "%", "" + upstreams.port(number));
        }
        names.put("%ROOT%", root.toString());
        Files.createDirectories(folder);
        Path file = folder.resolve("pound.cfg");
        Files.writeString(file, specialised("LogLevel 0\n" + config), StandardCharsets.ISO_8859_1);
        this.process = ProcessUnderTest.start(
                folder,
                Map.of("FAIRLEAD_JAVA_OPTS", "-Dio.netty.leakDetection.level=paranoid -XX:TieredStopAtLevel=1"),
                List.of(Distribution.launcher().orElseThrow().toString(), "pound", "-F", "-f", file.toString()));
    }

    static PoundFront start(Path folder, Path root, Group group, Upstreams upstreams) throws IOException {
        PoundFront front = new PoundFront(folder, root, group.config(), upstreams);
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
        return folder;
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
