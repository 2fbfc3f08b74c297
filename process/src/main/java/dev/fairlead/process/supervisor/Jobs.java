package dev.fairlead.process.supervisor;

import dev.fairlead.model.control.Outcome;
import dev.fairlead.model.status.UnitStatus.Activity;
import dev.fairlead.process.state.Phase;
import dev.fairlead.process.state.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/// Starts and stops of several units in the order their dependencies ask for: what a unit comes after is
/// started before it, and stopped after it. A unit is wanted one thing at a time; a later wish replaces an
/// earlier one that has not begun. Only on the master loop.
final class Jobs {
    private final Host host;
    private final Graph graph;
    private final Map<String, Job> jobs = new LinkedHashMap<>();
    private boolean isAdvancing;
    private boolean shallAdvanceAgain;

    Jobs(Host host, Graph graph) {
        this.host = host;
        this.graph = graph;
    }

    /// What is to be done with a unit.
    enum Kind {
        START,
        STOP,
        RESTART
    }

    private static final class Job {
        private final Kind kind;
        private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        private boolean hasBegun;

        Job(Kind kind) {
            this.kind = kind;
        }
    }

    /// Adds a job without beginning it; see [#advance].
    CompletableFuture<Outcome> add(UnitRunner runner, Kind kind) {
        Job before = jobs.get(runner.name());
        if (before != null && before.kind == kind) {
            return before.outcome;
        }
        Job job = new Job(kind);
        jobs.put(runner.name(), job);
        if (before != null) {
            before.outcome.complete(new Outcome.Failed("Job for " + runner.name() + " canceled."));
        }
        return job.outcome;
    }

    boolean areDone() {
        return jobs.isEmpty();
    }

    /// Begins every job that has nothing to wait for. A circle of waiting is broken, and said.
    void advance() {
        shallAdvanceAgain = true;
        if (isAdvancing) {
            return;
        }
        isAdvancing = true;
        try {
            while (shallAdvanceAgain) {
                shallAdvanceAgain = false;
                boolean begun = beginReady();
                boolean isStuck =
                        !begun && !jobs.isEmpty() && jobs.values().stream().noneMatch(job -> job.hasBegun);
                if (isStuck) {
                    breakCircle();
                }
            }
        } finally {
            isAdvancing = false;
        }
    }

    private boolean beginReady() {
        boolean begun = false;
        for (Map.Entry<String, Job> entry : List.copyOf(jobs.entrySet())) {
            Job job = entry.getValue();
            boolean isCurrent = job.equals(jobs.get(entry.getKey()));
            if (isCurrent
                    && !job.hasBegun
                    && graph.runner(entry.getKey()).isPresent()
                    && mayBegin(entry.getKey(), job)) {
                begin(graph.runner(entry.getKey()).get(), job);
                begun = true;
            }
        }
        return begun;
    }

    private boolean mayBegin(String name, Job job) {
        if (job.kind == Kind.STOP) {
            return graph.after(name).stream().noneMatch(later -> isPending(later, Kind.STOP));
        }
        return graph.before(name).stream()
                .noneMatch(earlier -> isPending(earlier, Kind.START)
                        || isPending(earlier, Kind.RESTART)
                        || isPending(earlier, Kind.STOP));
    }

    private boolean isPending(String name, Kind kind) {
        Job job = jobs.get(name);
        return job != null && job.kind == kind;
    }

    private void begin(UnitRunner runner, Job job) {
        job.hasBegun = true;
        switch (job.kind) {
            case START -> {
                if (runner.activity() == Activity.ACTIVE) {
                    finish(runner, job);
                } else {
                    runner.start();
                }
            }
            case STOP -> {
                if (runner.isAtRest()) {
                    finish(runner, job);
                } else {
                    runner.stop();
                }
            }
            case RESTART -> runner.restart();
        }
    }

    /// A unit has taken a step: its job may be done with that.
    void moved(UnitRunner runner, UnitChange change) {
        Job job = jobs.get(runner.name());
        if (job != null && job.hasBegun && isFinished(job.kind, runner, change)) {
            finish(runner, job);
        }
        advance();
    }

    private static boolean isFinished(Kind kind, UnitRunner runner, UnitChange change) {
        boolean hasEnded = runner.isAtRest() || change.subState().equals(Phase.AUTO_RESTART.word());
        return switch (kind) {
            case START -> change.now() == Activity.ACTIVE || hasEnded;
            case RESTART -> {
                boolean isBack = change.now() == Activity.ACTIVE && change.before() != Activity.ACTIVE;
                yield isBack || hasEnded || runner instanceof TargetRunner;
            }
            case STOP -> runner.isAtRest();
        };
    }

    private void finish(UnitRunner runner, Job job) {
        jobs.remove(runner.name(), job);
        boolean succeeded = job.kind == Kind.STOP || runner.hasSucceeded();
        if (!succeeded) {
            failDependents(runner.name());
        }
        job.outcome.complete(succeeded ? new Outcome.Done(done(job.kind, runner)) : new Outcome.Failed(failed(runner)));
        shallAdvanceAgain = true;
    }

    private static String done(Kind kind, UnitRunner runner) {
        return switch (kind) {
            case START -> "Started " + runner.unit().description() + ".";
            case STOP -> "Stopped " + runner.unit().description() + ".";
            case RESTART -> "Restarted " + runner.unit().description() + ".";
        };
    }

    private static String failed(UnitRunner runner) {
        return "Failed to start " + runner.unit().description() + "; see fairlead logs " + runner.name();
    }

    private void failDependents(String name) {
        for (String dependent : graph.requiredBy(name)) {
            Job job = jobs.get(dependent);
            if (job == null || job.hasBegun || job.kind == Kind.STOP) {
                continue;
            }
            Optional<UnitRunner> runner = graph.runner(dependent);
            jobs.remove(dependent, job);
            String message = "Dependency failed for "
                    + runner.map(one -> one.unit().description()).orElse(dependent) + ".";
            host.say(dependent, message);
            if (runner.isPresent() && runner.get() instanceof ServiceRunner service) {
                service.refuseStart(Result.DEPENDENCY);
            }
            job.outcome.complete(new Outcome.Failed(message));
            failDependents(dependent);
        }
    }

    private void breakCircle() {
        List<String> names = new ArrayList<>(new TreeSet<>(jobs.keySet()));
        String first = names.getFirst();
        host.say(first, "Found ordering cycle among " + String.join(", ", names) + "; " + first + " does not wait");
        Job job = jobs.get(first);
        Optional<UnitRunner> runner = graph.runner(first);
        if (job != null && runner.isPresent()) {
            begin(runner.get(), job);
        } else {
            jobs.remove(first);
        }
        shallAdvanceAgain = true;
    }
}
