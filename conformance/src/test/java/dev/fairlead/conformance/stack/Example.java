package dev.fairlead.conformance.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.cli.control.ControlClient;
import dev.fairlead.cli.control.SocketFolder;
import dev.fairlead.conformance.Distribution;
import dev.fairlead.conformance.TrustingClient;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.Placeholders;
import dev.fairlead.testkit.Ports;
import dev.fairlead.testkit.ProcessUnderTest;
import dev.fairlead.testkit.Wire;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A copy of one of the folders of `examples`, run by `fairlead up` with its ports moved to free ones.
final class Example implements AutoCloseable {
    private final Path scratch;
    private final Path folder;
    private final Map<Integer, Integer> ports = new LinkedHashMap<>();
    private final ProcessUnderTest process;

    /// @param name below `examples`
    /// @param words texts that stand for others in its configurations, in order
    /// @param moved the ports its configurations listen on
    /// @param options of `up`
    Example(Path scratch, String name, Map<String, String> words, List<Integer> moved, String... options)
            throws IOException {
        this.scratch = scratch;
        Path examples = Distribution.checkout().resolve("examples");
        copy(examples.resolve(name.split("/", 2)[0]), scratch.resolve(name.split("/", 2)[0]), words);
        folder = scratch.resolve(name);
        moved.forEach(port -> ports.put(port, Ports.free()));
        List<String> command = new ArrayList<>(
                List.of(Distribution.launcher().orElseThrow().toString(), "up", folder.toString(), "--ports"));
        command.add(ports.entrySet().stream()
                .map(port -> port.getKey() + "=" + port.getValue())
                .collect(Collectors.joining(",")));
        command.addAll(List.of(options));
        process = ProcessUnderTest.start(
                scratch, Map.of("FAIRLEAD_RUNTIME_DIR", scratch.resolve("run").toString()), command);
        try {
            process.awaitLine("that it is ready", line -> line.startsWith("ready"), Deadline.inSeconds(60));
        } catch (AssertionError failed) {
            close();
            throw failed;
        }
    }

    private static void copy(Path example, Path folder, Map<String, String> words) throws IOException {
        try (Stream<Path> paths = Files.walk(example)) {
            for (Path path : paths.sorted().toList()) {
                Path target = folder.resolve(example.relativize(path).toString());
                if (Files.isSymbolicLink(path)) {
                    Files.deleteIfExists(target);
                    Files.createSymbolicLink(target, Files.readSymbolicLink(path));
                } else if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else if (path.toString().matches(".*\\.(conf|cfg|service|env|py)")) {
                    Files.writeString(target, Placeholders.fill(Files.readString(path), words));
                } else {
                    Files.copy(path, target, StandardCopyOption.REPLACE_EXISTING);
                }
                if (!Files.isSymbolicLink(path) && Files.isRegularFile(path)) {
                    // So that what depends on a file's time is the same in every copy.
                    Files.setLastModifiedTime(target, FileTime.fromMillis(1_700_000_000_000L));
                }
            }
        }
    }

    /// A connection to a listener.
    ///
    /// @param port as its configuration has it; 443 speaks TLS, whoever signed the certificate
    Wire connect(int port) {
        int there = ports.getOrDefault(port, port);
        return port == 443 ? TrustingClient.connect(there) : Wire.connect(there).patience(Duration.ofSeconds(60));
    }

    /// What the running stack says would become of a request, as JSON.
    String explained(String url) throws IOException {
        Path socket = new SocketFolder(scratch.resolve("run"))
                .running().stream().findFirst().orElseThrow(() -> new AssertionError("no stack runs"));
        String target = "/explain?url=" + URLEncoder.encode(url, StandardCharsets.UTF_8);
        ControlClient.Reply reply = new ControlClient(socket).ask("GET", target, false);
        assertThat(reply.isDone()).as(reply.body()).isTrue();
        return reply.body();
    }

    /// Where a listener is that its configuration has at another port.
    int port(int written) {
        return ports.getOrDefault(written, written);
    }

    /// Ports as its configurations have them.
    String neutral(String text) {
        String result = text;
        for (Map.Entry<Integer, Integer> port : ports.entrySet()) {
            result = result.replaceAll(
                    "\\b" + port.getValue() + "\\b", port.getKey().toString());
        }
        return result;
    }

    String output() {
        return process.output();
    }

    /// Ends it as an operator does, and expects that it does end.
    void stop() {
        process.signal("TERM");
        assertThat(process.awaitExit(Deadline.inSeconds(60)))
                .as(process::output)
                .isZero();
    }

    @Override
    public void close() {
        if (process.running()) {
            process.signal("TERM");
            process.awaitExit(Deadline.inSeconds(60));
        }
        process.close();
    }
}
