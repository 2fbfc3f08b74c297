package dev.fairlead.conformance.nginx;

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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// One of the two programs, running a group's configuration.
final class Server implements AutoCloseable, Served {
    /// Which program.
    enum Kind {
        NGINX("theirs"),
        FAIRLEAD("ours--");

        private final String folder;

        Kind(String folder) {
            this.folder = folder;
        }

        /// The name of the folder it works in.
        String folder() {
            return folder;
        }

        /// Where it is; empty when it is not installed, or not among those named by `-Dprograms=nginx,fairlead`.
        Optional<Path> program() {
            if (!System.getProperty("programs", "nginx,fairlead").contains(name().toLowerCase(Locale.ROOT))) {
                return Optional.empty();
            }
            return switch (this) {
                case NGINX -> Distribution.installed("nginx");
                case FAIRLEAD -> Distribution.launcher();
            };
        }
    }

    private static final int STARTING_SECONDS = 40;

    private final Kind kind;
    private final Path folder;
    private final Map<String, String> names = new LinkedHashMap<>();
    private final int port;
    private final int[] morePorts;
    private final ProcessUnderTest process;

    private Server(Kind kind, Path folder, Path root, Path keys, String config, Upstreams upstreams)
            throws IOException {
        this.kind = kind;
        this.folder = folder;
        this.port = Ports.free();
        this.morePorts = new int[] {Ports.free(), Ports.free(), Ports.free()};
        names.put("%PORT%", "" + port);
        names.put("%PORT2%", "" + morePorts[0]);
        names.put("%PORT3%", "" + morePorts[1]);
        names.put("%DEAD%", "" + morePorts[2]);
        for (int number = 1; number <= 3; number++) {
            names.put("%UP" + number + "%", "" + upstreams.port(number));
        }
        names.put("%LOGS%", folder.toString());
        names.put("%ROOT%", root.toString());
        names.put("%KEYS%", keys.toString());
        Files.createDirectories(folder);
        Path file = folder.resolve("server.conf");
        Files.writeString(file, frame(config), StandardCharsets.ISO_8859_1);
        this.process = ProcessUnderTest.start(folder, environment(), command(file));
    }

    static Server start(Kind kind, Path folder, Path root, Path keys, Group group, Upstreams upstreams)
            throws IOException {
        Server server = new Server(kind, folder, root, keys, group.config(), upstreams);
        try {
            Deadline.inSeconds(STARTING_SECONDS).await(kind + " to listen", () -> {
                if (!server.process.running()) {
                    throw new AssertionError(kind + " did not start:\n" + server.process.output());
                }
                return Ports.isListening(server.port);
            });
        } catch (AssertionError failed) {
            server.close();
            throw failed;
        }
        return server;
    }

    /// Where certificates and keys are.
    @Override
    public Path keys() {
        return Path.of(names.getOrDefault("%KEYS%", ""));
    }

    /// The port called `%PORT%`, `%PORT2%`, … by its number.
    @Override
    public int port(int number) {
        return number == 1 ? port : morePorts[number - 2];
    }

    /// Puts the placeholders back where this server's own ports and folders show.
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

    /// Puts this server's own ports and folders where placeholders stand.
    @Override
    public String specialised(String text) {
        String result = text;
        for (Map.Entry<String, String> name : names.entrySet()) {
            result = result.replace(name.getKey(), name.getValue());
        }
        return result;
    }

    /// What is wrong with its output and its error log: lines about leaks, crashes and the like.
    List<String> complaints() throws IOException {
        Path errors = folder.resolve("error.log");
        String log = Files.exists(errors) ? Files.readString(errors, StandardCharsets.ISO_8859_1) : "";
        return (process.output() + "\n" + log)
                .lines()
                .filter(line -> line.contains("LEAK:") || line.contains("Exception") || line.contains("[alert]"))
                .toList();
    }

    Map<String, String> logs() throws IOException {
        Map<String, String> logs = new LinkedHashMap<>();
        try (var files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".log"))
                    .sorted()
                    .toList()) {
                String name = String.valueOf(file.getFileName());
                if (!name.equals("error.log")) {
                    logs.put(name, generalised(Files.readString(file, StandardCharsets.ISO_8859_1)));
                }
            }
        }
        return logs;
    }

    @Override
    public void close() {
        if (process.running()) {
            process.signal("TERM");
        }
        process.close();
    }

    private List<String> command(Path file) {
        List<String> command =
                new ArrayList<>(List.of(kind.program().orElseThrow().toString()));
        if (kind == Kind.FAIRLEAD) {
            command.add("nginx");
        }
        command.addAll(
                List.of("-e", folder + "/error.log", "-p", folder + "/", "-c", file.toString(), "-g", "daemon off;"));
        return command;
    }

    private static Map<String, String> environment() {
        return Map.of("FAIRLEAD_JAVA_OPTS", "-Dio.netty.leakDetection.level=paranoid -XX:TieredStopAtLevel=1");
    }

    private String frame(String config) {
        String text = specialised(config);
        String user = "root".equals(System.getProperty("user.name")) ? "user root;\n" : "";
        String scratch = kind == Kind.FAIRLEAD ? "" : """
                client_body_temp_path DIR/body; proxy_temp_path DIR/proxy; fastcgi_temp_path DIR/fastcgi;
                uwsgi_temp_path DIR/uwsgi; scgi_temp_path DIR/scgi;
                """.replace("DIR", folder.toString());
        return user
                + """
                worker_processes 1;
                pid FOLDER/server.pid;
                error_log FOLDER/error.log info;
                events { worker_connections 512; }
                http {
                access_log off;
                SCRATCH
                CONFIG
                }
                """.replace("FOLDER", folder.toString())
                        .replace("SCRATCH", scratch)
                        .replace("CONFIG", text);
    }
}
