package dev.fairlead.process.arbiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.process.arbiter.GenerationState.Source;
import dev.fairlead.process.arbiter.WorkerState.Phase;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArbiterTest {
    private static final long LONG = 60_000;

    private final Stand stand = new Stand(2);

    @Test
    void workersAreForkedOnceTheCodeIsLoadedAndServeTogether() {
        stand.on(new Event.Deploy(2));
        assertThat(stand.actions()).containsExactly(new Action.StartZygote(1));
        stand.on(new Event.Loaded(1));
        assertThat(stand.actions()).containsExactly(new Action.Fork(1, 1), new Action.Fork(1, 2));
        stand.on(new Event.Forked(1)).on(new Event.Ready(1));
        assertThat(stand.actions()).isEmpty();
        stand.on(new Event.Forked(2)).on(new Event.Ready(2));
        assertThat(stand.actions())
                .containsExactly(new Action.Admit(1), new Action.Admit(2), new Action.Serve(1, OptionalInt.empty()));
    }

    @Test
    void theOldGenerationServesUntilEveryWorkerOfTheNewOneIsReady() {
        stand.deployed(2).on(new Event.Deploy(2)).on(new Event.Loaded(2));
        assertThat(stand.in(Phase.SERVING)).containsExactly(1, 2);
        stand.up(List.of(3));
        assertThat(stand.actions()).isEmpty();
        stand.up(List.of(4));
        assertThat(stand.actions())
                .containsExactly(
                        new Action.Admit(3),
                        new Action.Admit(4),
                        new Action.Serve(2, OptionalInt.of(1)),
                        new Action.Retire(1),
                        new Action.Retire(2),
                        new Action.Release(1));
    }

    @Test
    void aRetiredWorkerIsToldToEndWhenItsLastRequestHasAndItsGenerationGoesWithTheLastProcess() {
        stand.deployed(2).deployed(2).on(new Event.Idle(1));
        assertThat(stand.actions()).containsExactly(new Action.Terminate(1));
        stand.on(new Event.Lingering(1));
        assertThat(stand.actions(Action.Kill.class)).hasSize(1);
        stand.on(ended(1)).on(new Event.Idle(2)).on(ended(2));
        assertThat(stand.actions()).containsExactly(new Action.EndZygote(1, false));
        stand.on(new Event.ZygoteEnded(1, "ended"));
        assertThat(stand.actions()).containsExactly(new Action.Forget(1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mishaps")
    void codeThatDoesNotComeUpLeavesTheOldGenerationAsItWas(String name, Event mishap) {
        stand.deployed(2).on(new Event.Deploy(2)).on(new Event.Loaded(2)).on(new Event.Forked(3));
        GenerationState before = stand.state().serving().orElseThrow();
        stand.on(mishap);
        assertThat(stand.actions(Action.ReportBroken.class)).hasSize(1);
        assertThat(stand.state().serving()).as(name).contains(before);
        assertThat(stand.state().coming()).isEmpty();
        assertThat(stand.actions(Action.Retire.class)).isEmpty();
    }

    static Stream<Arguments> mishaps() {
        return Stream.of(
                Arguments.of("cannot be loaded", new Event.Failed(2, "SyntaxError")),
                Arguments.of("a worker cannot load it", new Event.Unfit(3, "ImportError")),
                Arguments.of("a worker exits", new Event.Ended(3, "status 1", 10, 1000)),
                Arguments.of("the zygote exits", new Event.ZygoteEnded(2, "ended")));
    }

    @Test
    void whatIsLeftOfABrokenGenerationIsEndedAndForgotten() {
        stand.deployed(1).on(new Event.Deploy(2)).on(new Event.Loaded(2)).on(new Event.Forked(2));
        stand.on(new Event.Failed(2, "it hangs"));
        assertThat(stand.actions(Action.Kill.class))
                .extracting(Action.Kill::worker)
                .containsExactly(2);
        assertThat(stand.actions(Action.EndZygote.class)).hasSize(1);
        stand.on(new Event.Forked(3));
        assertThat(stand.actions(Action.Kill.class))
                .extracting(Action.Kill::worker)
                .containsExactly(3);
        stand.on(new Event.ZygoteEnded(2, "ended")).on(ended(2)).on(ended(3));
        assertThat(stand.actions()).containsExactly(new Action.Forget(2));
        assertThat(stand.state().serving()).isPresent();
    }

    @Test
    void whoeverDeploysLastIsServed() {
        stand.deployed(1).on(new Event.Deploy(1)).on(new Event.Deploy(1));
        assertThat(stand.actions(Action.ReportAbandoned.class)).containsExactly(new Action.ReportAbandoned(2));
        stand.on(new Event.Loaded(2));
        assertThat(stand.actions()).isEmpty();
        stand.loadedAndReady();
        assertThat(stand.state().serving())
                .get()
                .extracting(GenerationState::number)
                .isEqualTo(3);
    }

    @Test
    void aWornWorkerServesUntilTheNextOneDoes() {
        stand.deployed(2).on(new Event.Worn(1, "has had its requests"));
        assertThat(stand.forks()).containsExactly(3);
        assertThat(stand.in(Phase.SERVING)).containsExactly(1, 2);
        stand.up(List.of(3));
        assertThat(stand.actions()).containsExactly(new Action.Admit(3), new Action.Retire(1));
    }

    @Test
    void aKilledWorkerIsReplacedAtOnce() {
        stand.deployed(2).on(new Event.Ended(2, "killed by SIGKILL", LONG, LONG));
        assertThat(stand.actions()).containsExactly(new Action.SayLost(2, "killed by SIGKILL"), new Action.Fork(1, 3));
    }

    @Test
    void workersThatEndAsSoonAsTheyBeginAreReplacedMoreAndMoreSlowly() {
        stand.deployed(1);
        stand.on(new Event.Ended(1, "status 1", 10, 1000));
        assertThat(stand.forks()).containsExactly(2);
        stand.on(new Event.Ended(2, "status 1", 10, 1010));
        assertThat(stand.actions(Action.ForkLater.class))
                .containsExactly(new Action.ForkLater(1, Duration.ofMillis(100)));
        stand.on(new Event.ForkDue(1));
        assertThat(stand.forks()).containsExactly(3);
        stand.on(new Event.Ended(3, "status 1", 10, 1200));
        assertThat(stand.actions(Action.ForkLater.class))
                .containsExactly(new Action.ForkLater(1, Duration.ofMillis(200)));
    }

    @Test
    void workersThatServedAreReplacedSoonHoweverOftenTheyCrash() {
        stand.deployed(1);
        int worker = 1;
        for (int crash = 1; crash <= 20; crash++) {
            stand.on(new Event.Ended(worker, "killed by SIGSEGV", 300, crash * 500L));
            if (crash > 1) {
                assertThat(stand.actions(Action.ForkLater.class))
                        .containsExactly(new Action.ForkLater(1, Duration.ofMillis(100)));
                stand.on(new Event.ForkDue(1));
            }
            worker = crash + 1;
            assertThat(stand.forks()).containsExactly(worker);
            stand.up(List.of(worker));
        }
    }

    @Test
    void aWorkerThatIsOverdueIsReplacedBeforeItIsKilled() {
        stand.deployed(1).on(new Event.Overdue(1, "GET /report took longer than 30 s"));
        assertThat(stand.actions())
                .containsExactly(new Action.Fork(1, 2), new Action.Examine(1, "GET /report took longer than 30 s"));
    }

    @Test
    void aLostZygoteIsStartedAgainAndItsWorkersServeOn() {
        stand.deployed(2).on(new Event.ZygoteEnded(1, "ended"));
        assertThat(stand.actions())
                .containsExactly(
                        new Action.SayZygoteLost(1, "ended"), new Action.StartZygoteLater(1, Duration.ofMillis(100)));
        assertThat(stand.in(Phase.SERVING)).containsExactly(1, 2);
        stand.on(new Event.Ended(1, "killed", LONG, LONG));
        assertThat(stand.forks()).isEmpty();
        stand.on(new Event.ZygoteDue(1)).on(new Event.Loaded(1));
        assertThat(stand.forks()).containsExactly(3);
        assertThat(stand.state().serving())
                .get()
                .extracting(GenerationState::source)
                .isEqualTo(Source.LOADED);
    }

    @Test
    void aZygoteThatHangsWhileItForksIsEnded() {
        stand.deployed(1).on(new Event.Ended(1, "killed", LONG, LONG)).on(new Event.Late(2));
        assertThat(stand.actions()).containsExactly(new Action.EndZygote(1, true));
    }

    @Test
    void aWorkerThatIsReadyBeforeItsForkIsToldCountsOnceItIsTold() {
        stand.on(new Event.Deploy(1)).on(new Event.Loaded(1)).on(new Event.Ready(1));
        assertThat(stand.state().serving()).isEmpty();
        stand.on(new Event.Forked(1));
        assertThat(stand.actions(Action.Serve.class)).hasSize(1);
        assertThat(stand.in(Phase.SERVING)).hasSize(1);
        stand.on(new Event.Resize(2)).on(new Event.Ready(2)).on(new Event.Forked(2));
        assertThat(stand.actions(Action.Admit.class)).containsExactly(new Action.Admit(2));
    }

    @Test
    void resizingForksWhatIsMissingAndRetiresTheOldest() {
        stand.deployed(2).on(new Event.Resize(3));
        assertThat(stand.actions())
                .containsExactly(new Action.RunHook(1, "nworkers_changed", List.of(3, 2)), new Action.Fork(1, 3));
        stand.up(List.of(3)).on(new Event.Resize(1));
        assertThat(stand.actions(Action.Retire.class)).containsExactly(new Action.Retire(1), new Action.Retire(2));
    }

    @Test
    void resizingDuringADeployHoldsForTheNewGenerationToo() {
        stand.deployed(2).on(new Event.Deploy(2)).on(new Event.Loaded(2)).up(List.of(3));
        stand.on(new Event.Resize(1));
        assertThat(stand.state().serving())
                .get()
                .extracting(GenerationState::number)
                .isEqualTo(2);
        stand.up(List.of(4));
        assertThat(stand.in(Phase.SERVING)).hasSize(1);
    }

    @Test
    void stoppingLetsRequestsFinishAndThenNothingIsLeft() {
        stand.deployed(1).on(new Event.Stop(true));
        assertThat(stand.actions(Action.Retire.class)).hasSize(1);
        stand.on(new Event.Idle(1)).on(ended(1)).on(new Event.ZygoteEnded(1, "ended"));
        assertThat(stand.actions()).containsExactly(new Action.Forget(1), new Action.Stopped());
    }

    @Test
    void stoppingAtOnceKillsEveryWorker() {
        stand.deployed(2).deployed(1).on(new Event.Stop(false));
        assertThat(stand.actions(Action.Kill.class))
                .extracting(Action.Kill::worker)
                .containsExactly(1, 2, 3);
    }

    @Test
    void whatIsSaidOfWorkersThatAreGoneMeansNothing() {
        stand.deployed(1);
        ApplicationState before = stand.state();
        for (Event late : List.of(
                new Event.Forked(9),
                new Event.Ready(9),
                new Event.Worn(9, ""),
                new Event.Idle(9),
                ended(9),
                new Event.Loaded(9),
                new Event.ZygoteEnded(9, "ended"))) {
            assertThat(stand.on(late).actions()).isEmpty();
            assertThat(stand.state()).isEqualTo(before);
        }
    }

    private static Event ended(int worker) {
        return new Event.Ended(worker, "ended", LONG, LONG);
    }
}
