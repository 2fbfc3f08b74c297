package dev.fairlead.conformance.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.conformance.Distribution;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.Ports;
import dev.fairlead.testkit.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The example stack without any disturbance: what its README promises.
class ExampleStackTest {
    @TempDir(factory = ForEverybody.class)
    private Path scratch;

    @SuppressWarnings("NullAway.Init") // started before each test
    private Stack stack;

    @BeforeEach
    void start() throws IOException {
        Distribution.require();
        stack = new Stack(scratch);
    }

    @AfterEach
    void end() {
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    void nineRequestsAreAnsweredThreeTimesByEachInstance() {
        Map<String, Integer> answers = new TreeMap<>();
        assertThat(stack.pids()).hasSize(3);
        stack.awaitAnswering();
        for (int i = 0; i < 9; i++) {
            String explained = i < 3 ? stack.next("/whoami") : "";
            String instance = answeredBy();
            assertThat(instance).as("explained: %s", explained).contains(explained);
            answers.merge(instance, 1, Integer::sum);
        }
        assertThat(answers)
                .hasSize(3)
                .allSatisfy((instance, count) -> assertThat(count).isEqualTo(3));
    }

    @Test
    void aReloadOfABrokenFolderSaysWhyAndChangesNothing() throws IOException {
        stack.awaitAnswering();
        Path site = stack.file("etc/nginx/sites-enabled/nethelper.conf");
        Files.writeString(site, Files.readString(site).replace("server_name _;", "server_nam _;"));
        assertThat(stack.refused("reload"))
                .contains("unknown directive \"server_nam\"")
                .contains("server_name");
        assertThat(answeredBy()).isNotEmpty();
    }

    @Test
    void staticFilesAreSentWithoutAskingPython() {
        try (Wire wire = Wire.connect(stack.port)) {
            wire.send("GET /static/app.js HTTP/1.1\nHost: localhost\nConnection: close\n\n");
            var reply = wire.reply();
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.header("X-Instance")).isEmpty();
            assertThat(reply.header("Content-Type")).contains("text/javascript");
        }
    }

    @Test
    void stopEndsEverythingInOrder() {
        Map<String, Long> pids = stack.pids();
        stack.say("stop");
        assertThat(stack.awaitExit()).isZero();
        assertThat(Ports.isListening(stack.port)).isFalse();
        pids.values()
                .forEach(pid -> Deadline.inSeconds(60)
                        .await(
                                "the end of " + pid,
                                () -> ProcessHandle.of(pid)
                                        .filter(ProcessHandle::isAlive)
                                        .isEmpty()));
    }

    private String answeredBy() {
        try (Wire wire = Wire.connect(stack.port)) {
            wire.send("GET /whoami HTTP/1.1\nHost: localhost\nConnection: close\n\n");
            return wire.reply().header("X-Instance").orElse("");
        }
    }
}
