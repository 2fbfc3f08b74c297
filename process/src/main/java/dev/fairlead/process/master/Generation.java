package dev.fairlead.process.master;

import dev.fairlead.model.app.Application;
import dev.fairlead.model.app.Application.HealthCheck;
import dev.fairlead.os.MasterLoop;
import dev.fairlead.os.OsException;
import dev.fairlead.os.ProcessTable;
import dev.fairlead.os.Processes;
import dev.fairlead.process.journal.Journal;
import dev.fairlead.process.master.ApplicationChange.Level;
import dev.fairlead.process.supervisor.Child;
import dev.fairlead.time.Clock;
import dev.fairlead.worker.WorkerEnd;
import dev.fairlead.worker.WorkerGate;
import dev.fairlead.worker.WorkerGate.Served;
import dev.fairlead.worker.WorkerId;
import dev.fairlead.worker.WorkerWatch;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One version of an application's code with its workers: comes up beside the one before, keeps the number of its
/// workers while it serves, and is retired. On the master loop.
final class Generation implements WorkerWatch {
    /// Who is told how it goes.
    interface Owner {
        /// All its workers wait for requests, and none gets any yet.
        void isReady(Generation generation);

        /// It did not come up; nothing is left of it.
        void isBroken(Generation generation, String why);

        int nextNumber();

        void say(String message, Level level);
    }

    private enum Phase {
        COMING,
        SERVING,
        RETIRING,
        OVER
    }

    private static final int SIGKILL = 9;
    private static final int SIGTERM = 15;
    private static final int SIGUSR2 = 12;
    private static final Duration STACKS_WITHIN = Duration.ofMillis(150);
    private static final Duration EXPLAINED_WITHIN = Duration.ofMillis(500);
    private static final Duration KILL_AFTER_TERM = Duration.ofSeconds(5);
    private static final Duration FIRST_DELAY = Duration.ofMillis(100);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(5);
    private static final long STEADY_MILLIS = 5000;
    private static final Set<Integer> FROM_OUTSIDE = Set.of(SIGKILL, SIGTERM, 2, 3);

    private final Context context;
    private final Application application;
    private final int number;
    private final Owner owner;
    private final RandomGenerator random = new SecureRandom();
    private final Map<Integer, ManagedWorker> workers = new LinkedHashMap<>();
    private final CompletableFuture<Served> retired = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Void> over = new CompletableFuture<>();
    private Phase phase = Phase.COMING;
    private @Nullable Zygote zygote;
    private boolean isLoaded;
    private int wanted;
    private int quickEnds;
    private boolean isForkDelayed;
    private Served earlier = new Served(0, 0);

    /// What every generation works with.
    record Context(MasterLoop loop, WorkerGate gate, MasterOptions options, Clock clock, Journal journal) {}

    Generation(Context context, Application application, int number, int wanted, Owner owner) {
        this.context = context;
        this.application = application;
        this.number = number;
        this.wanted = wanted;
        this.owner = owner;
    }

    int number() {
        return number;
    }

    Application application() {
        return application;
    }

    boolean isServing() {
        return phase == Phase.SERVING;
    }

    List<ManagedWorker> workers() {
        return List.copyOf(workers.values());
    }

    void start() {
        startZygote();
        Duration limit = application.timeouts().start();
        if (limit.isPositive()) {
            context.loop().schedule(limit, () -> {
                if (phase == Phase.COMING) {
                    tooSlow(limit);
                }
            });
        }
    }

    private void startZygote() {
        isLoaded = false;
        try {
            zygote = Zygote.start(
                    context.loop(),
                    context.options(),
                    context.journal(),
                    application,
                    context.gate().doors(),
                    this::report,
                    this::zygoteEnded);
        } catch (IOException refused) {
            zygote = null;
            breakDown("cannot start Python: " + refused.getMessage());
        }
    }

    private void zygoteEnded() {
        zygote = null;
        if (phase == Phase.COMING) {
            breakDown("the process that loads the application ended");
        } else if (phase == Phase.SERVING) {
            owner.say("the process that workers are forked from ended; it is started again", Level.WARNING);
            context.loop().schedule(FIRST_DELAY, () -> {
                if (phase == Phase.SERVING && zygote == null) {
                    startZygote();
                }
            });
        }
    }

    private void report(List<String> fields) {
        switch (fields.getFirst()) {
            case "loaded" -> {
                isLoaded = true;
                refill();
            }
            case "failed" -> {
                if (phase == Phase.COMING) {
                    breakDown(failure(fields.get(1), fields.get(2), fields.get(3)));
                }
            }
            case "forked" -> forked(worker(fields), Integer.parseInt(fields.get(2)));
            case "booting" -> {
                ManagedWorker worker = worker(fields);
                if (worker != null) {
                    worker.stage(fields.get(3));
                }
            }
            case "worker-failed" -> {
                ManagedWorker worker = worker(fields);
                if (worker != null) {
                    String why = failure(fields.get(3), fields.get(4), fields.get(5));
                    worker.verdict(why);
                    if (phase == Phase.COMING) {
                        breakDown(why);
                    } else {
                        owner.say("a new worker did not come up: " + why, Level.ERROR);
                    }
                }
            }
            case "exited" -> {
                ManagedWorker worker = worker(fields);
                if (worker != null) {
                    ended(worker, fields.get(3), Integer.parseInt(fields.get(4)));
                }
            }
            case "log" -> owner.say(fields.get(2), Level.INFO);
            default -> owner.say("unknown report: " + String.join(" ", fields), Level.WARNING);
        }
    }

    private @Nullable ManagedWorker worker(List<String> fields) {
        return workers.get(Integer.parseInt(fields.get(1)));
    }

    private static String failure(String stage, String message, String traceback) {
        String what = switch (stage) {
            case "configuration" -> "the configuration file failed";
            case "import" -> "the application failed to load";
            default -> "it failed to start";
        };
        return what + ": " + message + (traceback.isBlank() ? "" : "\n" + traceback.strip());
    }

    /// Forks what is missing.
    private void refill() {
        Zygote from = zygote;
        if (from == null || !isLoaded || phase == Phase.RETIRING || phase == Phase.OVER || isForkDelayed) {
            return;
        }
        long active = workers.values().stream().filter(ManagedWorker::isActive).count();
        for (long i = active; i < wanted; i++) {
            WorkerId id = new WorkerId(application.name(), number, owner.nextNumber());
            byte[] token = new byte[16];
            random.nextBytes(token);
            String text = HexFormat.of().formatHex(token);
            workers.put(id.number(), new ManagedWorker(id, context.clock().wallMillis()));
            context.gate().expect(id, text, requestLimit(), this);
            from.fork(id.number(), text);
        }
    }

    private long requestLimit() {
        long most = application.recycling().maxRequests();
        long jitter = application.recycling().jitter();
        return most == 0 || jitter == 0 ? most : most + random.nextLong(jitter + 1);
    }

    private void forked(@Nullable ManagedWorker worker, int pid) {
        if (worker == null) {
            return;
        }
        worker.pid(pid);
        owner.say("Booting worker with pid: " + pid, Level.DETAIL);
        try {
            // Whatever becomes of the zygote, the end of a worker is seen.
            Child.watch(
                    context.loop(),
                    pid,
                    Optional.empty(),
                    ending -> context.loop().schedule(EXPLAINED_WITHIN, () -> ended(worker, "unknown", 0)));
        } catch (OsException gone) {
            ended(worker, "unknown", 0);
            return;
        }
        if (phase == Phase.OVER) {
            Processes.signal(pid, SIGKILL);
        } else if (phase == Phase.SERVING && application.timeouts().start().isPositive()) {
            context.loop().schedule(application.timeouts().start(), () -> {
                if (worker.state() == ManagedWorker.State.BOOTING) {
                    kill(worker, "it did not become ready in time (" + worker.stage() + ")");
                }
            });
        }
    }

    @Override
    public void connected(WorkerId worker) {
        context.loop().execute(() -> {
            ManagedWorker found = workers.get(worker.number());
            if (found != null && found.state() == ManagedWorker.State.BOOTING) {
                check(found);
            }
        });
    }

    private void check(ManagedWorker worker) {
        Optional<HealthCheck> health = application.health();
        if (health.isEmpty()) {
            ready(worker);
            return;
        }
        String path = health.get().path();
        context.gate()
                .probe(worker.id(), path, health.get().timeout())
                .whenComplete((status, failure) -> context.loop().execute(() -> {
                    if (failure == null && status < 400) {
                        ready(worker);
                    } else {
                        unhealthy(
                                worker,
                                "the health check " + path + " was answered "
                                        + (failure == null ? status : "by nothing: " + failure));
                    }
                }));
    }

    private void unhealthy(ManagedWorker worker, String why) {
        if (phase == Phase.COMING) {
            breakDown(why);
        } else {
            owner.say(worker.name() + ": " + why, Level.ERROR);
            kill(worker, why);
        }
    }

    private void ready(ManagedWorker worker) {
        if (worker.state() != ManagedWorker.State.BOOTING) {
            return;
        }
        worker.state(ManagedWorker.State.READY);
        if (phase == Phase.SERVING) {
            admit(worker);
            trim();
        } else if (phase == Phase.COMING && isComplete()) {
            owner.isReady(this);
        }
    }

    private boolean isComplete() {
        long ready = workers.values().stream()
                .filter(worker -> worker.state() == ManagedWorker.State.READY)
                .count();
        return ready >= wanted;
    }

    /// From now on it serves.
    void serve() {
        phase = Phase.SERVING;
        for (ManagedWorker worker : workers()) {
            if (worker.state() == ManagedWorker.State.READY) {
                admit(worker);
            }
        }
        hook("when_ready");
        if (application.recycling().residentBytes() > 0) {
            weigh();
        }
    }

    void hook(String name, int... arguments) {
        Zygote present = zygote;
        if (present != null) {
            present.hook(name, arguments);
        }
    }

    private void admit(ManagedWorker worker) {
        worker.state(ManagedWorker.State.SERVING);
        context.gate().admit(worker.id());
    }

    /// Retires those that have been replaced, and those too many.
    private void trim() {
        List<ManagedWorker> serving = workers.values().stream()
                .filter(worker -> worker.state() == ManagedWorker.State.SERVING)
                .sorted(Comparator.comparingInt((ManagedWorker worker) -> worker.isUnwanted() ? 0 : 1)
                        .thenComparingInt(worker -> worker.id().number()))
                .toList();
        for (int i = 0; i < serving.size() - wanted; i++) {
            retire(serving.get(i));
        }
    }

    private CompletionStage<Served> retire(ManagedWorker worker) {
        worker.state(ManagedWorker.State.RETIRING);
        CompletionStage<Served> drained = context.gate().retire(worker.id());
        if (phase == Phase.SERVING) {
            drained.thenAccept(done -> context.loop().execute(() -> count(done)));
        }
        Duration graceful = application.timeouts().graceful();
        drained.whenComplete((done, failure) -> context.loop().execute(() -> terminate(worker)));
        context.loop().schedule(graceful, () -> terminate(worker));
        return drained;
    }

    private void count(Served done) {
        earlier = new Served(earlier.requests() + done.requests(), earlier.failed() + done.failed());
    }

    private void terminate(ManagedWorker worker) {
        if (worker.state() == ManagedWorker.State.GONE || worker.pid() == 0) {
            return;
        }
        Processes.signal(worker.pid(), SIGTERM);
        context.loop().schedule(KILL_AFTER_TERM, () -> {
            if (worker.state() != ManagedWorker.State.GONE) {
                Processes.signal(worker.pid(), SIGKILL);
            }
        });
    }

    private void kill(ManagedWorker worker, String why) {
        worker.verdict(why);
        worker.markUnwanted();
        if (worker.pid() != 0 && worker.state() != ManagedWorker.State.GONE) {
            Processes.signal(worker.pid(), SIGKILL);
        }
    }

    @Override
    public void worn(WorkerId worker) {
        context.loop().execute(() -> replace(worker.number(), "has had its requests"));
    }

    private void replace(int which, String why) {
        ManagedWorker worker = workers.get(which);
        if (worker != null && phase == Phase.SERVING && worker.isActive()) {
            owner.say(worker.name() + " " + why + " and is replaced", Level.INFO);
            worker.markUnwanted();
            refill();
        }
    }

    /// Looks at the workers' memory every few seconds.
    private void weigh() {
        context.loop().schedule(Duration.ofSeconds(2), () -> {
            if (phase != Phase.SERVING) {
                return;
            }
            for (ManagedWorker worker : workers()) {
                long bytes = ProcessTable.of(worker.pid())
                        .map(ProcessTable.Row::residentBytes)
                        .orElse(0L);
                if (worker.state() == ManagedWorker.State.SERVING
                        && bytes > application.recycling().residentBytes()) {
                    replace(worker.id().number(), "uses " + (bytes >> 20) + " MiB");
                }
            }
            weigh();
        });
    }

    @Override
    public void overdue(WorkerId worker, String request, Duration after) {
        context.loop().execute(() -> {
            ManagedWorker found = workers.get(worker.number());
            if (found != null && found.state() != ManagedWorker.State.GONE) {
                found.markUnwanted();
                refill();
                examine(found, request + " took longer than " + seconds(after));
            }
        });
    }

    /// Kills a worker once it has said where it is.
    private void examine(ManagedWorker worker, String why) {
        Processes.signal(worker.pid(), SIGUSR2);
        context.loop().schedule(STACKS_WITHIN, () -> {
            Optional<String> stacks = Stacks.read(worker.pid());
            String at =
                    stacks.flatMap(Stacks::place).map(place -> ", at " + place).orElse("");
            owner.say(
                    worker.name() + " killed: " + why + at + " ["
                            + application.origin().fileAndLine() + "]"
                            + stacks.map(text -> "\n" + text).orElse(""),
                    Level.ERROR);
            kill(worker, why + at);
        });
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%s s", time.toMillis() / 1000.0).replace(".0 s", " s");
    }

    @Override
    public void disconnected(WorkerId worker) {
        // Its process is watched as well; a worker that only lost a connection is of no use any more.
        context.loop().execute(() -> {
            ManagedWorker found = workers.get(worker.number());
            if (found != null && found.state() != ManagedWorker.State.RETIRING) {
                context.loop().schedule(KILL_AFTER_TERM, () -> kill(found, "it closed its connections"));
            }
        });
    }

    private void ended(ManagedWorker worker, String how, int code) {
        if (worker.state() == ManagedWorker.State.GONE) {
            return;
        }
        ManagedWorker.State before = worker.state();
        worker.state(ManagedWorker.State.GONE);
        workers.remove(worker.id().number());
        boolean isSignal = how.equals("signal");
        String cause = worker.name()
                + worker.verdict()
                        .map(why -> " was killed: " + why)
                        .orElse(
                                isSignal
                                        ? " was killed by " + signalName(code)
                                        : how.equals("exit") ? " ended with status " + code : " ended");
        boolean retryable = worker.verdict().isPresent()
                || before == ManagedWorker.State.RETIRING
                || (isSignal && FROM_OUTSIDE.contains(code))
                || (how.equals("exit") && code == 0);
        context.gate().ended(worker.id(), new WorkerEnd(cause, retryable));
        switch (phase) {
            case COMING ->
                breakDown(
                        worker.verdict().isPresent() || how.equals("unknown")
                                ? cause
                                : "a worker ended while it started: " + cause);
            case SERVING -> {
                if (before != ManagedWorker.State.RETIRING) {
                    lost(worker, before, cause);
                }
            }
            case RETIRING -> overIfEmpty();
            case OVER -> {}
        }
    }

    private void lost(ManagedWorker worker, ManagedWorker.State before, String cause) {
        boolean isQuick = before == ManagedWorker.State.BOOTING
                || context.clock().wallMillis() - worker.sinceMillis() < STEADY_MILLIS;
        if (worker.verdict().isEmpty()) {
            owner.say(cause + "; another takes its place", Level.ERROR);
        }
        quickEnds = isQuick ? quickEnds + 1 : 0;
        if (quickEnds <= wanted) {
            refill();
            return;
        }
        // Workers that end as soon as they begin are not started as fast as the machine can.
        long factor = 1L << Math.min(quickEnds - wanted, 10);
        Duration delay = FIRST_DELAY.multipliedBy(factor);
        isForkDelayed = true;
        context.loop().schedule(delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay, () -> {
            isForkDelayed = false;
            refill();
        });
    }

    private static String signalName(int code) {
        return switch (code) {
            case 4 -> "SIGILL";
            case 6 -> "SIGABRT";
            case 7 -> "SIGBUS";
            case 8 -> "SIGFPE";
            case SIGKILL -> "SIGKILL";
            case 11 -> "SIGSEGV";
            case SIGTERM -> "SIGTERM";
            default -> "signal " + code;
        };
    }

    /// Changes how many workers there are.
    void resize(int count) {
        int before = wanted;
        wanted = Math.max(0, count);
        hook("nworkers_changed", wanted, before);
        refill();
        trim();
    }

    int wanted() {
        return wanted;
    }

    private void tooSlow(Duration limit) {
        Optional<ManagedWorker> slow = workers.values().stream()
                .filter(worker -> worker.state() == ManagedWorker.State.BOOTING && worker.pid() != 0)
                .findFirst();
        String what = "it was not ready within " + seconds(limit);
        if (slow.isEmpty()) {
            breakDown(what + (isLoaded ? "" : " (the application was still being imported)"));
            return;
        }
        Processes.signal(slow.get().pid(), SIGUSR2);
        context.loop().schedule(STACKS_WITHIN, () -> {
            Optional<String> stacks = Stacks.read(slow.get().pid());
            breakDown(what + " (stage: " + slow.get().stage() + ")"
                    + stacks.map(text -> "; this is where it was\n" + text).orElse(""));
        });
    }

    private void breakDown(String why) {
        if (phase != Phase.COMING) {
            return;
        }
        end();
        owner.isBroken(this, why);
    }

    /// Ends what is left of it, at once.
    void end() {
        phase = Phase.OVER;
        for (ManagedWorker worker : workers()) {
            worker.state(ManagedWorker.State.RETIRING);
            if (worker.pid() != 0) {
                Processes.signal(worker.pid(), SIGKILL);
            }
            context.gate().ended(worker.id(), new WorkerEnd(worker.name() + " was ended", true));
        }
        Zygote present = zygote;
        if (present != null) {
            present.quit();
            if (!isLoaded) {
                Processes.signal(present.pid(), SIGKILL);
            }
        }
    }

    /// Lets every worker finish, then ends it. Completes when the last request has ended, or the time for that is over.
    CompletionStage<Served> retire() {
        phase = Phase.RETIRING;
        List<CompletionStage<Served>> all = new ArrayList<>();
        for (ManagedWorker worker : workers()) {
            if (worker.state() != ManagedWorker.State.RETIRING) {
                all.add(retire(worker));
            }
        }
        CompletableFuture<?>[] each =
                all.stream().map(CompletionStage::toCompletableFuture).toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(each).whenComplete((done, failure) -> {
            long served = 0;
            long failed = 0;
            for (CompletionStage<Served> one : all) {
                Served its = one.toCompletableFuture().getNow(new Served(0, 0));
                served += its.requests();
                failed += its.failed();
            }
            Served sum = new Served(earlier.requests() + served, earlier.failed() + failed);
            context.loop().execute(() -> retired.complete(sum));
        });
        overIfEmpty();
        return retired;
    }

    private void overIfEmpty() {
        if (workers.isEmpty() && phase == Phase.RETIRING) {
            phase = Phase.OVER;
            Zygote present = zygote;
            if (present != null) {
                present.quit();
            }
            over.complete(null);
        }
    }

    /// Completes when no process of it is left, after [#retire()].
    CompletionStage<@Nullable Void> over() {
        return over;
    }
}
