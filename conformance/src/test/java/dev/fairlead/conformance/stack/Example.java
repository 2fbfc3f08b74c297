package dev.fairlead.conformance.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.cli.control.ControlClient;
import dev.fairlead.cli.control.SocketFolder;
import dev.fairlead.conformance.Distribution;
import dev.fairlead.conformance.TrustingClient;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.Ports;
import dev.fairlead.testkit.ProcessUnderTest;
import dev.fairlead.testkit.Wire;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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
        String top = name.split("/", 2)[0];
        ExampleFolder.copy(top, scratch.resolve(top), words, "conf|cfg|service|env|py");
        folder = scratch.resolve(name);
        moved.forEach(port -> ports.put(port, Ports.free()));
        List<String> command = new ArrayList<>(
                List.of(Distribution.launcher().orElseThrow().toString(), "up", folder.toString(), "--ports"));
        command.add(ports.entrySet().stream()
                .map(port -> port.getKey() + "=" + port.getValue())
                .collect(Collectors.joining(",")));
        command.addAll(List.of(options));
        process = ProcessUnderTest.startUntil(
                "that it is ready",
                line -> line.startsWith("ready"),
                scratch,
                Map.of("FAIRLEAD_RUNTIME_DIR", scratch.resolve("run").toString()),
                command);
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
