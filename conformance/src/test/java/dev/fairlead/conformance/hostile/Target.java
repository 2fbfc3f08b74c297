package dev.fairlead.conformance.hostile;

import dev.fairlead.conformance.Distribution;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.Peer;
import dev.fairlead.testkit.Ports;
import dev.fairlead.testkit.ProcessUnderTest;
import dev.fairlead.testkit.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The server that is shot at, as a process of its own, and the upstream behind it.
///
/// `-Dhostile=nginx` aims at nginx instead, to see how it takes the same requests; its verdicts differ where it
/// is lenient.
final class Target implements AutoCloseable {
    private static final String CONFIG = """
            worker_processes 1;
            pid FOLDER/server.pid;
            error_log FOLDER/error.log info;
            events { worker_connections 2048; }
            http {
                access_log off;
                client_max_body_size 1m;
                proxy_http_version 1.1;
                proxy_set_header Connection "";
                upstream behind { server 127.0.0.1:UPSTREAM; keepalive 8; }
                server {
                    listen 127.0.0.1:PORT;
                    keepalive_requests 100000;
                    keepalive_timeout KEPT;
                    location / { proxy_pass http://behind; }
                    location /streamed/ { proxy_request_buffering off; proxy_pass http://behind; }
                    location = /status { stub_status; }
                }
                server {
                    listen 127.0.0.1:SLOW;
                    client_header_timeout 1s; client_body_timeout 1s; keepalive_timeout 1s; send_timeout 1s;
                    root FOLDER;
                    location / { proxy_pass http://behind; }
                    location /streamed/ { proxy_request_buffering off; proxy_pass http://behind; }
                    location /big { }
                }
            }
            """;

    final int port = Ports.free();
    final int slowPort = Ports.free();
    final Peer upstream = Peer.start(conversation -> {
        while (conversation.request().isPresent()) {
            conversation.ok("behind\n");
        }
    });
    private final Path folder;
    private final ProcessUnderTest process;

    private Target(Path folder, List<String> program) throws IOException {
        this.folder = folder;
        Path config = folder.resolve("server.conf");
        String user = "root".equals(System.getProperty("user.name")) ? "user root;\n" : "";
        Files.writeString(
                config,
                user
                        + CONFIG.replace("FOLDER", folder.toString())
                                .replace("UPSTREAM", "" + upstream.port())
                                .replace("PORT", "" + port)
                                .replace("KEPT", aimsAtNginx() ? "50ms" : "75s")
                                .replace("SLOW", "" + slowPort));
        List<String> command = new java.util.ArrayList<>(program);
        command.addAll(
                List.of("-e", folder + "/error.log", "-p", folder + "/", "-c", config.toString(), "-g", "daemon off;"));
        Map<String, String> environment =
                Map.of("FAIRLEAD_JAVA_OPTS", "-Dio.netty.leakDetection.level=paranoid -XX:+StartAttachListener");
        this.process = ProcessUnderTest.start(folder, environment, command);
    }

    static boolean available() {
        return aimsAtNginx()
                ? Distribution.installed("nginx").isPresent()
                : Distribution.launcher().isPresent();
    }

    static boolean aimsAtNginx() {
        return System.getProperty("hostile", "fairlead").equals("nginx");
    }

    static Target start(Path folder) throws IOException {
        List<String> program;
        if (aimsAtNginx()) {
            program = List.of(Distribution.installed("nginx").orElseThrow().toString());
        } else {
            Distribution.prepare();
            program = List.of(Distribution.launcher().orElseThrow().toString(), "nginx");
        }
        Target target = new Target(folder, program);
        try {
            Deadline.inSeconds(40).await("the server to listen", () -> {
                if (!target.process.running()) {
                    throw new AssertionError("the server did not start:\n" + target.process.output());
                }
                return Ports.isListening(target.port) && Ports.isListening(target.slowPort);
            });
            return target;
        } catch (AssertionError failed) {
            target.close();
            throw failed;
        }
    }

    /// A sound request's status; an error when there is no answer.
    int health() {
        try (Wire wire = Wire.connect(port)) {
            wire.send("GET /health HTTP/1.1\nHost: a\nConnection: close\n\n");
            return wire.reply().status();
        }
    }

    /// How many connections it has open, the one that asks included.
    int connections() {
        try (Wire wire = Wire.connect(port)) {
            wire.send("GET /status HTTP/1.1\nHost: a\nConnection: close\n\n");
            String body = wire.reply().body();
            return Integer.parseInt(
                    body.substring(body.indexOf(": ") + 2, body.indexOf('\n')).strip());
        }
    }

    /// Has its Java collect garbage: a buffer that was lost is noticed only then.
    void collectGarbage() {
        if (!aimsAtNginx()) {
            String jcmd =
                    Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
            ProcessUnderTest.run(folder, jcmd, Long.toString(process.pid()), "GC.run");
        }
    }

    /// Lines of its output and its error log that tell of leaks or crashes.
    List<String> complaints() throws IOException {
        Path errors = folder.resolve("error.log");
        String log = Files.exists(errors) ? Files.readString(errors, StandardCharsets.ISO_8859_1) : "";
        return (process.output() + "\n" + log)
                .lines()
                .filter(line -> line.contains("LEAK:") || line.contains("Exception") || line.contains("[alert]"))
                .toList();
    }

    Path folder() {
        return folder;
    }

    @Override
    public void close() {
        process.close();
        upstream.close();
    }
}
