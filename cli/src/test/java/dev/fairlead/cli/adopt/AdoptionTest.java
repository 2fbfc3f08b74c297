package dev.fairlead.cli.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.cli.stack.Sources;
import dev.fairlead.cli.stack.StackReader;
import dev.fairlead.model.plan.PortMap;
import dev.fairlead.source.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
        assertThat(pointedAt(complaints("/none/bin/gunicorn " + words, Severity.ERROR)))
                .isEqualTo(pointedAt);
    }

    @ParameterizedTest
    @CsvSource({
        "--wrokers 2, --wrokers, unrecognized arguments: --wrokers (did you mean --workers?)",
        "--workers two, two, argument -w/--workers: invalid int value: 'two' (a number of 0 or more)",
        "-k gevnt, gevnt, class uri 'gevnt' invalid or not found (did you mean gevent?)",
        "--preload yes, app:application, unrecognized arguments: app:application"
    })
    void whatGunicornItselfWillRefuseIsToldWhereItIsStarted(String words, String pointedAt, String reason)
            throws IOException {
        Path program = folder.toRealPath().resolve("opt/bin/gunicorn");
        Files.createDirectories(program.getParent());
        Files.writeString(program, "#!/bin/sh\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<String> told = complaints("/opt/bin/gunicorn " + words, Severity.WARNING);
        assertThat(told.getFirst()).contains("warning: gunicorn refuses this: " + reason + " [gunicorn.arguments]");
        assertThat(pointedAt(told)).isEqualTo(pointedAt);
        assertThat(complaints("/opt/bin/gunicorn --workers 3 -k my.own.Worker", Severity.WARNING))
                .noneMatch(line -> line.contains("gunicorn.arguments"));
    }

    private List<String> complaints(String command, Severity least) throws IOException {
        Path root = folder.toRealPath();
        Path units = Files.createDirectories(root.resolve("etc/systemd/system"));
        Files.writeString(
                units.resolve("app.service"),
                "[Service]\nExecStart=" + command + " app:application\n[Install]\nWantedBy=multi-user.target\n");
        StackReader reader = new StackReader(new Sources(List.of(root), Map.of(), Optional.of(root)), PortMap.NONE);
        return reader.written().complaints(least).lines().toList();
    }

    private static String pointedAt(List<String> complaint) {
        String line = complaint.get(1);
        String caret = complaint.get(2);
        return line.substring(caret.indexOf('^'), caret.lastIndexOf('^') + 1);
    }
}
