package dev.fairlead.conformance.stunnel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/// One configuration, its servers, and what its clients see.
///
/// @param conf sections; `A` and `B` at the end of a line's value stand for the ports that are accepted on,
///     `{plain}`, `{second}`, `{tls}`, `{strict}`, `{unix}` for servers, `{nobody}` for a port where nobody
///     listens
/// @param visits what clients do, one after the other
record Trial(String name, String conf, List<Visit> visits) {

    /// One for stunnel.
    static Trial of(String name, String conf, Visit... visits) {
        return new Trial(name, "foreground = yes\nsyslog = no\npid =\n" + conf, List.of(visits));
    }

    /// What one client does.
    @FunctionalInterface
    interface Visit {
        String run(Scene scene);
    }

    /// What is there during a trial.
    record Scene(Certs certs, int port, int otherPort) {
        SSLContext nobody() {
            return Tls.context(certs, "");
        }

        SSLContext as(String name) {
            return Tls.context(certs, name);
        }
    }

    /// What starts a program.
    @FunctionalInterface
    interface Starter {
        Program start(Path conf) throws IOException;
    }

    /// @return what clients and servers saw, a line each
    String run(Starter starter, Certs certs, Path folder) throws IOException {
        Path socket = Files.createTempDirectory("stunnel").resolve("s");
        try (Backend plain = Backend.plain("plain");
                Backend second = Backend.plain("second");
                Backend tls = Backend.tls("tls", Tls.context(certs, "server"), false);
                Backend strict = Backend.tls("strict", Tls.context(certs, "server"), true);
                Backend unix = Backend.unix("unix", socket)) {
            Scene scene = new Scene(certs, free(), free());
            String text = conf.replace("{A}", Integer.toString(scene.port()))
                    .replace("{B}", Integer.toString(scene.otherPort()))
                    .replace("{plain}", plain.place())
                    .replace("{second}", second.place())
                    .replace("{tls}", tls.place())
                    .replace("{strict}", strict.place())
                    .replace("{unix}", unix.place())
                    .replace("{nobody}", Integer.toString(free()))
                    .replace("{certs}", folder.toString());
            Path file = Files.writeString(Files.createTempFile(folder, "stunnel", ".conf"), text);
            Program program = starter.start(file);
            String seen;
            try {
                seen = visits.stream()
                        .map(visit -> "client " + visit.run(scene))
                        .collect(Collectors.joining("\n"));
            } finally {
                program.close();
            }
            Files.deleteIfExists(socket);
            Files.deleteIfExists(socket.getParent());
            return seen + heard("plain", plain) + heard("second", second) + heard("tls", tls) + heard("strict", strict);
        }
    }

    /// How connections ended is seen by clients; servers may be told in other ways.
    private static String heard(String name, Backend backend) {
        return backend.heard().stream()
                .sorted()
                .filter(line -> line.startsWith("from ") || line.startsWith("name "))
                .distinct()
                .map(line -> "\n" + name + " heard " + line)
                .collect(Collectors.joining());
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
