package dev.fairlead.process.master;

import dev.fairlead.model.app.Application;
import dev.fairlead.model.status.ApplicationStatus;
import dev.fairlead.os.ProcessTable;
import dev.fairlead.process.master.ApplicationChange.Level;
import dev.fairlead.process.master.Generation.Context;
import dev.fairlead.worker.WorkerGate.Load;
import dev.fairlead.worker.WorkerGate.Served;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One application: the generation that serves, and the one that is to follow it. On the master loop.
final class ManagedApplication implements Generation.Owner {
    private final Context context;
    private final Consumer<ApplicationChange> listener;
    private final List<Generation> leaving = new ArrayList<>();
    private Application application;
    private @Nullable Generation present;
    private @Nullable Generation coming;
    private @Nullable CompletableFuture<DeployReport> report;
    private Optional<String> problem = Optional.empty();
    private long comingSinceNanos;
    private long sinceMillis;
    private int generations;
    private int numbers;
    private int workers;
    private boolean isEnding;

    ManagedApplication(Context context, Application application, Consumer<ApplicationChange> listener) {
        this.context = context;
        this.application = application;
        this.listener = listener;
        this.workers = application.workers();
    }

    Application application() {
        return application;
    }

    boolean isServing() {
        return present != null;
    }

    /// Brings up the application as it is now, or as given, beside what serves.
    CompletionStage<DeployReport> deploy(Application next) {
        if (isEnding) {
            return CompletableFuture.completedFuture(failure("the application is being stopped"));
        }
        Generation superseded = coming;
        if (superseded != null) {
            coming = null;
            superseded.end();
            complete(failure("deploy of " + application.name() + " given up: another was asked for"));
        }
        if (next.workers() != application.workers()) {
            workers = next.workers();
        }
        application = next;
        CompletableFuture<DeployReport> asked = new CompletableFuture<>();
        report = asked;
        comingSinceNanos = context.clock().monotonicNanos();
        Generation generation = new Generation(context, next, ++generations, workers, this);
        coming = generation;
        Generation old = present;
        if (old != null) {
            old.hook("on_reload");
        }
        generation.start();
        return asked;
    }

    private DeployReport failure(String why) {
        Generation now = present;
        return new DeployReport(false, why, now == null ? 0 : now.number(), 0, 0);
    }

    private void complete(DeployReport what) {
        CompletableFuture<DeployReport> asked = report;
        report = null;
        if (asked != null) {
            asked.complete(what);
        }
    }

    @Override
    public void isReady(Generation generation) {
        if (generation != coming) {
            return;
        }
        coming = null;
        Generation old = present;
        present = generation;
        problem = Optional.empty();
        sinceMillis = context.clock().wallMillis();
        generation.serve();
        double seconds = (context.clock().monotonicNanos() - comingSinceNanos) / 1e9;
        String ready = String.format(
                Locale.ROOT,
                "generation %d of %s serves with %d worker%s (ready in %.2f s)",
                generation.number(),
                application.name(),
                generation.wanted(),
                generation.wanted() == 1 ? "" : "s",
                seconds);
        say(ready, Level.INFO);
        CompletableFuture<DeployReport> asked = report;
        report = null;
        if (old == null) {
            finish(asked, new DeployReport(true, ready, generation.number(), 0, 0));
            return;
        }
        leaving.add(old);
        old.over().thenRun(() -> leaving.remove(old));
        old.retire().thenAccept(done -> retired(old, done, ready, asked));
    }

    private void retired(Generation old, Served done, String ready, @Nullable CompletableFuture<DeployReport> asked) {
        String served = String.format(
                Locale.ROOT,
                "generation %d served %,d requests, failed %,d",
                old.number(),
                done.requests(),
                done.failed());
        say(served, Level.INFO);
        finish(
                asked,
                new DeployReport(
                        true,
                        ready + "; " + served,
                        present == null ? 0 : present.number(),
                        done.requests(),
                        done.failed()));
    }

    private static void finish(@Nullable CompletableFuture<DeployReport> asked, DeployReport what) {
        if (asked != null) {
            asked.complete(what);
        }
    }

    @Override
    public void isBroken(Generation generation, String why) {
        if (generation != coming) {
            return;
        }
        coming = null;
        problem = Optional.of(why);
        Generation now = present;
        String kept = now == null ? "" : "\ngeneration " + now.number() + " goes on serving";
        String message =
                "generation " + generation.number() + " of " + application.name() + " did not come up: " + why + kept;
        say(message, Level.ERROR);
        complete(failure(message));
    }

    @Override
    public int nextNumber() {
        return ++numbers;
    }

    @Override
    public void say(String message, Level level) {
        listener.accept(new ApplicationChange(application.name(), message, level));
    }

    int workers() {
        return workers;
    }

    void resize(int count) {
        workers = Math.max(0, count);
        Generation now = present;
        if (now != null) {
            now.resize(workers);
        }
    }

    /// Ends it.
    ///
    /// @param graceful whether requests are finished first
    CompletionStage<@Nullable Void> stop(boolean graceful) {
        isEnding = true;
        Generation next = coming;
        if (next != null) {
            coming = null;
            next.end();
            complete(failure("the application is being stopped"));
        }
        List<CompletableFuture<?>> ends = new ArrayList<>();
        Generation now = present;
        present = null;
        if (now != null) {
            leaving.add(now);
            if (graceful) {
                now.retire();
            }
        }
        for (Generation generation : List.copyOf(leaving)) {
            if (graceful) {
                ends.add(generation.over().toCompletableFuture());
            } else {
                generation.end();
            }
        }
        return CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)).thenApply(done -> null);
    }

    ApplicationStatus status() {
        Generation now = present;
        List<ApplicationStatus.WorkerStatus> all = new ArrayList<>();
        for (Generation generation : leaving) {
            add(generation, all);
        }
        if (now != null) {
            add(now, all);
        }
        Generation next = coming;
        if (next != null) {
            add(next, all);
        }
        Load load = context.gate().load(application.name());
        return new ApplicationStatus(
                application.name(),
                application.target(),
                application.kind().word(),
                now == null ? 0 : now.number(),
                sinceMillis,
                load.waiting(),
                load.running(),
                all,
                problem);
    }

    private void add(Generation generation, List<ApplicationStatus.WorkerStatus> all) {
        for (ManagedWorker worker : generation.workers()) {
            long resident = ProcessTable.of(worker.pid())
                    .map(ProcessTable.Row::residentBytes)
                    .orElse(0L);
            all.add(new ApplicationStatus.WorkerStatus(
                    worker.id().number(),
                    worker.pid(),
                    generation.number(),
                    worker.state().word(),
                    worker.sinceMillis(),
                    context.gate().served(worker.id()).requests(),
                    resident));
        }
    }
}
