package dev.fairlead.process.supervisor;

import static dev.fairlead.process.supervisor.Stage.service;
import static dev.fairlead.process.supervisor.Stage.shell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.model.control.Outcome;
import dev.fairlead.model.control.UnitCommand;
import dev.fairlead.model.service.Condition;
import dev.fairlead.model.service.JobMode;
import dev.fairlead.model.service.Relation;
import dev.fairlead.model.service.UnitRules;
import dev.fairlead.model.service.UnitSet;
import dev.fairlead.model.service.execution.Command;
import dev.fairlead.model.service.execution.Commands;
import dev.fairlead.model.service.lifecycle.RestartPolicy.When;
import dev.fairlead.model.service.lifecycle.Signal;
import dev.fairlead.model.service.lifecycle.Startup;
import dev.fairlead.model.status.UnitStatus;
import dev.fairlead.model.status.UnitStatus.Activity;
import dev.fairlead.os.ProcessTable;
import dev.fairlead.os.Processes;
import dev.fairlead.testkit.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class SupervisorTest {
    private static final String FOREVER = "while :; do sleep 1000 & wait; done";
    private static final Duration SOON = Duration.ofMillis(20);

    @Test
    void serviceRunsUntilItIsStopped() {
        try (Stage stage = new Stage(service("web", "echo up; exec sleep 1000").build())) {
            UnitStatus up = stage.awaitActivity("web.service", Activity.ACTIVE);
            int pid = up.mainPid().orElseThrow();
            assertThat(up.subState()).isEqualTo("running");
            // A process that is just being executed has no memory yet.
            Deadline.inSeconds(60)
                    .await(
                            "memory is told",
                            () -> stage.status("web.service").memoryBytes().orElse(0) > 0);
            stage.awaitLine("web.service", "up");

            assertThat(stage.tell(new UnitCommand.Stop("web"))).isInstanceOf(Outcome.Done.class);
            UnitStatus down = stage.status("web.service");
            assertThat(down.activity()).isEqualTo(Activity.INACTIVE);
            assertThat(down.result()).isEqualTo("success");
            assertThat(ProcessTable.of(pid)).isEmpty();
        }
    }

    @Test
    void killedServiceComesBackWhereItsPolicySaysSo() {
        try (Stage stage = new Stage(service("web", "exec sleep 1000")
                .restart(When.ON_FAILURE, SOON)
                .startLimit(100)
                .build())) {
            int last = 0;
            for (int round = 1; round <= 5; round++) {
                int pid = stage.awaitActivity("web.service", Activity.ACTIVE)
                        .mainPid()
                        .orElseThrow();
                assertThat(pid).isNotEqualTo(last);
                last = pid;
                Processes.signal(pid, 9);
                stage.awaitLine("web.service", "restart counter is at " + round + ".");
            }
            UnitStatus back = stage.awaitActivity("web.service", Activity.ACTIVE);
            assertThat(back.restarts()).isEqualTo(5);
            assertThat(back.lastExit().orElseThrow().code()).isEqualTo(9);
            assertThat(back.lastExit().orElseThrow().pid()).isEqualTo(last);
        }
    }

    @Test
    void cleanEndIsNoFailureToRestartAfter() {
        try (Stage stage = new Stage(
                service("web", "exit 0").restart(When.ON_FAILURE, SOON).build())) {
            stage.awaitLine("web.service", "Deactivated successfully");
            assertThat(stage.status("web.service").activity()).isEqualTo(Activity.INACTIVE);
        }
    }

    @Test
    void startLimitEndsTheRestarts() {
        try (Stage stage = new Stage(service("web", "exit 3")
                .restart(When.ALWAYS, SOON)
                .startLimit(3)
                .build())) {
            UnitStatus failed = stage.awaitActivity("web.service", Activity.FAILED);
            // Why it ended the last time stays to be seen.
            assertThat(failed.result()).isEqualTo("exit-code");
            assertThat(failed.problem().orElseThrow()).contains("more than 3 times");
            assertThat(stage.lines("web.service").stream().filter(line -> line.contains("status=3")))
                    .hasSize(3);

            stage.tell(new UnitCommand.ResetFailed("web"));
            assertThat(stage.status("web.service").activity()).isEqualTo(Activity.INACTIVE);
        }
    }

    @Test
    void whatIgnoresTheFirstSignalIsKilledWhenTimeIsUp() {
        try (Stage stage = new Stage(service("web", "trap '' TERM; echo armed; " + FOREVER)
                .stopTimeout(Duration.ofMillis(200))
                .build())) {
            stage.awaitLine("web.service", "armed");
            int pid = stage.status("web.service").mainPid().orElseThrow();
            stage.tell(new UnitCommand.Stop("web"));
            UnitStatus failed = stage.status("web.service");
            assertThat(failed.result()).isEqualTo("timeout");
            assertThat(failed.lastExit().orElseThrow().code()).isEqualTo(9);
            assertThat(ProcessTable.of(pid)).isEmpty();
        }
    }

    @Test
    void everyProcessOfAServiceIsStoppedWithIt() {
        try (Stage stage = new Stage(
                service("web", "setsid sh -c 'echo child $$$$; exec sleep 1000' & (sleep 1000 &) ; exec sleep 1000")
                        .build())) {
            stage.awaitLine("web.service", "child ");
            Deadline.inSeconds(60)
                    .await(
                            "three processes",
                            () -> stage.status("web.service").tasks().orElse(0) == 3);
            String child = stage.lines("web.service").stream()
                    .filter(line -> line.startsWith("child "))
                    .findFirst()
                    .orElseThrow();
            stage.tell(new UnitCommand.Stop("web"));
            assertThat(ProcessTable.of(Integer.parseInt(child.substring(6))).filter(row -> !row.isZombie()))
                    .isEmpty();
        }
    }

    @Test
    void lastWordsOfACrashAreKept() {
        try (Stage stage = new Stage(service(
                        "web",
                        "i=0; while [ $i -lt 500 ]; do echo line $i; i=$((i+1)); done; "
                                + "printf 'no line break' >&2; kill -SEGV $$$$")
                .build())) {
            stage.awaitActivity("web.service", Activity.FAILED);
            List<String> lines = stage.lines("web.service");
            assertThat(lines).contains("line 499", "no line break");
            int last = lines.indexOf("no line break");
            assertThat(lines.get(last + 1)).contains("Main process exited").contains("11/SEGV");
        }
    }

    @Test
    void restartGivesANewProcessAndAnswersWhenItIsUp() {
        try (Stage stage = new Stage(service("web", "exec sleep 1000").build())) {
            int before = stage.awaitActivity("web.service", Activity.ACTIVE)
                    .mainPid()
                    .orElseThrow();
            assertThat(stage.tell(new UnitCommand.Restart("web.service")).succeeded())
                    .isTrue();
            UnitStatus after = stage.status("web.service");
            assertThat(after.activity()).isEqualTo(Activity.ACTIVE);
            assertThat(after.mainPid().orElseThrow()).isNotEqualTo(before);
            assertThat(after.restarts()).isZero();
        }
    }

    @Test
    void unknownUnitGetsASuggestion() {
        try (Stage stage = new Stage(service("web", "exec sleep 1000").build())) {
            assertThat(stage.tell(new UnitCommand.Restart("wep")).message())
                    .isEqualTo("Unit wep.service not found. Did you mean web.service?");
        }
    }

    @Test
    void missingProgramFailsWithItsLine() {
        Commands commands = Commands.of(Command.of(Stage.ORIGIN, "/no/such/program"));
        try (Stage stage = new Stage(service("web", "").commands(commands).build())) {
            UnitStatus failed = stage.awaitActivity("web.service", Activity.FAILED);
            assertThat(failed.result()).isEqualTo("exit-code");
            assertThat(failed.lastExit().orElseThrow().code()).isEqualTo(203);
            assertThat(failed.problem().orElseThrow())
                    .isEqualTo("Failed to locate executable /no/such/program: No such file or directory "
                            + "[test.service:1]");
        }
    }

    @Test
    void unitsStartAfterWhatTheyComeAfterAndStopBeforeIt() {
        Stage stage = new Stage(
                service("c", "exec sleep 1000").after("b.service").build(),
                service("a", "exec sleep 1000").build(),
                service("b", "exec sleep 1000").after("a.service").build());
        try (stage) {
            stage.awaitActivity("c.service", Activity.ACTIVE);
            assertThat(stage.orderOf(Activity.ACTIVE)).containsExactly("a.service", "b.service", "c.service");
        }
        assertThat(stage.orderOf(Activity.INACTIVE)).containsExactly("c.service", "b.service", "a.service");
    }

    @Test
    void whatRequiresAFailedUnitIsNotStarted() {
        try (Stage stage = new Stage(
                service("needy", "exec sleep 1000").requires("broken.service").build(),
                service("broken", "exit 1").startup(Startup.ONESHOT).build())) {
            stage.awaitLine("needy.service", "Dependency failed");
            assertThat(stage.status("needy.service").activity()).isEqualTo(Activity.INACTIVE);
        }
    }

    @Test
    void circleOfOrderIsSaidAndBroken() {
        try (Stage stage = new Stage(
                service("a", "exec sleep 1000").after("b.service").build(),
                service("b", "exec sleep 1000").after("a.service").build())) {
            stage.awaitActivity("a.service", Activity.ACTIVE);
            stage.awaitLine("b.service", "Job b.service/start deleted to break ordering cycle");
            assertThat(stage.status("b.service").activity()).isEqualTo(Activity.INACTIVE);
        }
    }

    @Test
    void unitForTheEndOfAnotherIsStarted() {
        try (Stage stage = new Stage(
                SupervisorOptions.GUEST,
                new UnitSet(
                        List.of(
                                service("bad", "exit 1")
                                        .related(Relation.ON_FAILURE, "mourner.service")
                                        .related(Relation.ON_SUCCESS, "never.service")
                                        .build(),
                                service("good", "exit 0")
                                        .related(Relation.ON_FAILURE, "never.service")
                                        .related(Relation.ON_SUCCESS, "heir.service")
                                        .build(),
                                service("mourner", "echo mourns; exec sleep 1000")
                                        .build(),
                                service("heir", "echo inherits; exec sleep 1000")
                                        .build(),
                                service("never", "exec sleep 1000").build()),
                        Set.of("bad.service", "good.service")))) {
            stage.awaitLine("mourner.service", "mourns");
            stage.awaitLine("heir.service", "inherits");
            assertThat(stage.status("never.service").activity()).isEqualTo(Activity.INACTIVE);
        }
    }

    @Test
    void upheldUnitComesBackAfterACleanEnd() {
        try (Stage stage = new Stage(
                service("holder", "exec sleep 1000")
                        .related(Relation.UPHOLDS, "held.service")
                        .build(),
                service("held", "exec sleep 1000").build())) {
            int pid = stage.awaitActivity("held.service", Activity.ACTIVE)
                    .mainPid()
                    .orElseThrow();
            Processes.signal(pid, 15);
            stage.awaitLine("held.service", "Unit has to be up because of holder.service");
            stage.awaitActivity("held.service", Activity.ACTIVE);
        }
    }

    @Test
    void unneededUnitStopsWithTheLastThatNeedsIt() {
        UnitRules rules = new UnitRules(List.of(), List.of(), true, false, false, JobMode.REPLACE, JobMode.FAIL);
        try (Stage stage = new Stage(
                service("user", "exec sleep 1000").requires("used.service").build(),
                service("used", "exec sleep 1000").rules(rules).build())) {
            stage.awaitActivity("user.service", Activity.ACTIVE);
            stage.tell(new UnitCommand.Stop("user"));
            stage.awaitLine("used.service", "Unit not needed anymore");
            stage.awaitActivity("used.service", Activity.INACTIVE);
        }
    }

    @Test
    void unitWhoseConditionDoesNotHoldIsSkippedAndWhatRequiresItStarts() {
        Condition condition = new Condition(
                Condition.Subject.PATH_EXISTS,
                "/nonexistent",
                false,
                false,
                "ConditionPathExists=/nonexistent",
                Stage.ORIGIN);
        UnitRules rules =
                new UnitRules(List.of(condition), List.of(), false, false, false, JobMode.REPLACE, JobMode.FAIL);
        try (Stage stage = new Stage(
                service("needy", "exec sleep 1000").requires("skipped.service").build(),
                service("skipped", "exec sleep 1000").rules(rules).build())) {
            stage.awaitLine("skipped.service", "skipped because of an unmet condition check (ConditionPathExists=");
            stage.awaitActivity("needy.service", Activity.ACTIVE);
            assertThat(stage.status("skipped.service").activity()).isEqualTo(Activity.INACTIVE);
        }
    }

    @Test
    void commandsAroundTheServiceRunInOrder() {
        Commands commands = new Commands(
                List.of(),
                List.of(shell("echo pre")),
                List.of(shell("echo main; exec sleep 1000")),
                List.of(shell("echo post $MAINPID")),
                List.of(shell("echo reload; kill -0 $MAINPID")),
                List.of(shell("echo stop; kill $MAINPID")),
                List.of(shell("echo stop-post $SERVICE_RESULT")));
        try (Stage stage = new Stage(service("web", "").commands(commands).build())) {
            stage.awaitActivity("web.service", Activity.ACTIVE);
            stage.awaitLine("web.service", "main");
            assertThat(stage.tell(new UnitCommand.Reload("web")).succeeded()).isTrue();
            stage.tell(new UnitCommand.Stop("web"));
            String pid = stage.lines("web.service").stream()
                    .filter(line -> line.startsWith("post "))
                    .findFirst()
                    .orElseThrow();
            assertThat(pid).matches("post [0-9]+");
            assertThat(stage.lines("web.service"))
                    .containsSubsequence("pre", "main", "reload", "stop", "stop-post success");
        }
    }

    @Test
    void failingPreparationKeepsTheServiceFromStarting() {
        Commands commands = new Commands(
                List.of(),
                List.of(shell("exit 4")),
                List.of(shell("echo main")),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        try (Stage stage = new Stage(service("web", "").commands(commands).build())) {
            UnitStatus failed = stage.awaitActivity("web.service", Activity.FAILED);
            assertThat(failed.result()).isEqualTo("exit-code");
            assertThat(stage.lines("web.service")).doesNotContain("main");
        }
    }

    @Test
    void oneShotIsActiveAfterItsCommandsIfItSaysSo() {
        try (Stage stage = new Stage(service("once", "echo done")
                .startup(Startup.ONESHOT)
                .remainsAfterExit()
                .build())) {
            assertThat(stage.awaitActivity("once.service", Activity.ACTIVE).subState())
                    .isEqualTo("exited");
        }
    }

    @Test
    void signalIsSentToEveryProcess() {
        try (Stage stage = new Stage(service("web", "trap 'echo got usr1' USR1; echo armed; " + FOREVER)
                .build())) {
            stage.awaitLine("web.service", "armed");
            stage.tell(new UnitCommand.Kill("web", Signal.USR1));
            stage.awaitLine("web.service", "got usr1");
        }
    }

    @Test
    void newDefinitionsLeaveWhatIsUnchangedAlone() {
        var same = service("same", "exec sleep 1000").build();
        var changing = service("changing", "echo old; exec sleep 1000");
        var gone = service("gone", "exec sleep 1000").build();
        try (Stage stage = new Stage(same, changing.build(), gone)) {
            int samePid = stage.awaitActivity("same.service", Activity.ACTIVE)
                    .mainPid()
                    .orElseThrow();
            int oldPid = stage.awaitActivity("changing.service", Activity.ACTIVE)
                    .mainPid()
                    .orElseThrow();
            int gonePid = stage.awaitActivity("gone.service", Activity.ACTIVE)
                    .mainPid()
                    .orElseThrow();
            var changed = changing.commands(Commands.of(shell("echo new; exec sleep 1000")))
                    .build();
            var added = service("added", "exec sleep 1000").build();

            Applied applied = Stage.await(stage.supervisor().apply(UnitSet.allOf(List.of(same, changed, added))));
            assertThat(applied.unchanged()).containsExactly("same.service");
            assertThat(applied.changed()).containsExactly("changing.service");
            assertThat(applied.added()).containsExactly("added.service");
            assertThat(applied.removed()).containsExactly("gone.service");
            stage.awaitActivity("added.service", Activity.ACTIVE);
            assertThat(stage.status("same.service").mainPid()).hasValue(samePid);
            assertThat(stage.status("changing.service").mainPid()).hasValue(oldPid);
            assertThat(stage.status("changing.service").changePending()).isTrue();
            Deadline.inSeconds(60)
                    .await(
                            "gone.service has ended",
                            () -> ProcessTable.of(gonePid).isEmpty());

            stage.tell(new UnitCommand.Restart("changing"));
            stage.awaitLine("changing.service", "new");
            assertThat(stage.status("changing.service").changePending()).isFalse();
        }
    }
}
