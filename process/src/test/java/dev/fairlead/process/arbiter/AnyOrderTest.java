package dev.fairlead.process.arbiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.process.arbiter.GenerationState.Stage;
import dev.fairlead.process.arbiter.WorkerState.Phase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever order processes and people act in: an application that has served once goes on, nothing is left
/// behind, and no worker is told to end while it may have requests.
class AnyOrderTest {
    private static final int STEPS = 400;
    private static final int RUNS = 100;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aServingApplicationGoesOnAndLeavesNothingBehind(long seed) {
        for (int run = 0; run < RUNS; run++) {
            World world = new World(new Random(seed * RUNS + run));
            for (int step = 0; step < STEPS; step++) {
                world.disturb();
                world.proceed();
            }
            world.settle();
            assertThat(world.state.serving()).isPresent();
            GenerationState serving = world.state.serving().orElseThrow();
            assertThat(serving.in(Phase.SERVING)).hasSize(serving.wanted());
            assertThat(world.state.generations()).hasSize(1);
            world.on(new Event.Stop(world.random.nextBoolean()));
            world.settle();
            assertThat(world.state.generations()).isEmpty();
            assertThat(world.processes).isEmpty();
            assertThat(world.isStopped).isTrue();
        }
    }

    /// Processes that do what they are asked, in an order that is drawn by lot.
    private static final class World {
        private final Random random;
        private final List<Event> pending = new ArrayList<>();
        private final Set<Integer> processes = new HashSet<>();
        private final Set<Integer> admitted = new HashSet<>();
        private final Set<Integer> zygotes = new HashSet<>();
        private ApplicationState state = ApplicationState.initial(2);
        private long now;
        private boolean isStopped;
        private boolean hasServed;

        World(Random random) {
            this.random = random;
        }

        void on(Event event) {
            Transition transition = Arbiter.next(state, event);
            state = transition.state();
            transition.actions().forEach(this::perform);
            assertThat(state.generations().stream().filter(one -> one.is(Stage.SERVING)))
                    .hasSizeLessThanOrEqualTo(1);
            assertThat(state.generations().stream().filter(one -> one.is(Stage.COMING)))
                    .hasSizeLessThanOrEqualTo(1);
            hasServed |= state.serving().isPresent();
            assertThat(state.isEnding() || !hasServed || state.serving().isPresent())
                    .as("what has served once goes on")
                    .isTrue();
        }

        private void perform(Action action) {
            switch (action) {
                case Action.StartZygote start -> {
                    assertThat(zygotes.add(start.generation())).isTrue();
                    pending.add(new Event.Loaded(start.generation()));
                }
                case Action.StartZygoteLater later -> pending.add(new Event.ZygoteDue(later.generation()));
                case Action.EndZygote end -> pending.add(new Event.ZygoteEnded(end.generation(), "ended"));
                case Action.Fork fork -> {
                    assertThat(zygotes).contains(fork.generation());
                    assertThat(processes.add(fork.worker())).isTrue();
                    // The worker tells it is ready by another way than the zygote tells of the fork.
                    pending.add(new Event.Forked(fork.worker()));
                    pending.add(new Event.Ready(fork.worker()));
                    pending.add(new Event.Late(fork.worker()));
                }
                case Action.ForkLater later -> pending.add(new Event.ForkDue(later.generation()));
                case Action.Admit admit ->
                    assertThat(admitted.add(admit.worker())).isTrue();
                case Action.Retire retire -> {
                    assertThat(admitted.remove(retire.worker())).isTrue();
                    pending.add(new Event.Idle(retire.worker()));
                }
                case Action.Terminate end -> {
                    assertThat(admitted).doesNotContain(end.worker());
                    pending.add(ended(end.worker()));
                }
                case Action.Kill kill -> pending.add(ended(kill.worker()));
                case Action.Examine examine -> pending.add(ended(examine.worker()));
                case Action.Discard discard -> processes.remove(discard.worker());
                case Action.Stopped _ -> isStopped = true;
                case Action.RunHook _,
                        Action.Serve _,
                        Action.Release _,
                        Action.ReportBroken _,
                        Action.ReportAbandoned _,
                        Action.SayNotLoaded _,
                        Action.SayZygoteLost _,
                        Action.SayUnfit _,
                        Action.SayReplaced _,
                        Action.SayLost _,
                        Action.Forget _ -> {}
            }
        }

        private Event ended(int worker) {
            now += random.nextInt(10_000);
            return new Event.Ended(worker, "ended", random.nextInt(10_000), now);
        }

        /// Something that nobody asked for.
        void disturb() {
            switch (random.nextInt(12)) {
                case 0, 1 -> on(new Event.Deploy(1 + random.nextInt(3)));
                case 2 -> on(new Event.Resize(1 + random.nextInt(4)));
                case 3, 4 -> processes.stream().findAny().ifPresent(worker -> pending.add(ended(worker)));
                case 5 -> admitted.stream().findAny().ifPresent(worker -> on(new Event.Worn(worker, "is worn")));
                case 6 -> admitted.stream().findAny().ifPresent(worker -> on(new Event.Overdue(worker, "is slow")));
                case 7 ->
                    zygotes.stream().findAny().ifPresent(zygote -> pending.add(new Event.ZygoteEnded(zygote, "ended")));
                case 8 -> on(new Event.Failed(state.lastGeneration(), "does not load"));
                case 9 -> processes.stream().findAny().ifPresent(worker -> on(new Event.Unfit(worker, "is ill")));
                case 10 -> processes.stream().findAny().ifPresent(worker -> on(new Event.Deaf(worker)));
                default -> {}
            }
        }

        void proceed() {
            if (pending.isEmpty()) {
                return;
            }
            Event event = pending.remove(random.nextInt(pending.size()));
            if (!isPossible(event)) {
                return;
            }
            on(event);
        }

        /// Whether whoever it is about is still there; notes that processes end.
        private boolean isPossible(Event event) {
            return switch (event) {
                case Event.Forked forked -> processes.contains(forked.worker());
                case Event.Ready ready -> processes.contains(ready.worker());
                case Event.Loaded loaded -> zygotes.contains(loaded.generation());
                case Event.ZygoteEnded ended -> zygotes.remove(ended.generation());
                case Event.Ended ended -> {
                    admitted.remove(ended.worker());
                    yield isForked(ended.worker()) && processes.remove(ended.worker());
                }
                case Event.Deploy _,
                        Event.Resize _,
                        Event.Stop _,
                        Event.Failed _,
                        Event.ZygoteDue _,
                        Event.ForkDue _,
                        Event.Unfit _,
                        Event.Late _,
                        Event.Worn _,
                        Event.Overdue _,
                        Event.Idle _,
                        Event.Lingering _,
                        Event.Deaf _ -> true;
            };
        }

        /// What was never seen to begin is discarded with its zygote.
        private boolean isForked(int worker) {
            return state.ofWorker(worker).stream()
                    .flatMap(generation -> generation.workers().stream())
                    .anyMatch(one -> one.number() == worker && !one.is(Phase.FORKING));
        }

        /// Everything that is under way happens; limits of time pass last.
        void settle() {
            for (int i = 0; i < 100_000 && !pending.isEmpty(); i++) {
                proceed();
            }
            assertThat(pending).isEmpty();
            if (state.serving().isEmpty() && !state.isEnding()) {
                on(new Event.Deploy(2));
                settle();
            }
        }
    }
}
