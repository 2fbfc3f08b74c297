package dev.fairlead.process.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.model.service.Dependencies;
import dev.fairlead.model.service.PathUnit;
import dev.fairlead.model.service.Service;
import dev.fairlead.model.service.TriggerLimit;
import dev.fairlead.model.service.UnitRules;
import dev.fairlead.model.service.UnitSet;
import dev.fairlead.model.service.Watched;
import dev.fairlead.model.service.Watched.Kind;
import dev.fairlead.model.service.execution.Commands;
import dev.fairlead.model.service.lifecycle.Startup;
import dev.fairlead.model.status.UnitStatus.Activity;
import dev.fairlead.testkit.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Units that are started when something is in the file system, or changes there.
@Timeout(180)
class PathTest {
    private static final TriggerLimit USUAL = new TriggerLimit(Duration.ofSeconds(2), 200);

    @TempDir
    Path folder;

    private PathUnit path(Kind kind, String name, OptionalInt folderMode, TriggerLimit limit) {
        return new PathUnit(
                "job.path",
                "job.path",
                Dependencies.NONE,
                UnitRules.NONE,
                List.of(new Watched(kind, folder.resolve(name).toString(), Stage.ORIGIN)),
                "job.service",
                folderMode,
                limit,
                List.of(),
                Stage.ORIGIN);
    }

    private PathUnit path(Kind kind, String name) {
        return path(kind, name, OptionalInt.empty(), USUAL);
    }

    private Service job(String script) {
        return new Stage.Sample("job.service", Commands.of(Stage.shell("cd " + folder + "; " + script)))
                .startup(Startup.ONESHOT)
                .startLimit(0)
                .build();
    }

    private static Stage only(PathUnit path, Service job) {
        return new Stage(SupervisorOptions.GUEST, new UnitSet(List.of(path, job), Set.of(path.name())));
    }

    private static long runs(Stage stage) {
        return stage.lines("job.service").stream()
                .filter(line -> line.startsWith("ran"))
                .count();
    }

    private static void awaitWaiting(Stage stage) {
        Deadline.inSeconds(60)
                .await("waiting", () -> stage.status("job.path").subState().equals("waiting"));
    }

    @Test
    void fileThatAppearsInAFolderThatIsNotThereYetStartsTheUnit() throws IOException {
        try (Stage stage = only(path(Kind.EXISTS, "a/b/go"), job("echo ran; rm a/b/go"))) {
            awaitWaiting(stage);
            assertThat(runs(stage)).isZero();
            Files.createDirectories(folder.resolve("a/b"));
            Files.createFile(folder.resolve("a/b/go"));
            stage.awaitLine("job.service", "ran");
            awaitWaiting(stage);
            Files.createFile(folder.resolve("a/b/go"));
            Deadline.inSeconds(60).await("a second run", () -> runs(stage) == 2);
        }
    }

    @Test
    void fileThatIsThereAlreadyStartsTheUnitAtOnce() throws IOException {
        Files.createFile(folder.resolve("go"));
        try (Stage stage = only(path(Kind.EXISTS, "go"), job("echo ran; rm go"))) {
            stage.awaitLine("job.service", "ran");
        }
    }

    @Test
    void fileThatStaysStartsTheUnitUntilTheLimitIsHit() throws IOException {
        Files.createFile(folder.resolve("go"));
        PathUnit path = path(Kind.EXISTS, "go", OptionalInt.empty(), new TriggerLimit(Duration.ofMinutes(1), 3));
        try (Stage stage = only(path, job("echo ran"))) {
            assertThat(stage.awaitActivity("job.path", Activity.FAILED).result())
                    .isEqualTo("trigger-limit-hit");
            assertThat(runs(stage)).isEqualTo(3);
        }
    }

    @Test
    void nameThatMatchesStartsTheUnit() throws IOException {
        Files.createDirectory(folder.resolve("in"));
        try (Stage stage = only(path(Kind.EXISTS_MATCHING, "in/*.csv"), job("echo ran; rm in/*.csv"))) {
            awaitWaiting(stage);
            Files.createFile(folder.resolve("in/other.txt"));
            Files.createFile(folder.resolve("in/orders.csv"));
            stage.awaitLine("job.service", "ran");
        }
    }

    @Test
    void changedFileStartsTheUnitAndAnUnchangedOneDoesNot() throws IOException {
        Path file = folder.resolve("conf");
        Files.writeString(file, "one");
        try (Stage stage = only(path(Kind.CHANGED, "conf"), job("echo ran $(cat conf)"))) {
            awaitWaiting(stage);
            assertThat(runs(stage)).isZero();
            Files.writeString(file, "two");
            stage.awaitLine("job.service", "ran two");
            awaitWaiting(stage);
            Path next = folder.resolve("conf.new");
            Files.writeString(next, "three");
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
            stage.awaitLine("job.service", "ran three");
        }
    }

    @Test
    void folderIsMadeAndSomethingInItStartsTheUnit() throws IOException {
        PathUnit path = path(Kind.FOLDER_NOT_EMPTY, "spool/jobs", OptionalInt.of(0700), USUAL);
        try (Stage stage = only(path, job("echo ran; rm spool/jobs/*"))) {
            awaitWaiting(stage);
            assertThat(Files.getPosixFilePermissions(folder.resolve("spool/jobs")))
                    .isEqualTo(PosixFilePermissions.fromString("rwx------"));
            Files.createFile(folder.resolve("spool/jobs/1"));
            stage.awaitLine("job.service", "ran");
        }
    }
}
