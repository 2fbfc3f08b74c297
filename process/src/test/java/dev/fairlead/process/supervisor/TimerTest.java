package dev.fairlead.process.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.model.control.UnitCommand;
import dev.fairlead.model.service.Dependencies;
import dev.fairlead.model.service.Service;
import dev.fairlead.model.service.TimerUnit;
import dev.fairlead.model.service.UnitRules;
import dev.fairlead.model.service.UnitSet;
import dev.fairlead.model.service.execution.Commands;
import dev.fairlead.model.service.lifecycle.Startup;
import dev.fairlead.model.service.timer.CalendarTime;
import dev.fairlead.model.service.timer.CalendarTime.Part;
import dev.fairlead.model.service.timer.Elapse;
import dev.fairlead.model.service.timer.Elapse.Base;
import dev.fairlead.model.status.UnitStatus.Activity;
import dev.fairlead.testkit.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Units that are started at certain times.
@Timeout(180)
class TimerTest {
    private static final Duration FAR = Duration.ofHours(5);
    /// Once a year, on its first day.
    private static final CalendarTime YEARLY = new CalendarTime(
            Set.of(),
            List.of(),
            List.of(Part.of(1)),
            List.of(Part.of(1)),
            false,
            List.of(Part.of(0)),
            List.of(Part.of(0)),
            List.of(Part.of(0)),
            Optional.empty());

    @TempDir
    Path folder;

    private TimerUnit timer(Optional<Path> stamp, boolean remains, Elapse... elapses) {
        return new TimerUnit(
                "job.timer",
                "job.timer",
                Dependencies.NONE,
                UnitRules.NONE,
                List.of(elapses),
                "job.service",
                Duration.ZERO,
                false,
                stamp,
                remains,
                List.of(),
                Stage.ORIGIN);
    }

    private TimerUnit timer(Elapse... elapses) {
        return timer(Optional.empty(), true, elapses);
    }

    private static Elapse after(Base base, Duration delay) {
        return new Elapse.After(base, delay);
    }

    private static Service job(String script) {
        return new Stage.Sample("job.service", Commands.of(Stage.shell(script)))
                .startup(Startup.ONESHOT)
                .build();
    }

    private static Stage only(TimerUnit timer, Service job) {
        return new Stage(SupervisorOptions.GUEST, new UnitSet(List.of(timer, job), Set.of(timer.name())));
    }

    private static long runs(Stage stage) {
        return stage.lines("job.service").stream().filter("ran"::equals).count();
    }

    @Test
    void timerStartsItsUnitOnceAndHasThenElapsed() {
        try (Stage stage = only(timer(after(Base.ACTIVATION, Duration.ofMillis(50))), job("echo ran"))) {
            stage.awaitLine("job.service", "ran");
            Deadline.inSeconds(60)
                    .await("elapsed", () -> stage.status("job.timer").subState().equals("elapsed"));
            assertThat(stage.status("job.timer").activity()).isEqualTo(Activity.ACTIVE);
            assertThat(runs(stage)).isEqualTo(1);
        }
    }

    @Test
    void timerThatDoesNotRemainIsDeadOnceItHasElapsed() {
        TimerUnit timer = timer(Optional.empty(), false, after(Base.ACTIVATION, Duration.ofMillis(50)));
        try (Stage stage = only(timer, job("echo ran"))) {
            stage.awaitLine("job.service", "ran");
            stage.awaitActivity("job.timer", Activity.INACTIVE);
        }
    }

    @Test
    void unitIsStartedAgainSomeTimeAfterItsLastEnd() {
        TimerUnit timer =
                timer(after(Base.ACTIVATION, Duration.ofMillis(10)), after(Base.UNIT_INACTIVE, Duration.ofMillis(20)));
        try (Stage stage = only(timer, job("echo ran"))) {
            Deadline.inSeconds(60).await("three runs", () -> runs(stage) >= 3);
            assertThat(stage.status("job.timer").waiting().orElseThrow().lastMillis())
                    .isPresent();
        }
    }

    @Test
    void unitThatStillRunsIsNotStartedASecondTime() {
        TimerUnit timer =
                timer(after(Base.ACTIVATION, Duration.ofMillis(10)), after(Base.UNIT_ACTIVE, Duration.ofMillis(1)));
        try (Stage stage = only(timer, job("echo ran; sleep 600"))) {
            stage.awaitLine("job.service", "ran");
            Deadline.inSeconds(60)
                    .await("running", () -> stage.status("job.timer").subState().equals("running"));
            assertThat(runs(stage)).isEqualTo(1);
        }
    }

    @Test
    void timerTellsWhenItElapsesNext() {
        try (Stage stage = only(timer(new Elapse.OnCalendar(YEARLY), after(Base.ACTIVATION, FAR)), job("echo ran"))) {
            stage.awaitActivity("job.timer", Activity.ACTIVE);
            long next = stage.status("job.timer")
                    .waiting()
                    .orElseThrow()
                    .nextMillis()
                    .orElseThrow();
            assertThat(Instant.ofEpochMilli(next))
                    .isAfter(Instant.now())
                    .isBeforeOrEqualTo(Instant.now().plus(FAR));
            assertThat(stage.status("job.timer").subState()).isEqualTo("waiting");
            stage.tell(new UnitCommand.Stop("job.timer"));
            assertThat(stage.status("job.timer").waiting().orElseThrow().nextMillis())
                    .isEmpty();
            assertThat(runs(stage)).isZero();
        }
    }

    @Test
    void whatWasMissedWhileNothingRanIsMadeUpFor() throws IOException {
        Path stamp = folder.resolve("timers/stamp-job.timer");
        Files.createDirectories(stamp.getParent());
        Files.createFile(stamp);
        Files.setLastModifiedTime(stamp, FileTime.from(Instant.now().minus(Duration.ofDays(400))));
        try (Stage stage = only(timer(Optional.of(stamp), true, new Elapse.OnCalendar(YEARLY)), job("echo ran"))) {
            stage.awaitLine("job.service", "ran");
            assertThat(Files.getLastModifiedTime(stamp).toInstant())
                    .isAfter(Instant.now().minus(Duration.ofMinutes(5)));
        }
    }

    @Test
    void timerThatNeverRanBeforeMissedNothing() {
        Path stamp = folder.resolve("timers/stamp-job.timer");
        try (Stage stage = only(timer(Optional.of(stamp), true, new Elapse.OnCalendar(YEARLY)), job("echo ran"))) {
            stage.awaitActivity("job.timer", Activity.ACTIVE);
            assertThat(stage.status("job.timer").subState()).isEqualTo("waiting");
            assertThat(stamp).exists();
            assertThat(runs(stage)).isZero();
        }
    }
}
