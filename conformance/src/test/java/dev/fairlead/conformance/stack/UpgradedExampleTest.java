package dev.fairlead.conformance.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.conformance.Distribution;
import dev.fairlead.testkit.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The example stack is upgraded by its launcher while clients ask.
class UpgradedExampleTest {
    private static final int CONNECTIONS = 16;

    @TempDir(factory = ForEverybody.class)
    private Path scratch;

    @SuppressWarnings("NullAway.Init") // started before each test
    private Stack stack;

    @BeforeEach
    void start() throws IOException {
        Distribution.require();
        stack = new Stack(scratch);
        stack.awaitAnswering();
    }

    @AfterEach
    void end() {
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    void noRequestFailsAndInstancesGoOnUnlessTheNewProgramRefusesTheFolder() throws IOException {
        Map<String, Long> before = stack.pids();
        try (Load load = new Load(stack.port, CONNECTIONS)) {
            Deadline.inSeconds(60).await("requests", () -> load.answers() > CONNECTIONS);
            assertThat(stack.say("upgrade")).contains("upgraded: the new program runs");
            int answers = load.answers();
            Deadline.inSeconds(60).await("more requests", () -> load.answers() > answers + CONNECTIONS);
            assertThat(stack.pids()).isEqualTo(before);
            Path site = stack.file("etc/nginx/sites-enabled/nethelper.conf");
            Files.writeString(site, Files.readString(site).replace("server_name _;", "server_nam _;"));
            assertThat(stack.refused("upgrade"))
                    .contains("the program on disk does not take this stack", "unknown directive \"server_nam\"")
                    .contains("nothing was upgraded");
            assertThat(load.stop()).isEmpty();
        }
        assertThat(stack.complaints()).isEmpty();
    }
}
