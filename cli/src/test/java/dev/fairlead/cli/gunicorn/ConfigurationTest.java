package dev.fairlead.cli.gunicorn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.fairlead.dialect.gunicorn.CommandLine;
import dev.fairlead.dialect.gunicorn.Fault;
import dev.fairlead.source.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void aNameOfTheFileThatIsNearlyASettingIsToldWithItsLine() throws Fault, IOException {
        Files.writeString(folder.resolve("gunicorn.conf.py"), """
                import os

                bind = "127.0.0.1:8000"
                log_level = "debug"
                shop_name = "mine"
                def when_redy(server):
                    pass
                """);
        Configuration configuration = Configuration.read(
                CommandLine.parse(List.of("shop:app")),
                Map.of(),
                folder,
                where -> "bind\tvalue\t127.0.0.1:8000\nlog_level\tvalue\tdebug\nshop_name\tvalue\tmine\n"
                        + "when_redy\thook\twhen_redy\n");
        Problems problems = new Problems();
        configuration.remarks().forEach(problems::add);
        assertThat(problems.render().replace(folder + "/", "")).isEqualTo("""
                gunicorn.conf.py:4:1: warning: "log_level" is no setting of gunicorn: it is passed over [gunicorn.unknown-setting]
                    log_level = "debug"
                    ^^^^^^^^^
                  hint: did you mean loglevel?

                gunicorn.conf.py:6:5: warning: "when_redy" is no setting of gunicorn: it is passed over [gunicorn.unknown-setting]
                    def when_redy(server):
                        ^^^^^^^^^
                  hint: did you mean when_ready?""");
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1:80a, 80a", "localhost:, ''", "[::1]:99999, 99999", ":http, http"})
    void whatIsNoPortIsRefused(String bind, String port) throws Fault, IOException {
        Configuration configuration = Configuration.read(
                CommandLine.parse(List.of("--bind", bind, "shop:app")), Map.of(), folder, where -> "");
        assertThatIOException()
                .isThrownBy(() -> Sockets.of(configuration.settings(), Map.of()))
                .withMessageStartingWith("Error: '" + port + "' is not a valid port number");
    }
}
