package dev.fairlead.conformance.stunnel;

import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/// One configuration, its servers, and what its clients see.
///
/// @param conf sections; `A` and `B` at the end of a line's value stand for the ports that are accepted on,
///     `{plain}`, `{second}`, `{tls}`, `{strict}`, `{greeting}`, `{unix}` for servers, `{nobody}` for a port where
/// nobody
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

        /// One that shows the certificate of that name.
        static Visit as(String name) {
            return scene -> (name + " " + Client.tls(scene.port(), scene.as(name), "", "bye\n"));
        }

        /// The same in TLS 1.2.
        static Visit old(String name) {
            return scene -> (name + " " + Client.tls(scene.port(), scene.as(name), "", "bye\n", "TLSv1.2"));
        }
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
    String run(Starter starter, Certs certs) throws IOException {
        Path socket = Files.createTempDirectory("stunnel").resolve("s");
        try (Backend plain = Backend.plain("plain");
                Backend second = Backend.plain("second");
                Backend tls = Backend.tls("tls", Tls.context(certs, "server"), false);
                Backend strict = Backend.tls("strict", Tls.context(certs, "server"), true);
                Backend greeting = Backend.greeting("greeting", Tls.context(certs, "server"), greeter());
                Backend unix = Backend.unix("unix", socket)) {
            Scene scene = new Scene(certs, Ports.free(), Ports.free());
            String text = conf.replace("{A}", Integer.toString(scene.port()))
                    .replace("{B}", Integer.toString(scene.otherPort()))
                    .replace("{plain}", plain.place())
                    .replace("{second}", second.place())
                    .replace("{tls}", tls.place())
                    .replace("{strict}", strict.place())
                    .replace("{greeting}", greeting.place())
                    .replace("{unix}", unix.place())
                    .replace("{nobody}", Integer.toString(Ports.free()))
                    .replace("{ocsp}", Integer.toString(certs.responderPort()))
                    .replace("{certs}", certs.folder().toString());
            Path file = Files.writeString(Files.createTempFile(certs.folder(), "stunnel", ".conf"), text);
            Program program = starter.start(file);
            String seen;
            try {
                // stunnel tells that it has read its configuration before it listens.
                for (int port : listened(scene)) {
                    Ports.awaitListener(port, Deadline.inSeconds(60));
                }
                seen = visits.stream()
                        .map(visit -> "client " + visit.run(scene))
                        .collect(Collectors.joining("\n"));
            } finally {
                program.close();
            }
            Files.deleteIfExists(socket);
            Files.deleteIfExists(socket.getParent());
            return seen
                    + heard("plain", plain)
                    + heard("second", second)
                    + heard("tls", tls)
                    + heard("strict", strict)
                    + heard("greeting", greeting);
        }
    }

    /// What the server at `{greeting}` says, by a comment of the configuration: `; greeting NAME`.
    private Greeter greeter() {
        return conf.lines()
                .filter(line -> line.startsWith("; greeting "))
                .map(line -> Greeter.ALL.get(line.substring("; greeting ".length())))
                .findFirst()
                .orElse(new Greeter(List.of()));
    }

    /// How connections ended is seen by clients; servers may be told in other ways.
    private static String heard(String name, Backend backend) {
        return backend.heard().stream()
                .sorted()
                .filter(line -> line.startsWith("from ") || line.startsWith("name ") || line.startsWith("asks "))
                .distinct()
                .map(line -> "\n" + name + " heard " + line)
                .collect(Collectors.joining());
    }

    private List<Integer> listened(Scene scene) {
        List<Integer> ports = new ArrayList<>();
        if (conf.contains("{A}")) {
            ports.add(scene.port());
        }
        if (conf.contains("{B}")) {
            ports.add(scene.otherPort());
        }
        return ports;
    }

    /// Whether it has limits of a second or so, which a busy machine may miss.
    boolean isTimed() {
        return conf.contains("TIMEOUT") || conf.contains("_timeout") || conf.contains("_rate");
    }

    /// What clients and servers saw of two programs.
    record Compared(String theirs, String ours) {}

    /// Runs it with both, again if they differ where it is timed.
    Compared compare(Starter theirs, Starter ours, Certs certs) throws IOException {
        Compared found = new Compared(run(theirs, certs), run(ours, certs));
        for (int again = 0; again < 2 && isTimed() && !found.ours().equals(found.theirs()); again++) {
            found = new Compared(run(theirs, certs), run(ours, certs));
        }
        return found;
    }

    @Override
    public String toString() {
        return name;
    }
}
