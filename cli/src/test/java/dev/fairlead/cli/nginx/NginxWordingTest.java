package dev.fairlead.cli.nginx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.ProcessUnderTest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Says what the real program says, where that is installed.
class NginxWordingTest {
    private static final String NGINX = "/usr/sbin/nginx";

    @TempDir
    private Path folder = Path.of("");

    private record Said(String text, int status) {}

    @BeforeEach
    void theRealProgramIsInstalled() {
        assumeThat(Files.isExecutable(Path.of(NGINX))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-x", "-tqx", "start", "-s", "-s restart", "-p", "-c", "-e", "-g", "-t extra", "-q -z", "-cs -s"
            })
    void whatCannotBeUnderstoodIsRefusedInTheSameWords(String words) {
        List<String> line = List.of(words.split(" "));
        assertThat(ours(line)).isEqualTo(real(line));
    }

    @Test
    void debiansStockConfigurationIsPraisedInTheSameWords() {
        assumeThat(Files.isReadable(Path.of("/etc/nginx/nginx.conf"))).isTrue();
        assumeThat(System.getProperty("user.name")).isEqualTo("root");
        assertThat(ours(List.of("-t"))).isEqualTo(real(List.of("-t")));
    }

    @Test
    void aDumpIsTheSame() throws java.io.IOException {
        Path conf = folder.resolve("nginx.conf");
        Files.writeString(folder.resolve("part.conf"), "server { listen 127.0.0.1:18999; }\n");
        Files.writeString(
                conf,
                "pid " + folder + "/pid; error_log " + folder
                        + "/error.log;\nevents { }\nhttp { access_log off; include " + folder + "/part.conf; }\n");
        List<String> line = List.of("-T", "-c", conf.toString());
        assertThat(ours(line)).isEqualTo(real(line));
    }

    @Test
    void aPidFileThatHoldsNoNumberIsReported() throws java.io.IOException {
        Path conf = folder.resolve("nginx.conf");
        Files.writeString(folder.resolve("pid"), "nobody\n");
        Files.writeString(conf, "pid " + folder + "/pid; events { }\n");
        Said ours = ours(List.of("-s", "reload", "-c", conf.toString()));
        assertThat(ours.text()).isEqualTo("nginx: [error] invalid PID number \"nobody\" in \"" + folder + "/pid\"");
        assertThat(ours.status())
                .isEqualTo(real(List.of("-s", "reload", "-c", conf.toString())).status());
    }

    private static Said real(List<String> words) {
        List<String> line = new ArrayList<>(List.of(NGINX));
        line.addAll(words);
        ProcessUnderTest nginx = ProcessUnderTest.run(Path.of("/"), line.toArray(new String[0]));
        return new Said(nginx.output().strip(), nginx.awaitExit(Deadline.inSeconds(60)));
    }

    private static Said ours(List<String> words) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        int status = new NginxPersonality(out, out).run(words);
        return new Said(said.toString(StandardCharsets.UTF_8).strip(), status);
    }
}
