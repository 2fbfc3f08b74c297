package dev.fairlead.conformance.explain;

import dev.fairlead.cli.stack.CompiledStack;
import dev.fairlead.cli.stack.FileKind;
import dev.fairlead.cli.stack.Sources;
import dev.fairlead.cli.stack.StackReader;
import dev.fairlead.conformance.cases.Names;
import dev.fairlead.conformance.cases.Served;
import dev.fairlead.conformance.cases.Upstreams;
import dev.fairlead.engine.generation.Engine;
import dev.fairlead.model.plan.PortMap;
import dev.fairlead.source.Severity;
import dev.fairlead.time.Clock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A group's configuration, read and run in this very process. The program it is for has the name of the folder
/// that its cases are in.
final class InProcess implements Served, AutoCloseable {
    private final Names names;
    private final Path keys;
    private final CompiledStack stack;
    private final Engine engine;

    InProcess(String program, Path folder, Path root, String config, Upstreams upstreams) throws IOException {
        names = Names.ofPorts(3)
                .upstreams(upstreams.ports())
                .folder("%LOGS%", folder)
                .folder("%KEYS%", folder)
                .folder("%ROOT%", root);
        keys = folder;
        Files.createDirectories(folder);
        Path file = folder.resolve(program + ".cfg");
        String text = specialised(frame(program, config));
        Files.writeString(file, text, StandardCharsets.ISO_8859_1);
        Sources sources = new Sources(List.of(), Map.of(kind(program), List.of(file)), Optional.empty());
        stack = new StackReader(sources, PortMap.NONE).read();
        engine = Engine.start(
                stack.plan().orElseThrow(() -> new AssertionError(stack.complaints(Severity.ERROR))), Clock.system());
    }

    private static FileKind kind(String program) {
        return switch (program) {
            case "haproxy" -> FileKind.HAPROXY;
            case "pound" -> FileKind.POUND;
            default -> FileKind.NGINX_MAIN;
        };
    }

    private static String frame(String program, String config) {
        return switch (program) {
            case "haproxy" ->
                "defaults\n mode http\n timeout client 10s\n timeout server 10s\n timeout connect 2s\n" + config;
            case "pound" -> "LogLevel 0\n" + config;
            default -> "error_log %LOGS%/error.log;\nevents { }\nhttp {\naccess_log off;\n" + config + "\n}\n";
        };
    }

    CompiledStack stack() {
        return stack;
    }

    Engine engine() {
        return engine;
    }

    @Override
    public int port(int number) {
        return names.port(number);
    }

    @Override
    public Path keys() {
        return keys;
    }

    @Override
    public String generalised(String text) {
        return names.generalised(text);
    }

    @Override
    public String specialised(String text) {
        return names.specialised(text);
    }

    @Override
    public void close() {
        engine.close();
    }
}
