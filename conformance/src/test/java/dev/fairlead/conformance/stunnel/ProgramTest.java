package dev.fairlead.conformance.stunnel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Programs started for connections (`exec`), where stunnel cannot be asked by a test.
final class ProgramTest {
    private static Certs certs;

    @BeforeAll
    static void makeCertificates(@TempDir Path folder) throws IOException {
        certs = Certs.make(folder);
    }

    @Test
    void theClientIsToldWhyItFailsWhereNobodyElseIs() throws IOException {
        assertThat(run("foreground = quiet\n", "exec = /bin/ls\nexecArgs = ls /nonexistent\n"))
                .contains("/nonexistent");
    }

    @Test
    void variablesAreSetAndNoneOfTheLaunchersIsLeft() throws IOException {
        assertThat(run("setEnv = FAIRLEAD_TEST=yes\n", "exec = /usr/bin/env\n"))
                .contains("FAIRLEAD_TEST=yes", "REMOTE_HOST=127.0.0.1")
                .doesNotContain("_JAVA_SR_SIGNUM");
    }

    @Test
    void nothingIsLeftOfThoseThatHaveEnded() throws IOException {
        // Those whose event loop was closed before they had ended are nobody's until this process ends.
        List<ProcessHandle> before = ProcessHandle.current().children().toList();
        Trial.Visit visit = scene -> Client.tls(scene.port(), scene.nobody(), "", "");
        Trial.Visit look = scene -> {
            // One that nobody has collected has no command any more.
            Deadline.inSeconds(60)
                    .await(
                            "each program is collected",
                            () -> ProcessHandle.current()
                                    .children()
                                    .filter(child -> !before.contains(child))
                                    .allMatch(child -> child.info().command().isPresent()));
            return "";
        };
        run("", "exec = /bin/true\n", visit, visit, visit, visit, look);
    }

    @Test
    void itHasNoDescriptorsButItsOwn() throws IOException {
        Path script = certs.folder().resolve("open.sh");
        Files.writeString(script, "#!/bin/sh\ncd /proc/$$/fd && echo *\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        // The shell has the script at 10 and the folder at 3.
        assertThat(run("", "exec = " + script + "\n")).contains("\"0 1 10 2 3|\"");
    }

    private static String run(String options, String service) throws IOException {
        return run(options, service, scene -> Client.tls(scene.port(), scene.nobody(), "", ""));
    }

    private static String run(String options, String service, Trial.Visit... visits) throws IOException {
        return new Trial(
                        "exec",
                        options + "cert = {certs}/server-all.pem\n[service]\naccept = 127.0.0.1:{A}\n" + service,
                        List.of(visits))
                .run(Program.Ours::stunnel, certs);
    }
}
