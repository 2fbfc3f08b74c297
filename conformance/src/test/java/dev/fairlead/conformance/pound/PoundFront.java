package dev.fairlead.conformance.pound;

import dev.fairlead.conformance.Distribution;
import dev.fairlead.conformance.cases.Keys;
import dev.fairlead.conformance.cases.Names;
import dev.fairlead.conformance.cases.Running;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Fairlead as pound, running a group's configuration.
final class PoundFront {
    private PoundFront() {}

    /// @param servers ports that stand for `%UP1%` and so on
    static Running start(Path folder, Path root, String config, List<Integer> servers) throws IOException {
        Path keys = folder.resolve("keys");
        Names names = Names.ofPorts(5).upstreams(servers).folder("%ROOT%", root).folder("%KEYS%", keys);
        Files.createDirectories(folder);
        if (config.contains("%KEYS%")) {
            makeKeys(keys);
        }
        Path file = folder.resolve("pound.cfg");
        Files.writeString(file, names.specialised("LogLevel 0\n" + config), StandardCharsets.ISO_8859_1);
        return Running.start(
                new Running.Setting(folder, keys, names, false),
                List.of(Distribution.launcher().orElseThrow().toString(), "pound", "-F", "-f", file.toString()));
    }

    /// Certificates, each in one file with its key, as Pound wants them; one of them alone in a folder.
    private static void makeKeys(Path keys) throws IOException {
        Keys.make(keys, "a.example", "b.example", "*.wild.example", "client.example", "stranger.example");
        for (String name : List.of("a.example", "b.example", "*.wild.example", "client.example")) {
            String both = Files.readString(keys.resolve(name + ".crt")) + Files.readString(keys.resolve(name + ".key"));
            Files.writeString(keys.resolve(name.replace("*.", "") + ".pem"), both);
        }
        Files.createDirectories(keys.resolve("more"));
        Files.copy(keys.resolve("b.example.pem"), keys.resolve("more/site.pem"));
    }
}
