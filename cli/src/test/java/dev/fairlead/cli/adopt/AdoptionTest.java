package dev.fairlead.cli.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.cli.stack.Sources;
import dev.fairlead.cli.stack.StackReader;
import dev.fairlead.model.plan.PortMap;
import dev.fairlead.source.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdoptionTest {
    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "--wrokers 2, --wrokers",
        "--timeout 30s, 30s",
        "--worker-class gevnt, gevnt",
        "--bind 127.0.0.1:82530, 127.0.0.1:82530",
        "--max-requests=ten, ten",
        "--preload yes, app:application"
    })
    void whatCannotBeHonouredIsPointedAt(String words, String pointedAt) throws IOException {
        Path root = folder.toRealPath();
        Path units = Files.createDirectories(root.resolve("etc/systemd/system"));
        Files.writeString(
                units.resolve("app.service"),
                "[Service]\nExecStart=/none/bin/gunicorn " + words
                        + " app:application\n[Install]\nWantedBy=multi-user.target\n");
        StackReader reader = new StackReader(new Sources(List.of(root), Map.of(), Optional.of(root)), PortMap.NONE);
        List<String> carets =
                reader.written().complaints(Severity.ERROR).lines().toList();
        String line = carets.get(1);
        String caret = carets.get(2);
        assertThat(line.substring(caret.indexOf('^'), caret.lastIndexOf('^') + 1))
                .isEqualTo(pointedAt);
    }
}
