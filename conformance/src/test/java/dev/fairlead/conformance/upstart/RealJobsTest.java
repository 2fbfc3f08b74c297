package dev.fairlead.conformance.upstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fairlead.dialect.systemd.UnitFolder;
import dev.fairlead.dialect.systemd.name.UnitOptions;
import dev.fairlead.model.control.JobCommand;
import dev.fairlead.model.control.Outcome;
import dev.fairlead.model.control.UnitCommand;
import dev.fairlead.model.service.Unit;
import dev.fairlead.model.status.UnitStatus;
import dev.fairlead.model.status.UnitStatus.Activity;
import dev.fairlead.os.Accounts;
import dev.fairlead.os.Processes;
import dev.fairlead.source.Problems;
import dev.fairlead.testkit.Deadline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Jobs with real processes.
class RealJobsTest {
    private static final int KILL = 9;

    @TempDir
    Path folder;

    @Test
    void aScriptIsToldOfTheEventThatStartsIt() {
        Path told = folder.resolve("told");
        try (JobStage stage = JobStage.of(
                "web",
                "start on runlevel [2345]\nenv COLOUR=blue\nscript\n"
                        + "  echo \"$UPSTART_JOB.$UPSTART_INSTANCE $UPSTART_EVENTS $RUNLEVEL $PREVLEVEL $COLOUR\" >"
                        + told + "\n  exec sleep 600\nend script\n")) {
            assertThat(JobStage.awaitText(told)).isEqualTo("web. runlevel 2 N blue\n");
            int pid = stage.main("web");
            assertThat(stage.line("web")).isEqualTo("web start/running, process " + pid);
        }
    }

    @Test
    void aCommandWithoutShellCharactersIsTheProcessItself() {
        try (JobStage stage = JobStage.of("web", "start on startup\nexec sleep 600\n")) {
            Path words = Path.of("/proc/" + stage.main("web") + "/cmdline");
            Deadline.inSeconds(60)
                    .await("a process without a shell", () -> read(words).endsWith("/sleep\0" + "600\0"));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    void aJobThatIsKilledComesBack() {
        try (JobStage stage = JobStage.of("web", "start on startup\nrespawn\nexec sleep 600\n")) {
            int first = stage.main("web");
            Processes.signal(first, KILL);
            stage.awaitLine("web", "web main process (" + first + ") killed by KILL signal");
            stage.awaitLine("web", "web main process ended, respawning");
            assertThat(stage.main("web")).isNotEqualTo(first);
            assertThat(stage.status("web").restarts()).isEqualTo(1);
        }
    }

    @Test
    void aJobThatComesBackTooOftenIsStoppedAndHasFailed() {
        try (JobStage stage = JobStage.of(
                "web", "start on startup\nrespawn\nrespawn limit 4 60\nexec sh -c 'echo once more; exit 3'\n")) {
            UnitStatus status = stage.awaitActivity("web", Activity.FAILED);
            stage.awaitLine("web", "web respawning too fast, stopped");
            assertThat(stage.lines("web").stream().filter("once more"::equals)).hasSize(5);
            assertThat(status.result()).isEqualTo("start-limit-hit");
            assertThat(status.problem().orElseThrow()).contains("more than 4 times within 60 s");
        }
    }

    @Test
    void aJobThatEndsBadlyHasFailedAndOneThatEndsWellHasNot() {
        try (JobStage stage = JobStage.of(Map.of(
                "bad", "start on startup\nexec sh -c 'exit 7'\n",
                "good", "start on startup\nexec true\n"))) {
            assertThat(stage.awaitActivity("bad", Activity.FAILED).result()).isEqualTo("exit-code");
            stage.awaitLine("good", "Stopped good.");
            assertThat(stage.awaitActivity("good", Activity.INACTIVE).result()).isEqualTo("success");
        }
    }

    @Test
    void anEndingThatIsNormalIsNotComeBackFrom() {
        try (JobStage stage =
                JobStage.of("web", "start on startup\nrespawn\nnormal exit 0 7\nexec sh -c 'echo ran; exit 7'\n")) {
            stage.awaitLine("web", "Stopped web.");
            assertThat(stage.lines("web").stream().filter("ran"::equals)).hasSize(1);
        }
    }

    @Test
    void aForkedChildIsTheMainProcess() {
        Path pid = folder.resolve("pid");
        try (JobStage stage = JobStage.of(
                "web", "start on startup\nexpect fork\nexec sh -c 'sleep 600 & echo $! >" + pid + "; exit 0'\n")) {
            int child = JobStage.awaitPid(pid);
            assertThat(stage.main("web")).isEqualTo(child);
            assertThat(stage.stop("web")).isEqualTo(new Outcome.Done("web stop/waiting"));
            JobStage.awaitGone(child);
        }
    }

    @Test
    void aDaemonThatForkedTwiceIsTheMainProcess() {
        Path pid = folder.resolve("pid");
        String daemon = "(setsid sh -c \"sleep 600 & echo \\$! >" + pid + "\") & exit 0";
        try (JobStage stage =
                JobStage.of("web", "start on startup\nexpect daemon\nrespawn\nscript\n" + daemon + "\nend script\n")) {
            int grandchild = JobStage.awaitPid(pid);
            assertThat(stage.main("web")).isEqualTo(grandchild);
            assertThat(stage.stop("web").succeeded()).isTrue();
            JobStage.awaitGone(grandchild);
        }
    }

    @Test
    void aParentThatStaysHasItsChildFollowed() {
        Path pid = folder.resolve("pid");
        try (JobStage stage = JobStage.of(
                "web", "start on startup\nexpect fork\nexec sh -c 'sleep 600 & echo $! >" + pid + "; wait'\n")) {
            int child = JobStage.awaitPid(pid);
            assertThat(stage.main("web")).isEqualTo(child);
        }
    }

    @Test
    void aProgramThatLeavesNothingBehindAlthoughItShouldHasEnded() {
        try (JobStage stage = JobStage.of("web", "expect fork\nexec true\n")) {
            stage.start("web");
            stage.awaitLine("web", "ended without leaving a process behind");
            stage.awaitActivity("web", Activity.INACTIVE);
        }
    }

    @Test
    void aProgramThatStopsItselfIsUpThenAndGoesOn() {
        Path went = folder.resolve("went");
        try (JobStage stage = JobStage.of(
                "web",
                "expect stop\nscript\n  kill -STOP $$\n  echo on >" + went + "\n  exec sleep 600\nend script\n")) {
            Outcome started = stage.start("web");
            assertThat(started.message()).startsWith("web start/running, process ");
            assertThat(JobStage.awaitText(went)).isEqualTo("on\n");
        }
    }

    @Test
    void whatFailsBeforeTheMainProcessKeepsItFromRunning() {
        Path ran = folder.resolve("ran");
        try (JobStage stage = JobStage.of(
                "web", "pre-start exec sh -c 'exit 1'\nexec sh -c 'echo ran >" + ran + "; exec sleep 600'\n")) {
            assertThat(stage.start("web")).isEqualTo(new Outcome.Failed("Job failed to start"));
            stage.awaitLine("web", "web pre-start process");
            assertThat(stage.awaitActivity("web", Activity.FAILED).problem()).isEmpty();
            assertThat(ran).doesNotExist();
        }
    }

    @Test
    void whatComesAfterTheMainProcessIsToldWhatStoppedIt() {
        Path told = folder.resolve("told");
        try (JobStage stage = JobStage.of(
                "web",
                "start on startup\nstop on halt-it\nexec sleep 600\npost-stop exec sh -c 'echo $UPSTART_STOP_EVENTS $WHY >"
                        + told + "'\n")) {
            stage.main("web");
            assertThat(stage.emit("halt-it", "WHY=late")).isEqualTo(new Outcome.Done(""));
            assertThat(JobStage.awaitText(told)).isEqualTo("halt-it late\n");
            assertThat(stage.line("web")).isEqualTo("web stop/waiting");
        }
    }

    @Test
    void aProcessThatDoesNotListenIsKilledWhenItsTimeIsUp() {
        try (JobStage stage = JobStage.of(
                "web",
                "expect stop\nkill timeout 1\nscript\n  trap '' TERM\n  kill -STOP $$\n  while true; do sleep 1; done\nend script\n")) {
            stage.start("web");
            int pid = stage.main("web");
            assertThat(stage.stop("web")).isEqualTo(new Outcome.Done("web stop/waiting"));
            stage.awaitLine("web", "web main process (" + pid + ") killed by KILL signal");
        }
    }

    @Test
    void theSignalThatEndsItAndTheOneThatReloadsItAreItsOwn() {
        try (JobStage stage = JobStage.of(
                "web",
                "expect stop\nkill signal INT\nreload signal USR1\nscript\n  trap 'echo reloaded' USR1\n  trap 'echo bye; exit 0' INT\n"
                        + "  kill -STOP $$\n  while true; do sleep 0.1; done\nend script\n")) {
            stage.start("web");
            assertThat(stage.tell(new JobCommand.Reload("web", JobStage.map())).succeeded())
                    .isTrue();
            stage.awaitLine("web", "reloaded");
            assertThat(stage.stop("web").succeeded()).isTrue();
            stage.awaitLine("web", "bye");
        }
    }

    @Test
    void itsWholeProcessGroupEndsWithIt() {
        Path pid = folder.resolve("pid");
        try (JobStage stage = JobStage.of(
                "web", "start on startup\nscript\n  sleep 600 & echo $! >" + pid + "\n  wait\nend script\n")) {
            int child = JobStage.awaitPid(pid);
            assertThat(stage.stop("web").succeeded()).isTrue();
            JobStage.awaitGone(child);
        }
    }

    @Test
    void startingATaskMeansWaitingForItsEnd() {
        Path done = folder.resolve("done");
        try (JobStage stage =
                JobStage.of("count", "task\nscript\n  sleep 0.3\n  echo done >" + done + "\nend script\n")) {
            assertThat(stage.start("count")).isEqualTo(new Outcome.Done("count stop/waiting"));
            assertThat(done).hasContent("done\n");
            stage.awaitLine("count", "Finished count.");
        }
    }

    @Test
    void anEventIsOverWhenTheTaskThatItStartsIs() {
        Path done = folder.resolve("done");
        try (JobStage stage = JobStage.of(
                "count", "task\nstart on count-now\nscript\n  sleep 0.3\n  echo $WHAT >" + done + "\nend script\n")) {
            assertThat(stage.emit("count-now", "WHAT=sheep")).isEqualTo(new Outcome.Done(""));
            assertThat(done).hasContent("sheep\n");
        }
    }

    @Test
    void instancesRunBesideEachOther() {
        try (JobStage stage =
                JobStage.of("web", "instance $PORT\nscript\n  echo at $PORT\n  exec sleep 600\nend script\n")) {
            assertThat(stage.start("web", "PORT=1").message()).startsWith("web (1) start/running, process ");
            assertThat(stage.start("web", "PORT=2").message()).startsWith("web (2) start/running, process ");
            assertThat(stage.start("web")).isEqualTo(new Outcome.Failed("Unknown parameter: PORT"));
            stage.awaitLine("web", "at 2");
            assertThat(stage.stop("web", "PORT=1").succeeded()).isTrue();
            assertThat(stage.line("web", "PORT=2")).startsWith("web (2) start/running");
            assertThat(stage.tell(new JobCommand.Overview()).message()).startsWith("web (2) start/running");
        }
    }

    @Test
    void surroundingsAreAsTheStanzasSay() {
        Path told = folder.resolve("told");
        try (JobStage stage = JobStage.of(
                "web",
                "start on startup\nchdir " + folder + "\numask 027\nnice 5\nlimit nofile 100 200\nscript\n"
                        + "  echo $(pwd) $(umask) $(nice) $(ulimit -Sn) $(ulimit -Hn) >told\n  exec sleep 600\nend script\n")) {
            stage.main("web");
            assertThat(JobStage.awaitText(told)).isEqualTo(folder + " 0027 5 100 200\n");
        }
    }

    @Test
    void aUserIsWhoRunsIt() {
        assumeTrue(Accounts.isRoot(), "only root may become somebody else");
        try (JobStage stage = JobStage.of(
                "web",
                "start on startup\nsetuid nobody\nsetgid nogroup\nscript\n  id -un\n  id -gn\n  exec sleep 600\nend script\n")) {
            stage.awaitLine("web", "nobody");
            stage.awaitLine("web", "nogroup");
        }
    }

    @Test
    void consoleSaysWhereOutputGoes() {
        try (JobStage stage = JobStage.of(Map.of(
                "loud", "start on startup\nexec echo heard\n",
                "quiet", "start on stopped loud\nconsole none\nexec echo unheard\n"))) {
            stage.awaitLine("loud", "heard");
            stage.awaitLine("quiet", "Stopped quiet.");
            assertThat(stage.lines("quiet")).doesNotContain("unheard");
        }
    }

    @Test
    void jobsFollowUnitsOfSystemdAndTheirEnds() throws IOException {
        Path file = folder.resolve("db.service");
        Files.writeString(file, "[Service]\nExecStart=/bin/sleep 600\n[Install]\nWantedBy=multi-user.target\n");
        Problems problems = new Problems();
        List<Unit> units = UnitFolder.load(file, UnitOptions.here(), problems).units();
        try (JobStage stage = JobStage.of(
                Map.of("web", "start on started db\nstop on stopping db or stopped db\nexec sleep 600\n"),
                units.toArray(Unit[]::new))) {
            int web = stage.main("web");
            stage.awaitActivity("db.service", Activity.ACTIVE);
            stage.tell(new UnitCommand.Stop("db"));
            stage.awaitActivity("web", Activity.INACTIVE);
            JobStage.awaitGone(web);
        }
    }

    @Test
    void aJobIsAUnitAmongUnits() {
        try (JobStage stage = JobStage.of("web", "exec sleep 600\n")) {
            assertThat(stage.tell(new UnitCommand.Start("web")).succeeded()).isTrue();
            int first = stage.main("web");
            assertThat(stage.tell(new UnitCommand.Restart("web")).succeeded()).isTrue();
            assertThat(stage.main("web")).isNotEqualTo(first);
            assertThat(stage.tell(new UnitCommand.Stop("web")).succeeded()).isTrue();
            assertThat(stage.line("web")).isEqualTo("web stop/waiting");
        }
    }

    @Test
    void aChangedJobCountsOnceItHasBeenStopped() {
        try (JobStage stage = JobStage.of("web", "start on startup\nexec sleep 601\n")) {
            stage.main("web");
            stage.rewrite("web", "start on startup\nscript\n  echo new\n  exec sleep 602\nend script\n");
            assertThat(stage.status("web").changePending()).isTrue();
            stage.stop("web");
            stage.start("web");
            stage.awaitLine("web", "new");
            assertThat(stage.status("web").changePending()).isFalse();
        }
    }

    @Test
    void variablesThatAreSetForAllReachJobsThatStartLater() {
        try (JobStage stage = JobStage.of("web", "script\n  echo stage $STAGE\n  exec sleep 600\nend script\n")) {
            stage.tell(new JobCommand.Variables(
                    Optional.empty(),
                    Optional.of(new JobCommand.Change.Set("STAGE", "rehearsal", false)),
                    Optional.empty()));
            stage.start("web");
            stage.awaitLine("web", "stage rehearsal");
        }
    }

    @Test
    void goingDownStopsJobsAndRunsThoseThatRunOnlyThen() {
        Path told = folder.resolve("told");
        JobStage stage = JobStage.of(Map.of(
                "web",
                        "start on runlevel [2345]\nstop on runlevel [06]\nexec sleep 600\npost-stop exec sh -c 'echo web over >>"
                                + told + "'\n",
                "last", "task\nstart on stopped web RESULT=ok\nexec sh -c 'echo lights out >>" + told + "'\n"));
        stage.main("web");
        stage.close();
        assertThat(told).hasContent("web over\nlights out\n");
    }
}
