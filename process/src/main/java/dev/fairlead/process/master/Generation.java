package dev.fairlead.process.master;

import dev.fairlead.model.app.Application;
import dev.fairlead.model.service.lifecycle.Signal;
import dev.fairlead.os.MasterLoop;
import dev.fairlead.os.OsException;
import dev.fairlead.os.Processes;
import dev.fairlead.process.arbiter.Event;
import dev.fairlead.process.arbiter.WorkerState;
import dev.fairlead.process.journal.Journal;
import dev.fairlead.process.master.ApplicationChange.Level;
import dev.fairlead.process.state.Ending;
import dev.fairlead.process.supervisor.launch.Child;
import dev.fairlead.time.Clock;
import dev.fairlead.worker.WorkerEnd;
import dev.fairlead.worker.WorkerGate;
import dev.fairlead.worker.WorkerId;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The processes of one version of an application's code: a zygote and workers. Does what it is told and tells
/// what happens; what follows from what is decided by the arbiter. On the master loop.
final class Generation {
    /// Who is told.
    interface Owner {
        void happened(Event event);

        void say(String message, Level level);

        /// A file of the application has changed, and whoever works on it wants to see that.
        ///
        /// @param when in nanoseconds since 1970, as text
        void changed(String file, String when);

        /// The application has sent a signal to its parent, which it takes for the one that decides.
        void signalled(Signal signal);

        /// How a worker stands; empty if it is not known any more.
        Optional<WorkerState> state(ManagedWorker worker);

        Tally tally();
    }

    /// What every generation works with.
    record Context(MasterLoop loop, WorkerGate gate, MasterOptions options, Clock clock, Journal journal) {}

    private static final Duration STACKS_WITHIN = Duration.ofMillis(150);
    /// The zygote's report says more about a worker's end than the end alone.
    private static final Duration EXPLAINED_WITHIN = Duration.ofSeconds(2);
    private static final Duration KILL_AFTER_TERM = Duration.ofSeconds(5);
    private static final Duration KILL_AFTER_ABORT = Duration.ofSeconds(1);
    private static final int TOKEN_BYTES = 16;

    private final Context context;
    private final Application application;
    private final int number;
    private final Owner owner;
    private final Watch watch;
    private final RandomGenerator random = new SecureRandom();
    private final Map<Integer, ManagedWorker> workers = new LinkedHashMap<>();
    private final List<CompletableFuture<?>> draining = new ArrayList<>();
    private @Nullable Zygote zygote;
    private boolean isLoaded;
    private boolean isOver;

    Generation(Context context, Application application, int number, Owner owner) {
        this.context = context;
        this.application = application;
        this.number = number;
        this.owner = owner;
        this.watch = new Watch(context, application, this, owner);
    }

    int number() {
        return number;
    }

    Application application() {
        return application;
    }

    List<ManagedWorker> workers() {
        return List.copyOf(workers.values());
    }

    @Nullable
    ManagedWorker worker(int which) {
        return workers.get(which);
    }

    void startZygote() {
        isLoaded = false;
        try {
            zygote = Zygote.start(
                    context.loop(),
                    context.options(),
                    context.journal(),
                    application,
                    context.gate().doors(),
                    this::reported,
                    this::zygoteEnded);
        } catch (IOException refused) {
            zygote = null;
            owner.happened(new Event.Failed(number, "cannot start Python: " + refused.getMessage()));
            owner.happened(new Event.ZygoteEnded(number, "was not started"));
        }
    }

    void startZygoteLater(Duration delay) {
        context.loop().schedule(delay, () -> owner.happened(new Event.ZygoteDue(number)));
    }

    private void zygoteEnded(Ending ending) {
        zygote = null;
        owner.happened(new Event.ZygoteEnded(
                number,
                switch (ending) {
                    case Ending.Exited exited -> "ended with status " + exited.code();
                    case Ending.Killed killed -> "was killed by " + Signals.name(killed.signal());
                }));
    }

    void endZygote(boolean isAtOnce) {
        Zygote present = zygote;
        if (present == null) {
            return;
        }
        present.quit();
        if (isAtOnce) {
            Processes.signal(present.pid(), Signals.KILL);
        } else {
            context.loop().schedule(KILL_AFTER_TERM, () -> {
                if (present.equals(zygote)) {
                    Processes.signal(present.pid(), Signals.KILL);
                }
            });
        }
    }

    void hook(String name, List<Integer> arguments) {
        Zygote present = zygote;
        if (present != null) {
            present.hook(name, arguments);
        }
    }

    /// @return whether there is somebody who logs it
    boolean log(String level, String message) {
        Zygote present = zygote;
        if (present == null || !isLoaded) {
            return false;
        }
        present.log(level, message);
        return true;
    }

    void reopenLogs() {
        Zygote present = zygote;
        if (present != null) {
            present.reopenLogs();
        }
    }

    void fork(int which) {
        Zygote from = zygote;
        if (from == null) {
            return;
        }
        WorkerId id = new WorkerId(application.name(), number, which);
        byte[] token = new byte[TOKEN_BYTES];
        random.nextBytes(token);
        String text = HexFormat.of().formatHex(token);
        workers.put(
                which,
                new ManagedWorker(
                        id, context.clock().wallMillis(), context.clock().monotonicNanos()));
        owner.tally().begins(id);
        context.gate().expect(id, text, requestLimit(), watch);
        from.fork(which, text);
        Duration limit = application.timeouts().start();
        if (limit.isPositive()) {
            context.loop().schedule(limit, () -> owner.happened(new Event.Late(which)));
        }
    }

    private long requestLimit() {
        long most = application.recycling().maxRequests();
        long jitter = application.recycling().jitter();
        return most == 0 || jitter == 0 ? most : most + random.nextLong(jitter + 1);
    }

    void forkLater(Duration delay) {
        context.loop().schedule(delay, () -> owner.happened(new Event.ForkDue(number)));
    }

    private void reported(List<String> fields) {
        switch (fields.getFirst()) {
            case "loaded" -> {
                isLoaded = true;
                owner.happened(new Event.Loaded(number));
            }
            case "failed" ->
                owner.happened(
                        new Event.Failed(number, WorkerFailure.text(fields.get(1), fields.get(2), fields.get(3))));
            case "log" -> owner.say(fields.get(2), Level.INFO);
            case "signal" -> Signal.parse(fields.get(1)).ifPresent(owner::signalled);
            case "changed" -> owner.changed(fields.get(2), fields.get(3));
            case "forked", "booting", "worker-failed", "exited" -> {
                ManagedWorker worker = workers.get(Integer.parseInt(fields.get(1)));
                if (worker != null) {
                    reported(worker, fields);
                }
            }
            default -> owner.say("unknown report: " + String.join(" ", fields), Level.WARNING);
        }
    }

    private void reported(ManagedWorker worker, List<String> fields) {
        switch (fields.getFirst()) {
            case "forked" -> forked(worker, Integer.parseInt(fields.get(2)));
            case "booting" -> worker.stage(fields.get(3));
            case "exited" -> ended(worker, new WorkerExit(fields.get(3), Integer.parseInt(fields.get(4))));
            default ->
                owner.happened(new Event.Unfit(
                        worker.number(), WorkerFailure.text(fields.get(3), fields.get(4), fields.get(5))));
        }
    }

    private void forked(ManagedWorker worker, int pid) {
        worker.pid(pid);
        owner.say("Booting worker with pid: " + pid, Level.DETAIL);
        owner.happened(new Event.Forked(worker.number()));
        Runnable unexplained = () -> context.loop().schedule(EXPLAINED_WITHIN, () -> ended(worker, WorkerExit.UNKNOWN));
        try {
            // Whatever becomes of the zygote, the end of a worker is seen.
            Child.watch(context.loop(), pid, Optional.empty(), ending -> unexplained.run());
        } catch (OsException gone) {
            unexplained.run();
        }
    }

    private void ended(ManagedWorker worker, WorkerExit exit) {
        if (worker.isGone()) {
            return;
        }
        worker.markGone();
        boolean wasLeaving = owner.state(worker)
                .map(state -> state.phase() == WorkerState.Phase.RETIRING || state.phase() == WorkerState.Phase.ENDING)
                .orElse(false);
        owner.tally().ended(worker.id(), exit.end(worker, wasLeaving));
        long now = context.clock().monotonicNanos();
        owner.happened(new Event.Ended(worker.number(), exit.cause(worker), worker.livedMillis(now), now / 1_000_000));
    }

    /// Its end has been dealt with.
    void forget(ManagedWorker worker) {
        workers.remove(worker.number());
    }

    void discard(ManagedWorker worker) {
        workers.remove(worker.number());
        owner.tally().ended(worker.id(), new WorkerEnd(worker.name() + " was not started", true));
    }

    void retire(ManagedWorker worker) {
        worker.retires(context.clock().monotonicNanos());
        CompletableFuture<?> drained = context.gate().retire(worker.id()).toCompletableFuture();
        draining.removeIf(CompletableFuture::isDone);
        draining.add(drained);
        drained.whenComplete(
                (done, failure) -> context.loop().execute(() -> owner.happened(new Event.Idle(worker.number()))));
        context.loop()
                .schedule(application.timeouts().graceful(), () -> owner.happened(new Event.Idle(worker.number())));
    }

    /// What its application still does, such as threads of its own, may take what is left of the time for that.
    void terminate(ManagedWorker worker) {
        Duration left = application
                .timeouts()
                .graceful()
                .minus(worker.retiring(context.clock().monotonicNanos()));
        worker.signal(Signals.TERM);
        context.loop()
                .schedule(
                        left.compareTo(KILL_AFTER_TERM) > 0 ? left : KILL_AFTER_TERM,
                        () -> owner.happened(new Event.Lingering(worker.number())));
    }

    /// One that serves gets a moment for what its application wants to be done at the end.
    void kill(ManagedWorker worker, String why) {
        kill(worker, why, Signals.QUIT, KILL_AFTER_TERM);
    }

    private void kill(ManagedWorker worker, String why, int signal, Duration patience) {
        worker.verdict(why);
        boolean mayCleanUp = owner.state(worker)
                .map(state -> state.phase() == WorkerState.Phase.SERVING || state.phase() == WorkerState.Phase.RETIRING)
                .orElse(false);
        if (mayCleanUp) {
            worker.signal(signal);
            context.loop().schedule(patience, () -> worker.signal(Signals.KILL));
        } else {
            worker.signal(Signals.KILL);
        }
    }

    /// Kills a worker once it has said where it is.
    void examine(ManagedWorker worker, String why) {
        worker.markExplained();
        stacks(worker.pid(), stacks -> {
            if (worker.isGone()) {
                return;
            }
            String at =
                    stacks.flatMap(Stacks::place).map(place -> ", at " + place).orElse("");
            owner.say(
                    worker.name() + " killed: " + why + at + " ["
                            + application.origin().fileAndLine() + "]"
                            + stacks.map(text -> "\n" + text).orElse(""),
                    Level.ERROR);
            kill(worker, why + at, Signals.ABORT, KILL_AFTER_ABORT);
        });
    }

    private void stacks(int pid, Consumer<Optional<String>> receiver) {
        Processes.signal(pid, Signals.USER2);
        context.loop().schedule(STACKS_WITHIN, () -> receiver.accept(Stacks.read(pid)));
    }

    void weigh() {
        watch.weigh();
    }

    /// Whether no process of it is left.
    boolean isOver() {
        return isOver;
    }

    void markOver() {
        isOver = true;
    }

    /// It should serve by now: says where it hangs.
    void tooSlow(Duration limit) {
        String what = "it was not ready within " + Texts.seconds(limit);
        Optional<ManagedWorker> slow = workers.values().stream()
                .filter(worker -> worker.pid() != 0
                        && owner.state(worker)
                                .filter(state -> state.phase() == WorkerState.Phase.BOOTING)
                                .isPresent())
                .findFirst();
        Zygote present = zygote;
        int pid = slow.map(ManagedWorker::pid).orElse(present == null ? 0 : present.pid());
        if (pid == 0) {
            owner.happened(new Event.Failed(number, what));
            return;
        }
        String stage = slow.map(worker -> " (stage: " + worker.stage() + ")")
                .orElse(isLoaded ? "" : " (the application was still being imported)");
        stacks(
                pid,
                stacks -> owner.happened(new Event.Failed(
                        number,
                        what
                                + stage
                                + stacks.map(text -> "; this is where it was\n" + text)
                                        .orElse(""))));
    }

    /// Completes when no retired worker of it has requests any more.
    CompletionStage<@Nullable Void> drained() {
        return CompletableFuture.allOf(draining.toArray(CompletableFuture[]::new))
                .handle((done, failure) -> null);
    }
}
