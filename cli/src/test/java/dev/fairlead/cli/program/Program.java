package dev.fairlead.cli.program;

import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.ProcessUnderTest;
import dev.fairlead.testkit.Wire;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Starts the program the way the launcher does, from the classes under test, with control sockets in a folder
/// of its own.
///
/// @param folder where it is started; control sockets lie in `run` below it
record Program(Path folder) {
    private static final String SIGNALS = "HUP,INT,QUIT,USR1,USR2,TERM,CHLD,TTIN,TTOU,WINCH";

    /// Starts it and returns at once.
    ProcessUnderTest start(String... words) {
        return ProcessUnderTest.start(folder, environment(), command(words));
    }

    /// Runs it to its end.
    ProcessUnderTest run(String... words) {
        ProcessUnderTest program = start(words);
        program.awaitExit(Deadline.inSeconds(60));
        return program;
    }

    private Map<String, String> environment() {
        return Map.of("FAIRLEAD_RUNTIME_DIR", folder.resolve("run").toString(), "_JAVA_SR_SIGNUM", "62");
    }

    private static List<String> command(String... words) {
        List<String> command = new ArrayList<>(List.of(
                "env",
                "--block-signal=" + SIGNALS,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xrs",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dio.netty.jfr.enabled=false",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.fairlead.cli.Main"));
        command.addAll(List.of(words));
        return command;
    }

    /// What a GET of this path is answered with.
    static String get(int port, String path) {
        try (Wire wire = Wire.connect(port)) {
            wire.send("GET " + path + " HTTP/1.1\nHost: example.test\nConnection: close\n\n");
            return wire.reply().body();
        }
    }
}
