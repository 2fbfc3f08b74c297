package dev.fairlead.conformance.nginx;

import dev.fairlead.conformance.Distribution;
import dev.fairlead.conformance.cases.Group;
import dev.fairlead.conformance.cases.Names;
import dev.fairlead.conformance.cases.Running;
import dev.fairlead.conformance.cases.Upstreams;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One of the two programs, running a group's configuration.
final class Server {
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

    /// Where Debian's package puts a module that is not nginx's own.
    private static final Path HEADERS_MORE = Path.of("/usr/lib/nginx/modules/ngx_http_headers_more_filter_module.so");

    private Server() {}

    /// Whether it is there, with the modules that the group needs.
    static boolean canRun(Kind kind, Group group) {
        boolean isWhole = kind == Kind.FAIRLEAD || !needsHeadersMore(group) || Files.exists(HEADERS_MORE);
        return kind.program().isPresent() && isWhole;
    }

    private static boolean needsHeadersMore(Group group) {
        return group.config().contains("more_set_headers");
    }

    static Running start(Kind kind, Path folder, Path root, Path keys, Group group, Upstreams upstreams)
            throws IOException {
        Names names = Names.ofPorts(3)
                .upstreams(upstreams.ports())
                .folder("%LOGS%", folder)
                .folder("%ROOT%", root)
                .folder("%KEYS%", keys);
        Files.createDirectories(folder);
        Path file = folder.resolve("server.conf");
        String modules = kind == Kind.NGINX && needsHeadersMore(group) ? "load_module " + HEADERS_MORE + ";\n" : "";
        String text = modules + frame(kind, folder, names.specialised(group.config()));
        Files.writeString(file, text, StandardCharsets.ISO_8859_1);
        return Running.start(new Running.Setting(folder, keys, names, true), command(kind, folder, file));
    }

    private static List<String> command(Kind kind, Path folder, Path file) {
        List<String> command =
                new ArrayList<>(List.of(kind.program().orElseThrow().toString()));
        if (kind == Kind.FAIRLEAD) {
            command.add("nginx");
        }
        command.addAll(
                List.of("-e", folder + "/error.log", "-p", folder + "/", "-c", file.toString(), "-g", "daemon off;"));
        return command;
    }

    private static String frame(Kind kind, Path folder, String config) {
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
                        .replace("CONFIG", config);
    }
}
