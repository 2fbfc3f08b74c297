package dev.fairlead.process.supervisor;

import dev.fairlead.model.control.Outcome;
import dev.fairlead.model.service.Job;
import dev.fairlead.model.service.Unit;
import dev.fairlead.model.service.lifecycle.Signal;
import dev.fairlead.model.status.ExitReport;
import dev.fairlead.model.status.UnitStatus;
import dev.fairlead.model.status.UnitStatus.Activity;
import dev.fairlead.os.ProcessTable;
import dev.fairlead.process.baton.Baton;
import dev.fairlead.process.events.Goal;
import dev.fairlead.process.events.JobFailure;
import dev.fairlead.process.events.JobInstance;
import dev.fairlead.process.events.JobState;
import dev.fairlead.process.events.Words;
import dev.fairlead.process.state.Ending;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/// A job with all of its instances, as a unit among units.
final class JobRunner implements UnitRunner {
    private final Host host;
    private final EventBoard board;
    private Job job;
    private Activity activity = Activity.INACTIVE;
    private String subState = JobState.WAITING.word();
    private Optional<JobFailure> failure = Optional.empty();
    private Optional<String> problem = Optional.empty();
    private List<SequencedMap<String, String>> again = List.of();
    private int respawns;
    private long sinceMillis;

    JobRunner(Host host, EventBoard board, Job job) {
        this.host = host;
        this.board = board;
        this.job = job;
        this.sinceMillis = host.clock().wallMillis();
    }

    @Override
    public Unit unit() {
        return job;
    }

    @Override
    public void redefine(Unit unit) {
        if (unit instanceof Job other) {
            job = other;
            board.engine().define(other);
        }
    }

    Collection<JobInstance> instances() {
        return board.engine().instances(name());
    }

    @Override
    public void start() {
        List<SequencedMap<String, String>> environments = again.isEmpty() ? List.of(new LinkedHashMap<>()) : again;
        again = List.of();
        environments.forEach(this::start);
    }

    private void start(SequencedMap<String, String> variables) {
        board.start(name(), variables, outcome -> {
            boolean isRefused = !outcome.succeeded() && instances().isEmpty() && activity != Activity.FAILED;
            if (isRefused) {
                problem = Optional.of(outcome.message());
                become(Activity.FAILED, name() + ": " + outcome.message());
            }
        });
    }

    @Override
    public void stop() {
        if (instances().isEmpty()) {
            become(Activity.INACTIVE, "");
        }
        board.engine().stopAll(name());
    }

    /// Its instances are started again as they were.
    @Override
    public void stopForRestart() {
        again = instances().stream().map(JobInstance::environment).toList();
        stop();
    }

    @Override
    public boolean canReload() {
        return !instances().isEmpty();
    }

    @Override
    public CompletableFuture<Outcome> reload() {
        boolean isSent = false;
        for (JobInstance instance : instances()) {
            isSent |= board.processes(instance)
                    .filter(processes -> processes.tell(job.reloadSignal()))
                    .isPresent();
        }
        return CompletableFuture.completedFuture(
                isSent
                        ? new Outcome.Done("Reloaded " + name() + ".")
                        : new Outcome.Failed("Job is not running: " + name()));
    }

    void kill(Signal signal) {
        instances().forEach(instance -> board.processes(instance).ifPresent(processes -> processes.signalAll(signal)));
    }

    /// An instance has taken a step.
    void changed(JobInstance instance) {
        failure = instance.failure().or(() -> instance.state() == JobState.STARTING ? Optional.empty() : failure);
        if (instance.state() == JobState.STARTING) {
            problem = Optional.empty();
        }
        if (instance.failure()
                .filter(JobFailure.RespawnedTooFast.class::isInstance)
                .isPresent()) {
            problem = Optional.of("respawned " + tooOften(instance.job())
                    + "; it stays down until it is started by hand or by an event");
        }
        respawns = instance.respawns();
        subState = instance.state() == JobState.WAITING
                ? JobState.WAITING.word()
                : instance.goal().word() + "/" + instance.state().word();
        Activity next = present();
        become(next, message(next, instance));
    }

    private static String tooOften(Job job) {
        return job.respawn()
                .map(limit -> "more than " + limit.count() + " times within "
                        + limit.interval().toSeconds() + " s ["
                        + (limit.origin().isBuiltIn() ? job.origin() : limit.origin()).fileAndLine() + "]")
                .orElse("too fast");
    }

    private void become(Activity next, String message) {
        Activity before = activity;
        activity = next;
        if (before != next) {
            sinceMillis = host.clock().wallMillis();
            if (!message.isEmpty()) {
                host.say(name(), message);
            }
        }
        host.changed().accept(this, new UnitChange(name(), before, next, subState, before == next ? "" : message));
    }

    private String message(Activity next, JobInstance instance) {
        return switch (next) {
            case ACTIVE -> "Started " + job.description() + ".";
            case FAILED ->
                name() + ": Failed"
                        + failure.map(why -> " (" + words(why) + ")").orElse("") + ".";
            case INACTIVE ->
                job.isTask() && instance.endsByItself()
                        ? "Finished " + job.description() + "."
                        : "Stopped " + job.description() + ".";
            case ACTIVATING, RELOADING, DEACTIVATING -> "";
        };
    }

    private static String words(JobFailure failure) {
        return failure.variables().entrySet().stream()
                .filter(variable -> !variable.getKey().equals("RESULT"))
                .map(variable -> variable.getValue())
                .collect(Collectors.joining(" "));
    }

    private Activity present() {
        Collection<JobInstance> all = instances();
        if (all.isEmpty()) {
            return failure.isPresent() ? Activity.FAILED : Activity.INACTIVE;
        }
        if (!job.isTask() && all.stream().anyMatch(JobRunner::isUp)) {
            return Activity.ACTIVE;
        }
        boolean comes = all.stream().anyMatch(instance -> instance.goal() != Goal.STOP);
        return comes ? Activity.ACTIVATING : Activity.DEACTIVATING;
    }

    private static boolean isUp(JobInstance instance) {
        return instance.state() == JobState.RUNNING;
    }

    @Override
    public Activity activity() {
        return activity;
    }

    @Override
    public boolean hasSucceeded() {
        return failure.isEmpty() && problem.isEmpty();
    }

    @Override
    public boolean isAtRest() {
        return instances().isEmpty();
    }

    @Override
    public UnitStatus status(boolean isEnabled, List<ProcessTable.Row> processes) {
        Collection<JobInstance> all = instances();
        List<ProcessTable.Row> members = all.stream()
                .flatMap(instance -> board.processes(instance).stream())
                .flatMap(one -> one.among(processes).stream())
                .toList();
        return new UnitStatus(
                name(),
                job.description(),
                activity,
                subState,
                result(),
                main(all),
                sinceMillis,
                respawns,
                lastExit(),
                all.size() > 1
                        ? Optional.of(all.stream().map(Words::line).collect(Collectors.joining("; ")))
                        : Optional.empty(),
                members.isEmpty()
                        ? OptionalLong.empty()
                        : OptionalLong.of(members.stream()
                                .mapToLong(ProcessTable.Row::residentBytes)
                                .sum()),
                members.isEmpty() ? OptionalInt.empty() : OptionalInt.of(members.size()),
                job.startOn().isPresent(),
                board.engine().isOutdated(name()),
                Optional.empty(),
                problem,
                Optional.empty(),
                job.sources());
    }

    private static OptionalInt main(Collection<JobInstance> all) {
        return all.stream()
                .flatMap(instance -> Optional.ofNullable(instance.running().get(Job.Part.MAIN)).stream())
                .mapToInt(Integer::intValue)
                .findFirst();
    }

    /// What is under way is the board's to say.
    @Override
    public Optional<String> unsettled() {
        return Optional.empty();
    }

    @Override
    public void save(Baton part) {
        part.put("activity", activity.name())
                .put("sub-state", subState)
                .put("problem", problem)
                .put("respawns", respawns)
                .put("since", sinceMillis);
        failure.ifPresent(why -> ServiceBaton.save(part.add("failure"), why));
    }

    @Override
    public void resume(Baton part) {
        activity = Activity.valueOf(part.text("activity", Activity.INACTIVE.name()));
        subState = part.text("sub-state", subState);
        problem = part.text("problem");
        respawns = (int) part.number("respawns", 0);
        sinceMillis = part.number("since", sinceMillis);
        failure = part.parts("failure").stream().map(ServiceBaton::failure).findFirst();
    }

    private String result() {
        if (failure.isEmpty()) {
            return "success";
        }
        return switch (failure.get()) {
            case JobFailure.Ended(var _, Ending.Exited _) -> "exit-code";
            case JobFailure.Ended(var _, Ending.Killed _) -> "signal";
            case JobFailure.NotStarted _ -> "resources";
            case JobFailure.RespawnedTooFast _ -> "start-limit-hit";
        };
    }

    private Optional<ExitReport> lastExit() {
        return failure.flatMap(why -> switch (why) {
            case JobFailure.Ended(var _, Ending.Exited exited) ->
                Optional.of(new ExitReport(0, false, exited.code(), false, sinceMillis));
            case JobFailure.Ended(var _, Ending.Killed killed) ->
                Optional.of(new ExitReport(0, true, killed.signal(), killed.dumpedCore(), sinceMillis));
            case JobFailure.NotStarted _ -> Optional.empty();
            case JobFailure.RespawnedTooFast _ -> Optional.empty();
        });
    }
}
