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
    /// Seconds; a busy machine takes long to start a Java machine.
    private static final int PATIENCE = 180;

    private static final String SIGNALS = "HUP,INT,QUIT,USR1,USR2,TERM,CHLD,TTIN,TTOU,WINCH";

    /// Opens a socket, makes it descriptor 3 and becomes the program.
    private static final String GIVING_SOCKET = """
            import os, socket, sys
            listening = socket.socket()
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(("127.0.0.1", int(sys.argv[1])))
            listening.listen(16)
            os.dup2(listening.fileno(), 3)
            os.set_inheritable(3, True)
            os.execvp(sys.argv[2], sys.argv[2:])
            """;

    /// Starts it and returns at once.
    ProcessUnderTest start(String... words) {
        return ProcessUnderTest.start(folder, environment(), command(words));
    }

    /// Runs a stack, and returns once it is ready.
    ProcessUnderTest up(Path stack) {
        ProcessUnderTest up = start("up", stack.toString());
        up.awaitLine("readiness", line -> line.startsWith("ready in"), Deadline.inSeconds(PATIENCE));
        return up;
    }

    /// Starts it as the first process of a PID namespace, with a `/proc` of that.
    ProcessUnderTest startAsFirstProcess(String... words) {
        List<String> command = new ArrayList<>(List.of("unshare", "-fp", "--mount-proc", "--kill-child"));
        command.addAll(command(words));
        return ProcessUnderTest.start(folder, environment(), command);
    }

    /// Runs it to its end.
    ProcessUnderTest run(String... words) {
        ProcessUnderTest program = start(words);
        program.awaitExit(Deadline.inSeconds(60));
        return program;
    }

    Map<String, String> environment() {
        return Map.of("FAIRLEAD_RUNTIME_DIR", folder.resolve("run").toString(), "_JAVA_SR_SIGNUM", "62");
    }

    static List<String> command(String... words) {
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

    /// A command that runs with a socket as descriptor 3, which listens on the port of the loopback address.
    static List<String> withSocket(int port, List<String> command) {
        List<String> all = new ArrayList<>(List.of("python3", "-c", GIVING_SOCKET, Integer.toString(port)));
        all.addAll(command);
        return all;
    }

    /// What a GET of this path is answered with.
    static String get(int port, String path) {
        try (Wire wire = Wire.connect(port)) {
            wire.send("GET " + path + " HTTP/1.1\nHost: example.test\nConnection: close\n\n");
            return wire.reply().body();
        }
    }
}
