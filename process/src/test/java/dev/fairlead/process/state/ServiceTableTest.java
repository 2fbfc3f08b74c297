package dev.fairlead.process.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.fairlead.model.service.Dependencies;
import dev.fairlead.model.service.Service;
import dev.fairlead.model.service.UnitRules;
import dev.fairlead.model.service.execution.Command;
import dev.fairlead.model.service.execution.Commands;
import dev.fairlead.model.service.execution.Execution;
import dev.fairlead.model.service.execution.Handover;
import dev.fairlead.model.service.lifecycle.ExitSet;
import dev.fairlead.model.service.lifecycle.KillPolicy;
import dev.fairlead.model.service.lifecycle.NotifyAccess;
import dev.fairlead.model.service.lifecycle.RestartPolicy;
import dev.fairlead.model.service.lifecycle.RestartPolicy.When;
import dev.fairlead.model.service.lifecycle.StartLimit;
import dev.fairlead.model.service.lifecycle.Startup;
import dev.fairlead.model.service.lifecycle.Timeouts;
import dev.fairlead.source.Span;
import dev.fairlead.testkit.Golden;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ServiceTableTest {
    private static final Ending CRASH = new Ending.Killed(11, true);
    private static final List<Event> EVENTS = List.of(
            new Event.Start(),
            new Event.Stop(),
            new Event.Restart(),
            new Event.Reload(),
            new Event.Reset(),
            new Event.StartRefused(Result.START_LIMIT_HIT),
            new Event.CommandsDone(),
            new Event.CommandsFailed(Result.EXIT_CODE),
            new Event.MainStarted(),
            new Event.MainEnded(new Ending.Exited(0), Result.SUCCESS),
            new Event.MainEnded(CRASH, Result.CORE_DUMP),
            new Event.MainEnded(CRASH, Result.CORE_DUMP, true),
            new Event.Ready(),
            new Event.Reloading(),
            new Event.Stopping(),
            new Event.WatchdogMissed(),
            new Event.TimedOut(),
            new Event.ProcessesGone());

    @ParameterizedTest
    @EnumSource(Startup.class)
    void everyEventIsAnsweredInEveryPhase(Startup startup) {
        for (Service service : List.of(bare(startup), withEverything(startup))) {
            ServiceTable table = new ServiceTable(service);
            for (Phase phase : Phase.values()) {
                for (Event event : EVENTS) {
                    for (boolean mainRuns : new boolean[] {true, false}) {
                        ServiceState state = in(phase, mainRuns);
                        assertThatCode(() -> table.next(state, event))
                                .as("%s in %s", event, phase)
                                .doesNotThrowAnyException();
                    }
                }
            }
        }
    }

    @Test
    void documentationHoldsTheTable() {
        ServiceTable table = new ServiceTable(withEverything(Startup.NOTIFY));
        StringBuilder out = new StringBuilder("""
            # The states of a service

            What follows which event in which phase, for a service with `Type=notify` that has every kind of command and
            `Restart=on-failure`, while its main process runs. An empty cell: nothing changes. (Generated from the table
            itself.)

            """);
        out.append("| |");
        for (Phase phase : Phase.values()) {
            out.append(' ').append(phase.word()).append(" |");
        }
        out.append("\n|---|").repeat("---|", Phase.values().length).append('\n');
        for (Event event : EVENTS) {
            out.append("| ").append(name(event)).append(" |");
            for (Phase phase : Phase.values()) {
                Phase next = table.next(in(phase, true), event).state().phase();
                out.append(' ').append(next == phase ? "" : next.word()).append(" |");
            }
            out.append('\n');
        }
        Golden.check(Path.of("../docs/service-states.md"), out.toString());
    }

    private static String name(Event event) {
        return switch (event) {
            case Event.MainEnded ended when ended.othersGoOn() -> "main crashed, others go on";
            case Event.MainEnded ended when ended.result() != Result.SUCCESS -> "main crashed";
            case Event.MainEnded _ -> "main ended well";
            case Event.Start _,
                    Event.Stop _,
                    Event.Restart _,
                    Event.Reload _,
                    Event.Reset _,
                    Event.StartRefused _,
                    Event.CommandsDone _,
                    Event.CommandsFailed _,
                    Event.MainStarted _,
                    Event.Ready _,
                    Event.Reloading _,
                    Event.Stopping _,
                    Event.WatchdogMissed _,
                    Event.TimedOut _,
                    Event.ProcessesGone _ ->
                event.getClass()
                        .getSimpleName()
                        .replaceAll("(.)([A-Z])", "$1 $2")
                        .toLowerCase(Locale.ROOT);
        };
    }

    @Test
    void simpleServiceRunsAsSoonAsItsProcessIsThere() {
        Run run = new Run(bare(Startup.SIMPLE)).tell(new Event.Start(), new Event.MainStarted());
        assertThat(run.state.phase()).isEqualTo(Phase.RUNNING);
        assertThat(run.actions).contains(new Action.SpawnMain());
    }

    @Test
    void upIsNotReady() {
        Run run = new Run(bare(Startup.NOTIFY)).tell(new Event.Start(), new Event.MainStarted());
        assertThat(run.state.phase()).isEqualTo(Phase.START);
        assertThat(run.tell(new Event.Ready()).state.phase()).isEqualTo(Phase.RUNNING);
    }

    @Test
    void endingBeforeItWasReadyIsAFailureOfProtocol() {
        Run run = new Run(bare(Startup.NOTIFY))
                .tell(
                        new Event.Start(),
                        new Event.MainStarted(),
                        new Event.MainEnded(new Ending.Exited(0), Result.SUCCESS))
                .gone();
        assertThat(run.state.phase()).isEqualTo(Phase.FAILED);
        assertThat(run.state.result()).isEqualTo(Result.PROTOCOL);
    }

    @Test
    void stepsFollowEachOther() {
        Run run = new Run(withEverything(Startup.SIMPLE)).tell(new Event.Start());
        assertThat(run.state.phase()).isEqualTo(Phase.CONDITION);
        assertThat(run.tell(new Event.CommandsDone()).state.phase()).isEqualTo(Phase.START_PRE);
        assertThat(run.tell(new Event.CommandsDone()).state.phase()).isEqualTo(Phase.START);
        assertThat(run.tell(new Event.MainStarted()).state.phase()).isEqualTo(Phase.START_POST);
        assertThat(run.tell(new Event.CommandsDone()).state.phase()).isEqualTo(Phase.RUNNING);
        assertThat(run.tell(new Event.Stop()).state.phase()).isEqualTo(Phase.STOP);
        assertThat(run.tell(new Event.CommandsDone()).state.phase()).isEqualTo(Phase.STOP_SIGTERM);
        assertThat(run.tell(new Event.MainEnded(new Ending.Killed(15, false), Result.SUCCESS))
                        .state
                        .phase())
                .isEqualTo(Phase.STOP_POST);
        assertThat(run.tell(new Event.CommandsDone()).state.phase()).isEqualTo(Phase.FINAL_SIGTERM);
        assertThat(run.gone().state.phase()).isEqualTo(Phase.INACTIVE);
    }

    @Test
    void unmetConditionIsNoFailure() {
        Run run = new Run(withEverything(Startup.SIMPLE))
                .tell(new Event.Start(), new Event.CommandsFailed(Result.SKIPPED))
                .gone();
        run.tell(new Event.CommandsDone()).gone();
        assertThat(run.state.phase()).isEqualTo(Phase.INACTIVE);
        assertThat(run.state.result()).isEqualTo(Result.SKIPPED);
    }

    @Test
    void stopByHandIsNotFollowedByARestart() {
        Run run = new Run(policy(When.ALWAYS)).up().tell(new Event.Stop()).gone();
        assertThat(run.state.phase()).isEqualTo(Phase.INACTIVE);
    }

    @Test
    void stopWhileWaitingForTheRestartEndsTheWaiting() {
        Run run = new Run(policy(When.ALWAYS))
                .up()
                .tell(new Event.MainEnded(CRASH, Result.CORE_DUMP))
                .gone();
        assertThat(run.state.phase()).isEqualTo(Phase.AUTO_RESTART);
        assertThat(run.tell(new Event.Stop()).state.phase()).isEqualTo(Phase.INACTIVE);
    }

    @Test
    void stopForARestartHasItsOwnSignalAndStaysDown() {
        Run run = new Run(policy(When.ALWAYS)).up().tell(new Event.Restart());
        assertThat(run.actions).contains(new Action.Kill(Action.Round.FIRST_OF_RESTART));
        run.tell(new Event.MainEnded(new Ending.Killed(15, false), Result.SUCCESS))
                .gone();
        assertThat(run.state.phase()).isEqualTo(Phase.INACTIVE);
    }

    @Test
    void timeIsUpForEachStepOfStopping() {
        Run run = new Run(bare(Startup.SIMPLE)).up().tell(new Event.Stop());
        assertThat(run.state.phase()).isEqualTo(Phase.STOP_SIGTERM);
        assertThat(run.tell(new Event.TimedOut()).state.phase()).isEqualTo(Phase.STOP_SIGKILL);
        assertThat(run.actions.getLast()).isEqualTo(new Action.Kill(Action.Round.FINAL));
        run.tell(new Event.TimedOut(), new Event.TimedOut(), new Event.TimedOut());
        assertThat(run.state.phase()).isEqualTo(Phase.FAILED);
        assertThat(run.state.result()).isEqualTo(Result.TIMEOUT);
    }

    @Test
    void refusedStartIsAFailureWithItsReason() {
        Run run = new Run(bare(Startup.SIMPLE)).tell(new Event.StartRefused(Result.START_LIMIT_HIT));
        assertThat(run.state.phase()).isEqualTo(Phase.FAILED);
        assertThat(run.state.result()).isEqualTo(Result.START_LIMIT_HIT);
        assertThat(run.tell(new Event.Reset()).state).isEqualTo(ServiceState.INITIAL);
    }

    /// The table of `Restart=` in `man systemd.service`.
    @ParameterizedTest(name = "{0}: clean {1}, exit code {2}, signal {3}, timeout {4}")
    @CsvSource({
        "NO, false, false, false, false",
        "ALWAYS, true, true, true, true",
        "ON_SUCCESS, true, false, false, false",
        "ON_FAILURE, false, true, true, true",
        "ON_ABNORMAL, false, false, true, true",
        "ON_ABORT, false, false, true, false",
        "ON_WATCHDOG, false, false, false, false"
    })
    void restartFollowsThePolicy(When when, boolean clean, boolean exit, boolean signal, boolean timeout) {
        assertThat(comesBack(when, Result.SUCCESS)).isEqualTo(clean);
        assertThat(comesBack(when, Result.EXIT_CODE)).isEqualTo(exit);
        assertThat(comesBack(when, Result.SIGNAL)).isEqualTo(signal);
        assertThat(comesBack(when, Result.CORE_DUMP)).isEqualTo(signal);
        assertThat(comesBack(when, Result.TIMEOUT)).isEqualTo(timeout);
        assertThat(comesBack(when, Result.SKIPPED)).isFalse();
    }

    private static boolean comesBack(When when, Result result) {
        return RestartRule.comesBack(RestartPolicy.NEVER.when(when), result, Optional.empty());
    }

    @Test
    void exitsThatForbidOrForceARestartOverruleThePolicy() {
        RestartPolicy policy = new RestartPolicy(
                When.ALWAYS,
                Duration.ZERO,
                0,
                Duration.ZERO,
                ExitSet.NONE,
                new ExitSet(Set.of(7), Set.of()),
                new ExitSet(Set.of(), Set.of(9)));
        Optional<Ending> never = Optional.of(new Ending.Exited(7));
        Optional<Ending> force = Optional.of(new Ending.Killed(9, false));
        assertThat(RestartRule.comesBack(policy, Result.EXIT_CODE, never)).isFalse();
        assertThat(RestartRule.comesBack(policy.when(When.NO), Result.SIGNAL, force))
                .isTrue();
    }

    @Test
    void politeSignalsAreACleanEndOfADaemonButNotOfACommand() {
        Service daemon = bare(Startup.SIMPLE);
        Service oneShot = bare(Startup.ONESHOT);
        for (int signal : new int[] {1, 2, 13, 15}) {
            assertThat(new Ending.Killed(signal, false).ofMain(daemon)).isEqualTo(Result.SUCCESS);
            assertThat(new Ending.Killed(signal, false).ofMain(oneShot)).isEqualTo(Result.SIGNAL);
            assertThat(new Ending.Killed(signal, false).ofCommand(daemon)).isEqualTo(Result.SIGNAL);
        }
        assertThat(new Ending.Killed(9, false).ofMain(daemon)).isEqualTo(Result.SIGNAL);
        assertThat(CRASH.ofMain(daemon)).isEqualTo(Result.CORE_DUMP);
        assertThat(new Ending.Exited(42).ofMain(daemon)).isEqualTo(Result.EXIT_CODE);
    }

    @Test
    void startsAreCountedWithinTheInterval() {
        StartLimit limit = new StartLimit(Duration.ofSeconds(10), 2);
        long second = 1_000_000_000L;
        StartHistory two = StartHistory.EMPTY.with(limit, 0).with(limit, second);
        assertThat(two.allows(limit, 9 * second)).isFalse();
        assertThat(two.allows(limit, 10 * second)).isTrue();
        assertThat(two.allows(new StartLimit(Duration.ZERO, 2), 2 * second)).isTrue();
        assertThat(two.allows(new StartLimit(Duration.ofSeconds(10), 0), 2 * second))
                .isTrue();
    }

    private static ServiceState in(Phase phase, boolean mainRuns) {
        return ServiceState.INITIAL.phase(phase).mainRuns(mainRuns);
    }

    /// Feeds events and keeps what was to be done.
    private static final class Run {
        private final ServiceTable table;
        private final List<Action> actions = new ArrayList<>();
        private ServiceState state = ServiceState.INITIAL;

        Run(Service service) {
            this.table = new ServiceTable(service);
        }

        Run tell(Event... events) {
            for (Event event : events) {
                Transition transition = table.next(state, event);
                state = transition.state();
                actions.addAll(transition.actions());
            }
            return this;
        }

        Run up() {
            return tell(new Event.Start(), new Event.MainStarted());
        }

        /// As often as signals are sent: nobody is left.
        Run gone() {
            Phase before;
            do {
                before = state.phase();
                tell(new Event.ProcessesGone());
            } while (before != state.phase());
            return this;
        }
    }

    private static Service bare(Startup startup) {
        return service(startup, Commands.of(command()), RestartPolicy.NEVER);
    }

    private static Service policy(When when) {
        return service(Startup.SIMPLE, Commands.of(command()), RestartPolicy.NEVER.when(when));
    }

    private static Service withEverything(Startup startup) {
        List<Command> one = List.of(command());
        return service(
                startup, new Commands(one, one, one, one, one, one, one), RestartPolicy.NEVER.when(When.ON_FAILURE));
    }

    private static Command command() {
        return Command.of(Span.builtIn(), "/bin/true");
    }

    private static Service service(Startup startup, Commands commands, RestartPolicy restart) {
        return new Service(
                "test.service",
                "test",
                Dependencies.NONE,
                UnitRules.NONE,
                startup,
                false,
                false,
                Optional.empty(),
                true,
                NotifyAccess.MAIN,
                commands,
                Execution.DEFAULT,
                restart,
                StartLimit.DEFAULT,
                Timeouts.DEFAULT,
                KillPolicy.DEFAULT,
                Handover.PLAIN,
                List.of(),
                Span.builtIn());
    }
}
