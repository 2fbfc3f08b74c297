package dev.fairlead.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.cli.pound.PoundctlPersonality;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.Ports;
import dev.fairlead.testkit.ProcessUnderTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A stack with Pound's configuration has the socket that it asks for, over reloads.
@Timeout(180)
class PoundStackTest {
    @Test
    void whatOperatorsSwitchedStaysAfterAReloadAndTheSocketGoesWithItsDirective(@TempDir Path temporary)
            throws IOException {
        int port = Ports.free();
        Path site = temporary.resolve("site");
        Path cfg = site.resolve("etc/pound/pound.cfg");
        Path socket = site.resolve("run/pound.sock");
        Files.createDirectories(site.resolve("etc/pound"));
        Files.writeString(site.resolve("etc/pound/first.html"), "first");
        Files.writeString(site.resolve("etc/pound/second.html"), "second");
        String rest = """
                ListenHTTP
                    Address 127.0.0.1
                    Port %d
                End
                Service "first"
                    Error 404 "first.html"
                End
                Service "second"
                    Error 404 "second.html"
                End
                """.formatted(port);
        Files.writeString(cfg, "Control \"/run/pound.sock\"\n" + rest);
        Program program = new Program(temporary);
        try (ProcessUnderTest up = program.start("up", site.toString())) {
            Deadline.inSeconds(60).await("the stack to be ready", () -> {
                assertThat(up.running()).as(up.output()).isTrue();
                return up.output().contains("ready");
            });
            assertThat(poundctl(socket, "list")).contains("Service \"first\" active");
            assertThat(Program.get(port, "/")).isEqualTo("first");
            poundctl(socket, "off", "/-/first");
            assertThat(Program.get(port, "/")).isEqualTo("second");

            Files.writeString(
                    cfg, "# new\nControl \"/run/pound.sock\"\n" + rest + "Service \"third\"\nError 404\nEnd\n");
            assertThat(program.run("reload").output()).contains("reloaded");
            assertThat(poundctl(socket, "list"))
                    .contains("Service \"first\" disabled")
                    .contains("Service \"third\" active");
            assertThat(Program.get(port, "/")).isEqualTo("second");

            Files.writeString(cfg, "# nothing is switched\n" + rest);
            assertThat(program.run("reload").output()).contains("reloaded");
            assertThat(socket).doesNotExist();
            assertThat(Program.get(port, "/")).isEqualTo("first");
            up.signal("TERM");
            up.awaitExit(Deadline.inSeconds(40));
        }
    }

    private static String poundctl(Path socket, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<String> all = Stream.concat(Stream.of("-s", socket.toString()), Stream.of(words))
                .toList();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        new PoundctlPersonality(stream, stream).run(all);
        return out.toString(StandardCharsets.UTF_8);
    }
}
