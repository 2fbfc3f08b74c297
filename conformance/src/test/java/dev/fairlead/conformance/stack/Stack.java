package dev.fairlead.conformance.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.conformance.Distribution;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.Ports;
import dev.fairlead.testkit.ProcessUnderTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A copy of `examples/nethelper` whose instances listen on ports that are free, run by `fairlead up`.
final class Stack implements AutoCloseable {
    private static final List<String> INSTANCES = List.of("4001", "4002", "4003");
    private static final Pattern UNIT =
            Pattern.compile("\"name\":\"(nethelper@\\d+)\\.service\"[^}]*?\"mainPid\":(\\d+)");

    private static final Pattern NEXT = Pattern.compile("\"server\" : \"127\\.0\\.0\\.1:(\\d+)\"");

    final int port = Ports.free();
    private final Path folder;
    private final String launcher;
    private final Map<String, String> environment;
    private final Map<String, String> ports = new LinkedHashMap<>();
    private final ProcessUnderTest process;

    /// @param scratch where the copy and the control socket go
    Stack(Path scratch) throws IOException {
        folder = scratch.resolve("nethelper");
        launcher = Distribution.launcher().orElseThrow().toString();
        environment = Map.of(
                "FAIRLEAD_RUNTIME_DIR",
                scratch.resolve("run").toString(),
                "FAIRLEAD_JAVA_OPTS",
                "-Dio.netty.leakDetection.level=advanced -XX:+StartAttachListener");
        INSTANCES.forEach(instance -> ports.put(instance, "" + Ports.free()));
        ExampleFolder.copy("nethelper", folder, ports, "conf");
        process = ProcessUnderTest.startUntil(
                "that it is ready",
                line -> line.startsWith("ready"),
                scratch,
                environment,
                List.of(launcher, "up", folder.toString(), "--ports", "80=" + port));
    }

    Path file(String path) {
        return folder.resolve(path);
    }

    /// Waits until every instance listens: a unit counts as running before its program does.
    void awaitAnswering() {
        ports.values().forEach(instance -> Ports.awaitListening(Integer.parseInt(instance), Deadline.inSeconds(60)));
    }

    int awaitExit() {
        return process.awaitExit(Deadline.inSeconds(60));
    }

    /// The port of the server that the running stack says is next for a request.
    String next(String path) {
        Matcher next = NEXT.matcher(say("explain", "--json", "http://localhost:" + port + path));
        assertThat(next.find()).isTrue();
        return next.group(1);
    }

    /// Says a command of `fairlead` to the running stack, which has to do it within 60 s.
    String say(String... command) {
        ProcessUnderTest told = told(command);
        assertThat(told.awaitExit(Deadline.inSeconds(60))).as(told::output).isZero();
        return told.output();
    }

    /// Says a command that has to fail, and returns the reasons given.
    String refused(String... command) {
        ProcessUnderTest told = told(command);
        assertThat(told.awaitExit(Deadline.inSeconds(60))).as(told::output).isEqualTo(1);
        return told.output();
    }

    private ProcessUnderTest told(String... command) {
        List<String> whole = new ArrayList<>(List.of(launcher));
        whole.addAll(Arrays.asList(command));
        whole.addAll(List.of("-C", folder.toString()));
        return ProcessUnderTest.start(folder, environment, whole);
    }

    /// The units with their main process, such as `nethelper@4001` → 12345; those without one are left out.
    Map<String, Long> pids() {
        Map<String, Long> pids = new LinkedHashMap<>();
        Matcher unit = UNIT.matcher(say("status", "--json"));
        while (unit.find()) {
            pids.put(unit.group(1), Long.valueOf(unit.group(2)));
        }
        return pids;
    }

    /// Kills a unit's main process and waits until the unit has another.
    void killAndAwaitReturn(String unit) {
        Map<String, Long> before = pids();
        assertThat(before).as("units that run").containsKey(unit);
        long pid = before.getOrDefault(unit, 0L);
        ProcessUnderTest.signal("KILL", pid);
        Deadline.inSeconds(60).await(unit + " to come back", () -> pids().getOrDefault(unit, pid) != pid);
    }

    String output() {
        return process.output();
    }

    /// Lines of its output that tell of leaks or crashes.
    List<String> complaints() {
        return output().lines()
                .filter(line -> line.contains("LEAK:") || line.contains("Exception in thread"))
                .toList();
    }

    @Override
    public void close() {
        process.close();
    }
}
