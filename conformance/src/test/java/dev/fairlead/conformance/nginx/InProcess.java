package dev.fairlead.conformance.nginx;

import dev.fairlead.cli.stack.CompiledStack;
import dev.fairlead.cli.stack.FileKind;
import dev.fairlead.cli.stack.Sources;
import dev.fairlead.cli.stack.StackReader;
import dev.fairlead.conformance.cases.Served;
import dev.fairlead.conformance.cases.Upstreams;
import dev.fairlead.engine.generation.Engine;
import dev.fairlead.model.plan.PortMap;
import dev.fairlead.source.Severity;
import dev.fairlead.testkit.Ports;
import dev.fairlead.time.Clock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A group's configuration, read and run in this very process.
final class InProcess implements Served, AutoCloseable {
    private final Map<String, String> names = new LinkedHashMap<>();
    private final CompiledStack stack;
    private final Engine engine;

    InProcess(Path folder, Path root, String config, Upstreams upstreams) throws IOException {
        for (String name : List.of("%PORT%", "%PORT2%", "%PORT3%", "%DEAD%")) {
            names.put(name, "" + Ports.free());
        }
        for (int number = 1; number <= 3; number++) {
            names.put("%UP" + number + "%", "" + upstreams.port(number));
        }
        names.put("%LOGS%", folder.toString());
        names.put("%ROOT%", root.toString());
        names.put("%KEYS%", folder.toString());
        Files.createDirectories(folder);
        Path file = folder.resolve("server.conf");
        String text = "error_log " + folder + "/error.log;\nevents { }\nhttp {\naccess_log off;\n" + specialised(config)
                + "\n}\n";
        Files.writeString(file, text, StandardCharsets.ISO_8859_1);
        Sources sources = new Sources(List.of(), Map.of(FileKind.NGINX_MAIN, List.of(file)), Optional.empty());
        stack = new StackReader(sources, PortMap.NONE).read();
        engine = Engine.start(
                stack.plan().orElseThrow(() -> new AssertionError(stack.complaints(Severity.ERROR))), Clock.system());
    }

    CompiledStack stack() {
        return stack;
    }

    Engine engine() {
        return engine;
    }

    @Override
    public int port(int number) {
        return Integer.parseInt(names.getOrDefault(number == 1 ? "%PORT%" : "%PORT" + number + "%", "0"));
    }

    @Override
    public Path keys() {
        return Path.of(names.getOrDefault("%KEYS%", ""));
    }

    @Override
    public String generalised(String text) {
        String result = text;
        for (Map.Entry<String, String> name : names.entrySet()) {
            result = name.getValue().startsWith("/")
                    ? result.replace(name.getValue(), name.getKey())
                    : result.replaceAll("(?<!\\d)" + name.getValue() + "(?!\\d)", name.getKey());
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

    @Override
    public void close() {
        engine.close();
    }
}
