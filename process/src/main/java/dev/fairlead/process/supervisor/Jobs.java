package dev.fairlead.process.supervisor;

import dev.fairlead.model.control.Outcome;
import dev.fairlead.model.service.Condition;
import dev.fairlead.model.service.JobMode;
import dev.fairlead.model.service.Relation;
import dev.fairlead.model.status.ManagerStatus;
import dev.fairlead.model.status.UnitStatus.Activity;
import dev.fairlead.os.MasterLoop;
import dev.fairlead.process.supervisor.condition.Conditions;
import dev.fairlead.process.transaction.JobType;
import dev.fairlead.process.transaction.Links;
import dev.fairlead.process.transaction.Refusal;
import dev.fairlead.process.transaction.Situation;
import dev.fairlead.process.transaction.Transaction;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// The jobs that wait or run, at most one for each unit: a wish becomes a [Transaction], whose jobs take their
/// places here and begin when nothing they are ordered after is under way. Only on the master loop.
final class Jobs implements Situation {
    private final Host host;
    private final Graph graph;
    private final Map<String, Job> jobs = new LinkedHashMap<>();
    private boolean isAdvancing;
    private boolean shallAdvanceAgain;
    private int lastNumber;
    private boolean hasBooted;
    private boolean hasSettled;

    Jobs(Host host, Graph graph) {
        this.host = host;
        this.graph = graph;
    }

    @Override
    public Links links() {
        return graph.links();
    }

    @Override
    public Activity activity(String unit) {
        return graph.runner(unit).map(UnitRunner::activity).orElse(Activity.INACTIVE);
    }

    @Override
    public Optional<JobType> queued(String unit) {
        return Optional.ofNullable(jobs.get(unit)).map(job -> job.type);
    }

    @Override
    public boolean isIrreversible(String unit) {
        return jobs.containsKey(unit) && jobs.get(unit).isIrreversible;
    }

    @Override
    public boolean canReload(String unit) {
        return graph.runner(unit).filter(UnitRunner::canReload).isPresent();
    }

    /// Does what is wished of a unit and what that entails for others.
    ///
    /// @return completed when the unit's own job has ended
    CompletableFuture<Outcome> wish(String unit, JobType type, JobMode mode) {
        Transaction transaction;
        try {
            transaction = Transaction.of(this, unit, type, mode);
        } catch (Refusal refusal) {
            refusal.details().forEach(line -> host.say(unit, line));
            return CompletableFuture.completedFuture(new Outcome.Refused(refusal.reason()));
        }
        install(transaction, mode);
        CompletableFuture<Outcome> outcome = Optional.ofNullable(jobs.get(unit))
                .map(job -> job.outcome)
                .orElseGet(
                        () -> CompletableFuture.completedFuture(new Outcome.Done("Nothing to do for " + unit + ".")));
        advance();
        return outcome;
    }

    /// Starts all of these and what they pull in, as far as it goes.
    void start(Collection<String> units) {
        try {
            install(Transaction.toStart(this, units), JobMode.REPLACE);
            hasBooted = true;
            advance();
        } catch (Refusal impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Stops these and nothing else.
    void stop(Collection<UnitRunner> runners) {
        runners.forEach(runner -> install(runner, JobType.STOP));
        advance();
    }

    private void install(Transaction transaction, JobMode mode) {
        transaction.notes().forEach(note -> host.say(note.unit(), note.message()));
        if (transaction.isolates()) {
            List.copyOf(jobs.values()).stream()
                    .filter(job -> !transaction.jobs().containsKey(job.unit())
                            && !job.runner.unit().rules().staysWhenIsolated())
                    .forEach(job -> finish(job, Job.Result.CANCELED));
        }
        transaction
                .jobs()
                .forEach((unit, type) -> graph.runner(unit).ifPresent(runner -> {
                    Job job = install(runner, type);
                    job.ignoresOrder |= transaction.ignoresOrder();
                    job.isIrreversible |= mode == JobMode.REPLACE_IRREVERSIBLY;
                }));
    }

    private Job install(UnitRunner runner, JobType type) {
        Job before = jobs.get(runner.name());
        if (before != null && !before.type.contradicts(type)) {
            JobType merged = before.type.merged(type, runner.activity()).orElseThrow();
            // A reload that runs may have read the old configuration already.
            before.hasBegun &= merged == before.type && type != JobType.RELOAD;
            before.type = merged;
            return before;
        }
        if (before != null) {
            jobs.remove(before.unit());
            before.outcome.complete(before.told(Job.Result.CANCELED));
        }
        Job job = new Job(runner, type, ++lastNumber);
        jobs.put(job.unit(), job);
        limit(job, runner.unit().rules().jobTimeout());
        return job;
    }

    /// When time is up the wish is given up; what the unit does goes on.
    private void limit(Job job, Optional<Duration> most) {
        most.ifPresent(time -> {
            MasterLoop.Timer timer = host.loop().schedule(time, () -> {
                if (isCurrent(job)) {
                    finish(job, Job.Result.TIMEOUT);
                    advance();
                }
            });
            job.outcome.whenComplete((told, failure) -> timer.cancel());
        });
    }

    /// Whether something is still to be done with a unit.
    boolean isQueued(String unit) {
        return jobs.containsKey(unit);
    }

    boolean areDone() {
        return jobs.isEmpty();
    }

    /// Whether there was nothing to do any more at some time since units were first started.
    boolean haveSettled() {
        return hasSettled;
    }

    List<ManagerStatus.QueuedJob> list() {
        return jobs.values().stream()
                .sorted(Comparator.comparingInt(job -> job.number))
                .map(job -> new ManagerStatus.QueuedJob(job.number, job.unit(), job.word(), job.hasBegun))
                .toList();
    }

    /// @param number of the job to be given up; empty: all of them
    /// @return whether there is one of that number
    boolean cancel(OptionalInt number) {
        List<Job> meant = jobs.values().stream()
                .filter(job -> number.isEmpty() || job.number == number.getAsInt())
                .toList();
        meant.forEach(job -> finish(job, Job.Result.CANCELED));
        advance();
        return number.isEmpty() || !meant.isEmpty();
    }

    /// Begins every job that has nothing to wait for.
    void advance() {
        shallAdvanceAgain = true;
        if (isAdvancing) {
            return;
        }
        isAdvancing = true;
        try {
            while (shallAdvanceAgain) {
                shallAdvanceAgain = false;
                Links links = graph.links();
                boolean isStuck = !jobs.isEmpty();
                for (Job job : List.copyOf(jobs.values())) {
                    if (isCurrent(job) && !job.hasBegun && mayBegin(job, links)) {
                        begin(job);
                    }
                    isStuck &= !job.hasBegun && isCurrent(job);
                }
                // Stops that were wished for at once are not looked at for cycles beforehand.
                if (isStuck && jobs.values().stream().allMatch(job -> job.type == JobType.STOP)) {
                    jobs.values().forEach(job -> job.ignoresOrder = true);
                    shallAdvanceAgain = true;
                }
            }
        } finally {
            isAdvancing = false;
            hasSettled |= hasBooted && jobs.isEmpty();
            if (jobs.isEmpty()) {
                host.quiet().comes();
            }
        }
    }

    private boolean isCurrent(Job job) {
        return job.equals(jobs.get(job.unit()));
    }

    private boolean mayBegin(Job job, Links links) {
        if (job.ignoresOrder) {
            return true;
        }
        return links.before(job.unit()).stream().noneMatch(other -> waits(job, other, true))
                && links.after(job.unit()).stream().noneMatch(other -> waits(job, other, false));
    }

    private boolean waits(Job job, String other, boolean isLater) {
        Job their = jobs.get(other);
        return their != null && job.type.waitsFor(their.type, isLater);
    }

    private void begin(Job job) {
        if (!job.isUnderWay) {
            job.isUnderWay = true;
            limit(job, job.runner.unit().rules().jobRunningTimeout());
        }
        switch (job.type) {
            case NOTHING -> finish(job, Job.Result.DONE);
            case VERIFY_ACTIVE -> verify(job);
            case START -> start(job);
            case STOP, RESTART -> stop(job);
            case RELOAD -> reload(job, job.runner.reload());
            case TRY_RESTART, TRY_RELOAD, RELOAD_OR_START -> {
                job.type = job.type.collapsed(job.runner.activity());
                begin(job);
            }
        }
    }

    private void verify(Job job) {
        Activity activity = job.runner.activity();
        if (isUp(activity)) {
            finish(job, Job.Result.DONE);
        } else if (activity != Activity.ACTIVATING || job.runner.comesBack()) {
            finish(job, Job.Result.NOT_ACTIVE);
        }
    }

    private void start(Job job) {
        UnitRunner runner = job.runner;
        if (isUp(runner.activity())) {
            finish(job, Job.Result.DONE);
            return;
        }
        // What is going down has to be down first, and one that comes back by itself is not hurried.
        if (runner.activity() == Activity.DEACTIVATING || runner.comesBack()) {
            return;
        }
        job.hasBegun = true;
        if (runner.activity() == Activity.ACTIVATING || !runner.countsStart() || !isCurrent(job)) {
            return;
        }
        if (mayStart(job)) {
            runner.start();
        }
    }

    /// Whether its conditions hold and what it is bound to is up; where not, the job has ended.
    private boolean mayStart(Job job) {
        UnitRunner runner = job.runner;
        String stated = "[" + runner.unit().origin().fileAndLine() + "]";
        Optional<Condition> unmet = Conditions.unmet(runner.unit().rules().conditions());
        if (unmet.isPresent()) {
            host.say(
                    job.unit(),
                    runner.unit().description() + " was skipped because of an unmet condition check ("
                            + unmet.get().written() + "). ["
                            + unmet.get().origin().fileAndLine() + "]");
            runner.skipped();
            finish(job, Job.Result.DONE);
            return false;
        }
        Optional<Condition> failed = Conditions.unmet(runner.unit().rules().assertions());
        if (failed.isPresent()) {
            host.say(
                    job.unit(),
                    "Assertion failed for " + runner.unit().description() + " ("
                            + failed.get().written() + "). ["
                            + failed.get().origin().fileAndLine() + "]");
            finish(job, Job.Result.ASSERTION);
            return false;
        }
        Set<String> earlier = graph.links().before(job.unit());
        Optional<String> missing = graph.links().of(job.unit(), Relation.BINDS_TO).stream()
                .filter(other -> earlier.contains(other) && graph.runner(other).isPresent() && !isUp(activity(other)))
                .findFirst();
        if (missing.isPresent()) {
            host.say(job.unit(), "Bound to unit " + missing.get() + ", but unit isn't active. " + stated);
            finish(job, Job.Result.DEPENDENCY);
            return false;
        }
        return true;
    }

    private void stop(Job job) {
        UnitRunner runner = job.runner;
        if (runner.isAtRest()) {
            job.hasBegun = true;
            finish(job, Job.Result.DONE);
            return;
        }
        job.hasBegun = true;
        if (job.type == JobType.STOP) {
            runner.stop();
        } else if (runner.restartsInPlace()) {
            job.type = JobType.RELOAD;
            job.wasRestart = true;
            reload(job, runner.reload());
        } else {
            runner.stopForRestart();
        }
    }

    private void reload(Job job, CompletableFuture<Outcome> stage) {
        job.hasBegun = true;
        stage.whenComplete((outcome, failure) -> {
            if (isCurrent(job) && job.hasBegun && job.type == JobType.RELOAD) {
                jobs.remove(job.unit());
                Outcome told = failure == null ? outcome : new Outcome.Failed(String.valueOf(failure));
                job.outcome.complete(job.wasRestart && told.succeeded() ? job.told(Job.Result.DONE) : told);
                advance();
            }
        });
    }

    /// A unit has taken a step: its job may be done with that.
    ///
    /// @return whether no job asked for it
    boolean moved(UnitRunner runner, Activity now) {
        Job job = jobs.get(runner.name());
        boolean isUnexpected = job == null || (job.hasBegun && hasSurprised(job, now));
        if (job != null) {
            process(job, now);
        }
        advance();
        return isUnexpected;
    }

    private static boolean hasSurprised(Job job, Activity now) {
        return switch (job.type) {
            case START, VERIFY_ACTIVE -> !isUp(now) && now != Activity.ACTIVATING;
            case RELOAD, RELOAD_OR_START, TRY_RELOAD -> !isUp(now) && now != Activity.ACTIVATING;
            case STOP, RESTART, TRY_RESTART -> !JobType.isDown(now) && now != Activity.DEACTIVATING;
            case NOTHING -> true;
        };
    }

    private void process(Job job, Activity now) {
        switch (job.type) {
            case START, VERIFY_ACTIVE -> {
                if (isUp(now)) {
                    finish(job, Job.Result.DONE);
                } else if (job.hasBegun && JobType.isDown(now)) {
                    finish(job, job.runner.hasSucceeded() ? Job.Result.DONE : Job.Result.FAILED);
                }
            }
            case RELOAD, RELOAD_OR_START, TRY_RELOAD -> {
                if (job.hasBegun && JobType.isDown(now)) {
                    finish(job, Job.Result.FAILED);
                }
            }
            case STOP, RESTART, TRY_RESTART -> {
                if (JobType.isDown(now)) {
                    finish(job, Job.Result.DONE);
                } else if (job.hasBegun && isUp(now)) {
                    finish(job, Job.Result.FAILED);
                }
            }
            case NOTHING -> finish(job, Job.Result.DONE);
        }
    }

    private void finish(Job job, Job.Result result) {
        shallAdvanceAgain = true;
        if (job.type == JobType.RESTART && result == Job.Result.DONE) {
            job.type = JobType.START;
            job.wasRestart = true;
            job.hasBegun = false;
            return;
        }
        jobs.remove(job.unit(), job);
        boolean starts = job.type == JobType.START || job.type == JobType.VERIFY_ACTIVE;
        if (result == Job.Result.DEPENDENCY || result == Job.Result.TIMEOUT) {
            host.say(job.unit(), job.told(result).message());
            host.dependencyFailed().accept(job.unit());
        }
        if (result != Job.Result.DONE && result != Job.Result.CANCELED && starts) {
            failDependents(graph.links().requiring(job.unit()));
        } else if (result != Job.Result.DONE && job.type == JobType.STOP) {
            failDependents(graph.links().naming(job.unit(), Relation.CONFLICTS));
        } else if (starts && !isUp(job.runner.activity())) {
            // It has ended, which is well, but not for those that need it up.
            failDependents(graph.links().naming(job.unit(), Relation.REQUISITE));
        }
        job.outcome.complete(job.told(result));
    }

    private void failDependents(Set<String> dependents) {
        for (String dependent : dependents) {
            Job job = jobs.get(dependent);
            if (job != null && (job.type == JobType.START || job.type == JobType.VERIFY_ACTIVE)) {
                finish(job, Job.Result.DEPENDENCY);
            }
        }
    }

    static boolean isUp(Activity activity) {
        return activity == Activity.ACTIVE || activity == Activity.RELOADING;
    }
}
