package dev.fairlead.cli.adopt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fairlead.dialect.upstart.UpstartDialect;
import dev.fairlead.dialect.upstart.UpstartOptions;
import dev.fairlead.model.service.Job;
import dev.fairlead.model.service.execution.EnvironmentSource;
import dev.fairlead.model.service.execution.WorkingDirectory;
import dev.fairlead.source.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdoptableJobTest {
    @TempDir
    private Path folder;

    private AdoptableJob of(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("shop.conf"), text);
        Job job =
                UpstartDialect.load(file, UpstartOptions.here(), new Problems()).getFirst();
        return AdoptableJob.of(job, job.processes().main().orElseThrow());
    }

    @Test
    void scriptThatOnlyPreparesGunicornIsReadAsItsCommandLine() throws IOException {
        AdoptableJob job = of("""
                start on (filesystem and runlevel [2345])
                env PORT=5093
                script
                  # the usual
                  export NAME="two words" OTHER=1
                  cd '/srv/the shop'
                  exec gunicorn --bind 127.0.0.1:$PORT \\
                    --env NAME="${NAME}" shop:app
                end script
                """);
        assertThat(job.command().arguments())
                .containsExactly("gunicorn", "--bind", "127.0.0.1:5093", "--env", "NAME=two words", "shop:app");
        assertThat(job.isEnabled()).isTrue();
        assertThat(job.service().execution().workingDirectory())
                .isInstanceOfSatisfying(
                        WorkingDirectory.At.class, at -> assertThat(at.path()).hasToString("/srv/the shop"));
        assertThat(job.service().execution().environment())
                .filteredOn(EnvironmentSource.Variable.class::isInstance)
                .extracting(source -> ((EnvironmentSource.Variable) source).value())
                .contains("5093", "two words", "1");
    }

    @Test
    void jobWithoutStartOnIsLeftToPeople() throws IOException {
        assertThat(of("exec gunicorn shop:app\n").isEnabled()).isFalse();
        assertThat(of("start on runlevel [!06]\nexec gunicorn shop:app\n").isEnabled())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            exec gunicorn shop:app >>/var/log/shop.log       | needs a shell
            exec gunicorn $(cat /etc/shop) shop:app          | needs a shell
            gunicorn shop:app;echo done                      | needs a shell
            exec gunicorn --bind :$PORT shop:app             | $PORT is known only when it runs
            """)
    void whatNeedsAShellIsNotAdopted(String line, String reason) {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> of("script\n" + line + "\nend script\n"))
                .withMessageContaining(reason);
    }

    @Test
    void whatComesAfterGunicornOrWaitsForOthersIsNotAdopted() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> of("script\ngunicorn shop:app\nrm -f /run/shop\nend script\n"))
                .withMessage("its script goes on after gunicorn: rm -f /run/shop");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> of("start on started mysql\nexec gunicorn shop:app\n"))
                .withMessageContaining("does not wait for the events");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> of("instance $PORT\nexec gunicorn shop:app\n"))
                .withMessage("it has instances");
    }
}
