package dev.fairlead.conformance.linked;

import dev.fairlead.cli.stack.CompiledStack;
import dev.fairlead.cli.stack.FileKind;
import dev.fairlead.cli.stack.Sources;
import dev.fairlead.cli.stack.StackReader;
import dev.fairlead.conformance.Distribution;
import dev.fairlead.conformance.TrustingClient;
import dev.fairlead.engine.generation.Engine;
import dev.fairlead.engine.generation.EngineOptions;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.plan.PortMap;
import dev.fairlead.model.status.TrafficStatus;
import dev.fairlead.source.Severity;
import dev.fairlead.testkit.Ports;
import dev.fairlead.testkit.Wire;
import dev.fairlead.time.Clock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// stunnel, HAProxy and nginx in this process, each with files of its own. In those, `%NAME%` is a port: `TLS`,
/// and `TOLD` with a PROXY header behind it, are stunnel's; `HTTP` and `VOUCHED` HAProxy's; `FILES` nginx's;
/// `PEER` that of a server outside; `LOG` one that syslog messages are sent to. `%FOLDER%` is a folder, `%PEM%`
/// a key with certificate.
final class Row implements AutoCloseable {
    private static final List<String> OWN = List.of("TLS", "TOLD", "HTTP", "VOUCHED", "FILES");

    private final Path folder;
    private final Map<String, String> words = new LinkedHashMap<>();
    private final Engine engine;

    private Row(Path folder, Map<FileKind, String> texts, Map<String, Integer> outside, boolean isLinked)
            throws IOException {
        this.folder = Files.createDirectories(folder);
        OWN.forEach(name -> words.put("%" + name + "%", "" + Ports.free()));
        outside.forEach((name, port) -> words.put("%" + name + "%", "" + port));
        words.put("%FOLDER%", folder.toString());
        words.put(
                "%PEM%",
                Distribution.checkout()
                        .resolve("examples/dataserver/etc/ssl/dataserver/site.pem")
                        .toString());
        this.engine = Engine.start(
                plan(texts, isLinked), EngineOptions.of(Clock.system()).loops(1));
    }

    static Row start(Path folder, Map<FileKind, String> texts, Map<String, Integer> outside, boolean isLinked)
            throws IOException {
        return new Row(folder, texts, outside, isLinked);
    }

    private Plan plan(Map<FileKind, String> texts, boolean isLinked) throws IOException {
        Map<FileKind, List<Path>> named = new LinkedHashMap<>();
        for (Map.Entry<FileKind, String> text : texts.entrySet()) {
            String filled = text.getValue();
            for (Map.Entry<String, String> word : words.entrySet()) {
                filled = filled.replace(word.getKey(), word.getValue());
            }
            Path file = folder.resolve(text.getKey().name().toLowerCase(Locale.ROOT) + ".conf");
            Files.writeString(file, filled, StandardCharsets.ISO_8859_1);
            named.put(text.getKey(), List.of(file));
        }
        Sources sources = new Sources(List.of(), named, Optional.empty());
        CompiledStack stack = new StackReader(sources, PortMap.NONE, isLinked, false).read();
        if (stack.isBroken()) {
            throw new AssertionError(stack.complaints(Severity.WARNING));
        }
        return stack.plan().orElseThrow();
    }

    /// A client's connection; to stunnel's ports with TLS.
    Wire connect(String name) {
        int port = Integer.parseInt(words.getOrDefault("%" + name + "%", "0"));
        return name.startsWith("T")
                ? TrustingClient.connect(port)
                : Wire.connect(port).patience(Duration.ofSeconds(60));
    }

    TrafficStatus status() {
        return engine.status();
    }

    Path folder() {
        return folder;
    }

    /// Ports and folders as names, and no dates.
    String neutral(String text) {
        String result = text;
        for (Map.Entry<String, String> word : words.entrySet()) {
            result = result.replaceAll("(?<!\\w)" + Pattern.quote(word.getValue()) + "(?!\\d)", word.getKey());
        }
        return result.replaceAll("(Date|date|Last-Modified|Expires): [^\r\n]*", "$1: then");
    }

    @Override
    public void close() {
        engine.close();
    }
}
