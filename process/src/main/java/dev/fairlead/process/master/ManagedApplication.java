package dev.fairlead.process.master;

import dev.fairlead.model.app.Application;
import dev.fairlead.model.service.lifecycle.Signal;
import dev.fairlead.model.status.ApplicationStatus;
import dev.fairlead.os.ProcessTable;
import dev.fairlead.os.Processes;
import dev.fairlead.process.arbiter.Action;
import dev.fairlead.process.arbiter.ApplicationState;
import dev.fairlead.process.arbiter.Arbiter;
import dev.fairlead.process.arbiter.Event;
import dev.fairlead.process.arbiter.GenerationState;
import dev.fairlead.process.arbiter.Transition;
import dev.fairlead.process.arbiter.WorkerState;
import dev.fairlead.process.master.ApplicationChange.Level;
import dev.fairlead.process.master.Generation.Context;
import dev.fairlead.worker.WorkerGate.Load;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One application: hands what happens to the arbiter and does what it says. On the master loop.
final class ManagedApplication implements Generation.Owner {
    private final Context context;
    private final Consumer<ApplicationChange> listener;
    private final Tally tally;
    private final Deploys deploys;
    private final Map<Integer, Generation> generations = new LinkedHashMap<>();
    private final Deque<Event> due = new ArrayDeque<>();
    private final CompletableFuture<@Nullable Void> stopped = new CompletableFuture<>();
    private ApplicationState state;
    private Application application;
    private boolean isTurning;
    private boolean readyIsToBeSaid;
    /// Files that were changed, and when.
    private final Map<String, String> changes = new HashMap<>();

    private boolean isRenewing;
    private boolean isChangedAgain;

    /// @param state to begin with
    ManagedApplication(
            Context context, Application application, ApplicationState state, Consumer<ApplicationChange> listener) {
        this.context = context;
        this.application = application;
        this.state = state;
        this.listener = listener;
        this.tally = new Tally(context.loop(), context.gate(), application.name());
        this.deploys = new Deploys(application.name(), context.clock(), tally, this);
    }

    Application application() {
        return application;
    }

    ApplicationState state() {
        return state;
    }

    boolean isServing() {
        return state.serving().isPresent();
    }

    /// Workers the generation that serves shall have.
    int workers() {
        return state.workers();
    }

    /// Brings up the application as it is now, or as given, beside what serves.
    CompletionStage<DeployReport> deploy(Application next) {
        if (state.isEnding()) {
            return CompletableFuture.completedFuture(deploys.refused("the application is being stopped"));
        }
        int workers = next.workers() == application.workers() ? state.wanted() : next.workers();
        application = next;
        CompletionStage<DeployReport> report = deploys.begin(state.lastGeneration() + 1);
        happened(new Event.Deploy(workers));
        return report;
    }

    void resize(int count) {
        happened(new Event.Resize(count));
    }

    /// Ends it. Completes when no process of it is left.
    ///
    /// @param isGraceful whether requests are finished first
    CompletionStage<@Nullable Void> stop(boolean isGraceful) {
        happened(new Event.Stop(isGraceful));
        return stopped;
    }

    @Override
    public void happened(Event event) {
        due.add(event);
        if (isTurning) {
            return;
        }
        isTurning = true;
        try {
            for (Event next = due.poll(); next != null; next = due.poll()) {
                Transition transition = Arbiter.next(state, next);
                state = transition.state();
                transition.actions().forEach(this::perform);
                if (next instanceof Event.Ended ended) {
                    with(ended.worker(), Generation::forget);
                }
            }
        } finally {
            isTurning = false;
        }
    }

    private void perform(Action action) {
        switch (action) {
            case Action.StartZygote start -> start(start.generation());
            case Action.StartZygoteLater later -> at(later.generation()).startZygoteLater(later.delay());
            case Action.EndZygote end -> at(end.generation()).endZygote(end.isAtOnce());
            case Action.RunHook run -> at(run.generation()).hook(run.hook(), run.arguments());
            case Action.Fork fork -> at(fork.generation()).fork(fork.worker());
            case Action.ForkLater later -> at(later.generation()).forkLater(later.delay());
            case Action.Admit admit ->
                with(admit.worker(), (generation, worker) -> context.gate().admit(worker.id()));
            case Action.Retire retire -> with(retire.worker(), Generation::retire);
            case Action.Terminate end -> with(end.worker(), Generation::terminate);
            case Action.Kill kill -> with(kill.worker(), (generation, worker) -> generation.kill(worker, kill.why()));
            case Action.Examine examine ->
                with(examine.worker(), (generation, worker) -> generation.examine(worker, examine.why()));
            case Action.Discard discard -> with(discard.worker(), Generation::discard);
            case Action.Serve serve -> serve(serve);
            case Action.Release release -> deploys.released(at(release.generation()), context.loop());
            case Action.ReportBroken broken -> deploys.broken(broken.generation(), broken.why(), serving());
            case Action.ReportAbandoned abandoned -> deploys.abandoned(abandoned.generation(), state.isEnding());
            case Action.SayNotLoaded not -> say("workers cannot be started any more: " + not.why(), Level.ERROR);
            case Action.SayZygoteLost lost ->
                say("the process that workers are forked from " + lost.how() + "; it is started again", Level.WARNING);
            case Action.SayUnfit unfit -> unfit(unfit);
            case Action.SayReplaced replaced ->
                with(
                        replaced.worker(),
                        (generation, worker) ->
                                say(worker.name() + " " + replaced.why() + " and is replaced", Level.INFO));
            case Action.SayLost lost -> lost(lost);
            case Action.Forget forget -> forget(forget.generation());
            case Action.Stopped _ -> stopped.complete(null);
        }
    }

    private OptionalInt serving() {
        return state.serving().stream().mapToInt(GenerationState::number).findFirst();
    }

    private void start(int number) {
        Generation known = generations.get(number);
        if (known != null) {
            known.startZygote();
            return;
        }
        Generation generation = new Generation(context, application, number, this);
        generations.put(number, generation);
        generation.startZygote();
        Duration limit = application.timeouts().start();
        if (limit.isPositive()) {
            context.loop().schedule(limit, () -> {
                if (state.coming().filter(coming -> coming.number() == number).isPresent()) {
                    generation.tooSlow(limit);
                }
            });
        }
    }

    /// Has Python's loggers say something; those of the generation that serves, or else of one that is to.
    ///
    /// @return whether there are any
    boolean log(String level, String message) {
        OptionalInt serving = serving();
        if (serving.isPresent() && at(serving.getAsInt()).log(level, message)) {
            return true;
        }
        return List.copyOf(generations.values()).reversed().stream()
                .anyMatch(generation -> generation.log(level, message));
    }

    void reopenLogs() {
        generations.values().forEach(Generation::reopenLogs);
    }

    /// Every worker tells of every change. One that comes while workers are started may not be seen by them.
    @Override
    public void changed(String file, String when) {
        if (when.equals(changes.put(file, when))) {
            return;
        }
        say("Worker reloading: " + file + " modified", Level.INFO);
        if (isRenewing) {
            isChangedAgain = true;
            return;
        }
        renew();
    }

    /// As gunicorn's master takes it, where this program stands for that; in a stack it is for the application
    /// alone.
    @Override
    public void signalled(Signal signal) {
        if (context.options().isGunicorn()) {
            Processes.signal((int) ProcessHandle.current().pid(), signal.number());
        } else if (signal.equals(Signal.HUP)) {
            deploy(application);
        } else if (signal.equals(Signal.USR1)) {
            reopenLogs();
        } else if (signal.equals(Signal.TTIN)) {
            resize(workers() + 1);
        } else if (signal.equals(Signal.TTOU)) {
            resize(Math.max(1, workers() - 1));
        } else {
            say("sent " + signal.shortName() + " to its parent; that is not done in a stack", Level.WARNING);
        }
    }

    private void renew() {
        isRenewing = true;
        isChangedAgain = false;
        deploy(application)
                .whenComplete((report, failure) -> context.loop().execute(() -> {
                    isRenewing = false;
                    if (isChangedAgain) {
                        renew();
                    }
                }));
    }

    private void forget(int number) {
        at(number).markOver();
        generations.remove(number);
        if (readyIsToBeSaid && generations.size() == 1) {
            readyIsToBeSaid = false;
            generations.values().forEach(last -> last.hook("when_ready", List.of()));
        }
    }

    private Generation at(int number) {
        return Objects.requireNonNull(generations.get(number));
    }

    private void with(int number, BiConsumer<Generation, ManagedWorker> what) {
        for (Generation generation : generations.values()) {
            ManagedWorker worker = generation.worker(number);
            if (worker != null) {
                what.accept(generation, worker);
                return;
            }
        }
    }

    private void serve(Action.Serve serve) {
        Generation generation = at(serve.generation());
        deploys.serves(serve.generation(), state.workers(), serve.before());
        if (generations.size() == 1) {
            generation.hook("when_ready", List.of());
        } else {
            // What the former has begun there, such as to listen, cannot be begun again before it has gone.
            readyIsToBeSaid = true;
        }
        generation.weigh();
    }

    private void unfit(Action.SayUnfit unfit) {
        with(unfit.worker(), (generation, worker) -> {
            worker.markExplained();
            say("a new worker did not come up: " + unfit.why(), Level.ERROR);
        });
    }

    private void lost(Action.SayLost lost) {
        with(lost.worker(), (generation, worker) -> {
            if (!worker.isExplained()) {
                say(lost.cause() + "; another takes its place", Level.ERROR);
            }
        });
    }

    @Override
    public void say(String message, Level level) {
        listener.accept(new ApplicationChange(application.name(), message, level));
    }

    @Override
    public Optional<WorkerState> state(ManagedWorker worker) {
        return state.generations().stream()
                .flatMap(generation -> generation.workers().stream())
                .filter(known -> known.number() == worker.number())
                .findFirst();
    }

    @Override
    public Tally tally() {
        return tally;
    }

    ApplicationStatus status() {
        Load load = context.gate().load(application.name());
        return new ApplicationStatus(
                application.name(),
                application.target(),
                application.kind().word(),
                serving().orElse(0),
                deploys.sinceMillis(),
                load.waiting(),
                load.running(),
                generations.values().stream()
                        .flatMap(generation -> generation.workers().stream())
                        .map(this::status)
                        .toList(),
                deploys.problem());
    }

    private ApplicationStatus.WorkerStatus status(ManagedWorker worker) {
        long resident = ProcessTable.of(worker.pid())
                .map(ProcessTable.Row::residentBytes)
                .orElse(0L);
        return new ApplicationStatus.WorkerStatus(
                worker.number(),
                worker.pid(),
                worker.id().generation(),
                state(worker).map(known -> known.phase().word()).orElse("ending"),
                worker.sinceMillis(),
                context.gate().served(worker.id()).requests(),
                resident);
    }
}
