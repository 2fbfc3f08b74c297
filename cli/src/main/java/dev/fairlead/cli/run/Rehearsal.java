package dev.fairlead.cli.run;

import dev.fairlead.cli.control.ControlClient;
import dev.fairlead.cli.control.SocketFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A short life of the whole program, in which everything it usually needs is loaded once: the launcher has
/// Java keep an image of that, and starts from it.
public final class Rehearsal {
    private static final String SITE = """
            upstream app {
                server unix:FOLDER/app.sock;
                keepalive 4;
            }
            map $http_upgrade $connection_header {
                default upgrade;
                '' '';
            }
            server {
                listen 127.0.0.1:1;
                server_name example.test *.example.test;
                root FOLDER;
                access_log FOLDER/access.log;
                gzip on;
                gzip_types text/plain;
                location / {
                    try_files $uri $uri/ =404;
                }
                location /app/ {
                    proxy_pass http://app;
                    proxy_http_version 1.1;
                    proxy_set_header Host $host;
                    proxy_set_header X-Real-IP $remote_addr;
                    proxy_set_header Connection $connection_header;
                }
                location ~ ^/old/(.*)$ {
                    rewrite ^/old/(.*)$ /new/$1 permanent;
                }
            }
            server {
                listen unix:FOLDER/app.sock;
                location / {
                    return 200 "hello\\n";
                }
            }
            """;
    /// What nginx's own command line is given.
    private static final String PROGRAM = """
            user USER;
            worker_processes 1;
            pid FOLDER/nginx.pid;
            error_log FOLDER/error.log;
            events {
                worker_connections 1024;
            }
            http {
                access_log FOLDER/access.log;
                upstream app {
                    server unix:FOLDER/app.sock;
                    keepalive 4;
                }
                server {
                    listen 127.0.0.1:PORT;
                    root FOLDER;
                    location /fixed/ {
                        return 200 "hello\\n";
                    }
                    location /app/ {
                        gzip on;
                        proxy_pass http://app;
                        proxy_set_header Host $host;
                    }
                }
                server {
                    listen unix:FOLDER/app.sock;
                    return 200 "hello\\n";
                }
            }
            """;
    private static final String UNIT = """
            [Unit]
            Description=Rehearsal of %i
            [Service]
            Environment=PLACE=%i
            ExecStart=/bin/sleep 60
            Restart=on-failure
            """;
    /// So many that what starts a unit counts as worth compiling.
    private static final int UNITS = 20;
    private static final Pattern PORT = Pattern.compile("\"address\":\"127\\.0\\.0\\.1:(\\d+)\"");
    private static final int TRIES = 400;

    private Rehearsal() {}

    /// @param program runs a command line of this program and says its exit status
    /// @param parts `nginx` for what serving as nginx needs and nothing else; all of it where none is named
    /// @return the exit status
    public static int run(ToIntFunction<List<String>> program, List<String> parts) throws IOException {
        Path folder = Files.createTempDirectory("fairlead-rehearsal");
        try {
            if (parts.contains("nginx")) {
                return serveAsNginx(program, Files.createDirectories(folder.resolve("nginx")));
            }
            Path stack = Files.createDirectories(folder.resolve("stack"));
            Files.writeString(stack.resolve("index.html"), "<p>hello</p>\n");
            Files.writeString(stack.resolve("site.conf"), SITE.replace("FOLDER", stack.toString()));
            for (int i = 0; i < UNITS; i++) {
                Files.writeString(stack.resolve("rehearsal-" + i + ".service"), UNIT);
            }
            int _ = serveAsNginx(program, Files.createDirectories(folder.resolve("nginx")));
            Thread visitor = Thread.ofPlatform().daemon().start(() -> visit(stack));
            int status = program.applyAsInt(List.of("up", stack.toString(), "--ports", "1=0"));
            visitor.interrupt();
            return status;
        } finally {
            Files.walkFileTree(folder, new Deletion());
        }
    }

    /// Has it check a configuration and serve it, as nginx is told to; it then stays until everything ends.
    private static int serveAsNginx(ToIntFunction<List<String>> program, Path folder) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path file = folder.resolve("nginx.conf");
        Files.writeString(
                file,
                PROGRAM.replace("FOLDER", folder.toString())
                        .replace("PORT", Integer.toString(port))
                        .replace("USER", System.getProperty("user.name")));
        Files.writeString(folder.resolve("index.html"), "<p>hello</p>\n");
        List<String> words = List.of("nginx", "-p", folder.toString(), "-c", file.toString(), "-g", "daemon off;");
        int status = program.applyAsInt(
                Stream.concat(words.stream(), Stream.of("-t")).toList());
        if (status != 0) {
            return status;
        }
        Thread.ofPlatform().daemon().start(() -> {
            int _ = program.applyAsInt(words);
        });
        for (String path : List.of("/", "/", "/fixed/", "/missing", "/app/")) {
            requestOnceItListens(port, path);
        }
        leaveAtOnce(port);
        return 0;
    }

    /// A rehearsal without that answer is one still.
    private static void requestOnceItListens(int port, String path) {
        for (int i = 0; i < TRIES; i++) {
            try {
                request(port, path);
                return;
            } catch (IOException notYet) {
                LockSupport.parkNanos(Duration.ofMillis(25).toNanos());
            }
        }
    }

    /// A client that closes its side first.
    private static void leaveAtOnce(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        }
    }

    /// Asks for a few things and then for the end.
    private static void visit(Path stack) {
        ControlClient client = new ControlClient(SocketFolder.current().socketFor(stack));
        try {
            int port = port(client);
            for (String path : List.of("/", "/index.html", "/missing", "/app/", "/app/", "/old/x")) {
                request(port, path);
            }
            client.ask("GET", "/status", true);
            client.ask("GET", "/logs", true);
            client.ask("POST", "/reload", true);
            client.ask("POST", "/stop", true);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static int port(ControlClient client) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < TRIES; i++) {
            try {
                Matcher matcher =
                        PORT.matcher(client.ask("GET", "/status", false).body());
                if (matcher.find()) {
                    return Integer.parseInt(matcher.group(1));
                }
            } catch (IOException notYet) {
                // It is still starting.
            }
            never.await(25, TimeUnit.MILLISECONDS);
        }
        throw new IllegalStateException("the rehearsal did not start");
    }

    /// Twice over one connection, which so is kept once and closed once.
    private static void request(int port, String path) throws IOException {
        String head = "GET " + path + " HTTP/1.1\r\nHost: example.test\r\nAccept-Encoding: gzip\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write((head + "\r\n" + head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readAllBytes();
        }
    }

    /// Removes a folder with all that is in it.
    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
