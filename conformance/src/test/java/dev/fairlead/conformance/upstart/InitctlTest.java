package dev.fairlead.conformance.upstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.conformance.Distribution;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.Ports;
import dev.fairlead.testkit.ProcessUnderTest;
import dev.fairlead.testkit.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A site whose application is a job behind nginx's configuration, run by `fairlead up`, and what Upstart's tools
/// say and do about it.
class InitctlTest {
    private static final int PATIENCE = 60;

    @TempDir
    Path scratch;

    @BeforeEach
    void prepare() {
        Distribution.require();
    }

    @Test
    void aJobServesASiteAndIsSteeredByUpstartsTools() throws IOException {
        int inner = Ports.free();
        int outer = Ports.free();
        write(
                "nginx/conf.d/shop.conf",
                "server { listen 127.0.0.1:80; location / { proxy_pass http://127.0.0.1:" + inner + "; } }\n");
        write("init/shop.conf", """
                description "A shop"
                start on started nginx
                stop on runlevel [06]
                respawn
                respawn limit 10 5
                env PORT=@PORT@
                chdir /srv
                exec /usr/bin/python3 -m http.server --bind 127.0.0.1 $PORT
                post-start script
                  initctl emit shop-open PORT=$PORT
                end script
                """.replace("@PORT@", Integer.toString(inner)));
        write("init/crier.conf", """
                task
                start on shop-open
                exec echo "the shop is open at $PORT"
                """);
        write("init/clerk.conf", """
                usage "NAME=who"
                instance $NAME
                exec sleep 600
                pre-stop script
                  [ -e @SIGN@ ] || start
                end script
                """.replace("@SIGN@", sign().toString()));
        Files.createDirectories(scratch.resolve("stack/srv"));
        Files.writeString(scratch.resolve("stack/srv/index.html"), "welcome\n");
        try (ProcessUnderTest stack = up(outer)) {
            Deadline.inSeconds(PATIENCE).await("the shop", () -> shown(outer).endsWith("welcome\n"));
            toolsTellOfJobs();
            aKilledJobComesBack();
            aJobMayCancelItsStop();
            toolsSayWhyNot();
            assertThat(tool("stop", 0, "shop")).isEqualTo("shop stop/waiting");
            assertThat(tool("initctl", 0, "list")).contains("shop stop/waiting");
            assertThat(tool("start", 0, "shop")).startsWith("shop start/running, process ");
            stack.signal("TERM");
            assertThat(stack.awaitExit(Deadline.inSeconds(PATIENCE)))
                    .as(stack::output)
                    .isZero();
        }
    }

    private void toolsTellOfJobs() {
        Deadline.inSeconds(PATIENCE)
                .await("the shop is up", () -> tool("status", 0, "shop").startsWith("shop start/running, process "));
        assertThat(tool("initctl", 0, "list").lines().map(line -> line.replaceAll("[0-9]+", "N")))
                .containsExactly("clerk stop/waiting", "crier stop/waiting", "shop start/running, process N");
        assertThat(tool("initctl", 0, "show-config", "shop"))
                .isEqualTo("shop\n  start on started nginx\n  stop on runlevel [06]");
        assertThat(tool("initctl", 0, "check-config")).isEmpty();
        assertThat(tool("initctl", 0, "usage", "clerk")).isEqualTo("Usage: NAME=who");
        Deadline.inSeconds(PATIENCE)
                .await(
                        "what the crier said",
                        () -> tool("fairlead", 0, "logs", "crier").contains("the shop is open at "));
    }

    private void aKilledJobComesBack() {
        String before = tool("status", 0, "shop");
        ProcessUnderTest.signal("KILL", Long.parseLong(before.substring(before.lastIndexOf(' ') + 1)));
        Deadline.inSeconds(PATIENCE).await("another process", () -> {
            String now = tool("status", 0, "shop");
            return now.startsWith("shop start/running, process ") && !now.equals(before);
        });
    }

    private void aJobMayCancelItsStop() throws IOException {
        String started = tool("initctl", 0, "start", "clerk", "NAME=ann");
        assertThat(started).startsWith("clerk (ann) start/running, process ");
        tool("initctl", 0, "stop", "clerk", "NAME=ann");
        Deadline.inSeconds(PATIENCE)
                .await(
                        "it goes on",
                        () -> tool("status", 0, "clerk", "NAME=ann").equals(started));
        // Else the whole stack would wait for it at its end, as long as jobs may take for that.
        Files.createFile(sign());
        assertThat(tool("initctl", 0, "stop", "clerk", "NAME=ann")).isEqualTo("clerk (ann) stop/waiting");
    }

    /// What lets the clerk be stopped.
    private Path sign() {
        return scratch.resolve("closing-time");
    }

    private void toolsSayWhyNot() {
        assertThat(tool("initctl", 1, "status", "shpo")).isEqualTo("initctl: Unknown job: shpo (did you mean shop?)");
        assertThat(tool("start", 1, "shop")).isEqualTo("start: Job is already running: shop");
        assertThat(tool("start", 1, "clerk")).isEqualTo("start: Unknown parameter: NAME");
        assertThat(tool("stop", 1, "clerk", "NAME=bob")).isEqualTo("stop: Unknown instance: bob");
        assertThat(tool("initctl", 1, "strat", "shop"))
                .startsWith("initctl: invalid command: strat (did you mean start?)");
        assertThat(tool("initctl", 0, "emit", "nobody-waits", "A=1")).isEmpty();
    }

    private void write(String name, String text) throws IOException {
        Path file = scratch.resolve("stack/etc").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private ProcessUnderTest up(int port) {
        return ProcessUnderTest.startUntil(
                "that it is ready",
                line -> line.startsWith("ready"),
                scratch,
                environment(),
                List.of(
                        Distribution.launcher().orElseThrow().toString(),
                        "up",
                        scratch.resolve("stack").toString(),
                        "--ports",
                        "80=" + port));
    }

    private Map<String, String> environment() {
        return Map.of("FAIRLEAD_RUNTIME_DIR", scratch.resolve("run").toString());
    }

    /// What the launcher says under another name.
    private String tool(String name, int status, String... words) {
        Path link = scratch.resolve(name);
        try {
            if (!Files.exists(link)) {
                Files.createSymbolicLink(link, Distribution.launcher().orElseThrow());
            }
        } catch (IOException refused) {
            throw new AssertionError(refused);
        }
        List<String> command = new ArrayList<>(List.of(link.toString()));
        command.addAll(List.of(words));
        try (ProcessUnderTest process = ProcessUnderTest.start(scratch, environment(), command)) {
            assertThat(process.awaitExit(Deadline.inSeconds(PATIENCE)))
                    .as(process::output)
                    .isEqualTo(status);
            return process.output().strip();
        }
    }

    private static String shown(int port) {
        try (Wire wire = Wire.connect(port)) {
            wire.send("GET / HTTP/1.0\r\nHost: shop\r\n\r\n");
            return new String(wire.rest(), StandardCharsets.ISO_8859_1);
        } catch (AssertionError notYet) {
            return "";
        }
    }
}
