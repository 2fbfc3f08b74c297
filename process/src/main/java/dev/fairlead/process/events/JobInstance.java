package dev.fairlead.process.events;

import dev.fairlead.model.service.Job;
import dev.fairlead.model.service.execution.Command;
import dev.fairlead.model.service.lifecycle.Signal;
import dev.fairlead.process.baton.Baton;
import dev.fairlead.process.state.Ending;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.function.Consumer;

/// A job that is started, runs or is stopped; one of several where the job has instances. Ends with the step
/// [JobState#WAITING], after which it is no more.
public final class JobInstance {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final EventEngine engine;
    private final Job job;
    private final String name;
    private final TriggerWatch stopOn;
    private final Map<Job.Part, Integer> running = new EnumMap<>(Job.Part.class);
    private final List<Consumer<Boolean>> waiting = new ArrayList<>();
    private SequencedMap<String, String> environment = new LinkedHashMap<>();
    private SequencedMap<String, String> startedWith = new LinkedHashMap<>();
    private Optional<SequencedMap<String, String>> nextEnvironment = Optional.empty();
    private SequencedMap<String, String> stopEnvironment = new LinkedHashMap<>();
    private Goal goal = Goal.STOP;
    private JobState state = JobState.WAITING;
    private Optional<JobFailure> failure = Optional.empty();
    private boolean startsAgain;
    private boolean endsByItself;
    private long firstRespawnNanos;
    private int respawns;
    private int allRespawns;

    JobInstance(EventEngine engine, Job job, String name) {
        this.engine = engine;
        this.job = job;
        this.name = name;
        this.stopOn = new TriggerWatch(job.stopOn());
    }

    public Job job() {
        return job;
    }

    /// Empty where the job has no instances.
    public String name() {
        return name;
    }

    /// As messages have it: `job` or `job (instance)`.
    public String title() {
        return name.isEmpty() ? job.name() : job.name() + " (" + name + ")";
    }

    public Goal goal() {
        return goal;
    }

    public JobState state() {
        return state;
    }

    public Optional<JobFailure> failure() {
        return failure;
    }

    /// Ids of its processes; of the main one whichever it is now.
    public Map<Job.Part, Integer> running() {
        return Collections.unmodifiableMap(running);
    }

    /// Whether it stops because its main process has ended, and not because it was to stop.
    public boolean endsByItself() {
        return endsByItself;
    }

    /// How often it has come back by itself.
    public int respawns() {
        return allRespawns;
    }

    public SequencedMap<String, String> environment() {
        return environment;
    }

    TriggerWatch stopOn() {
        return stopOn;
    }

    /// Processes that are started from now on see it.
    public void set(String variable, Optional<String> value) {
        value.ifPresentOrElse(text -> environment.put(variable, text), () -> environment.remove(variable));
    }

    /// As it was started with.
    public void resetVariables() {
        environment = new LinkedHashMap<>(startedWith);
    }

    /// Who waits for it is told when it has come where it was to go, or has failed.
    void tellWhenDone(Consumer<Boolean> follower) {
        waiting.add(follower);
    }

    /// It is done with what it was asked for last.
    void finished(boolean failed) {
        List<Consumer<Boolean>> followers = List.copyOf(waiting);
        waiting.clear();
        followers.forEach(follower -> follower.accept(failed));
    }

    void startWith(SequencedMap<String, String> variables) {
        nextEnvironment = Optional.of(variables);
    }

    void stopWith(SequencedMap<String, String> variables) {
        stopEnvironment = variables;
    }

    /// It shall end and start again, whatever it runs while it ends.
    void restart() {
        startsAgain = true;
        become(Goal.STOP);
    }

    /// @return whether it was to start again once it had ended, which it is not any more
    boolean cancelsRestart() {
        boolean was = startsAgain;
        startsAgain = false;
        return was;
    }

    void become(Goal next) {
        if (goal == next) {
            return;
        }
        goal = next;
        boolean acts = switch (next) {
            // One that waits for a sign of its main process would wait for ever: it is ended at once.
            case STOP -> state == JobState.RUNNING || state == JobState.SPAWNED;
            case START -> state == JobState.WAITING;
            case RESPAWN -> false;
        };
        if (acts) {
            enter(next());
        }
    }

    private JobState next() {
        if (goal == Goal.RESPAWN) {
            goal = Goal.START;
            return JobState.STOPPING;
        }
        boolean diedEarly = state == JobState.SPAWNED
                && !hasMain()
                && job.processes().main().isPresent();
        return diedEarly ? JobState.STOPPING : state.next(goal, hasMain());
    }

    private boolean hasMain() {
        return running.containsKey(Job.Part.MAIN);
    }

    /// What held up this step is over.
    void goOn() {
        enter(next());
    }

    /// Goes into a step and on through those that have nothing to do.
    private void enter(JobState first) {
        Optional<JobState> following = Optional.of(first);
        while (following.isPresent()) {
            JobState before = state;
            state = following.get();
            if (state == JobState.WAITING) {
                retire(before);
                return;
            }
            following = act(before);
            engine.effects().changed(this, before);
        }
    }

    /// @return the step that follows at once; empty if something has to happen first
    private Optional<JobState> act(JobState before) {
        return switch (state) {
            case WAITING -> Optional.empty();
            case STARTING -> starting();
            case PRE_START -> ran(Job.Part.PRE_START, true);
            case SPAWNED -> spawned();
            case POST_START -> ran(Job.Part.POST_START, false);
            case RUNNING -> up(before);
            case PRE_STOP -> ran(Job.Part.PRE_STOP, false);
            case STOPPING -> announced("stopping");
            case KILLED -> killed();
            case POST_STOP -> ran(Job.Part.POST_STOP, true);
        };
    }

    private Optional<JobState> starting() {
        nextEnvironment.ifPresent(variables -> {
            environment = new LinkedHashMap<>(variables);
            startedWith = new LinkedHashMap<>(variables);
        });
        nextEnvironment = Optional.empty();
        failure = Optional.empty();
        return announced("starting");
    }

    private Optional<JobState> announced(String event) {
        engine.announce(this, event).whenOver(_ -> goOn());
        return Optional.empty();
    }

    private Optional<JobState> up(JobState before) {
        if (before == JobState.PRE_STOP) {
            stopEnvironment = new LinkedHashMap<>();
        } else {
            engine.announce(this, "started");
        }
        if (!job.isTask()) {
            finished(false);
        }
        return Optional.empty();
    }

    /// @param failureStops whether a process that cannot be started stops the job
    private Optional<JobState> ran(Job.Part process, boolean failureStops) {
        Optional<Command> command = job.processes().of(process);
        if (command.isEmpty()) {
            return Optional.of(next());
        }
        if (run(process, command.get())) {
            return Optional.empty();
        }
        if (failureStops) {
            failed(new JobFailure.NotStarted(process));
            goal = Goal.STOP;
        }
        return Optional.of(next());
    }

    private Optional<JobState> spawned() {
        Optional<Command> command = job.processes().main();
        if (command.isPresent() && !run(Job.Part.MAIN, command.get())) {
            failed(new JobFailure.NotStarted(Job.Part.MAIN));
            goal = Goal.STOP;
            return Optional.of(next());
        }
        boolean isUp = command.isEmpty() || job.readiness() == Job.Readiness.AT_ONCE;
        return isUp ? Optional.of(next()) : Optional.empty();
    }

    private Optional<JobState> killed() {
        if (startsAgain) {
            startsAgain = false;
            goal = Goal.START;
        }
        if (hasMain()) {
            engine.effects().kill(this);
            return Optional.empty();
        }
        return Optional.of(next());
    }

    private boolean run(Job.Part process, Command command) {
        SequencedMap<String, String> variables = new LinkedHashMap<>(environment);
        if (process == Job.Part.PRE_STOP || process == Job.Part.POST_STOP) {
            variables.putAll(stopEnvironment);
        }
        variables.put("UPSTART_JOB", job.name());
        variables.put("UPSTART_INSTANCE", name);
        OptionalInt pid = engine.effects().run(this, process, command, variables);
        pid.ifPresent(id -> running.put(process, id));
        return pid.isPresent();
    }

    private void retire(JobState before) {
        engine.announce(this, "stopped");
        stopOn.reset();
        engine.retire(this);
        engine.effects().changed(this, before);
        finished(false);
    }

    /// The first failure stays; who waits for it is told at once.
    private void failed(JobFailure reason) {
        if (failure.isEmpty()) {
            failure = Optional.of(reason);
            finished(true);
        }
    }

    /// Another process is the main one now: a daemon that the first one left behind.
    void mainIs(int pid) {
        running.put(Job.Part.MAIN, pid);
    }

    /// Whether it is up, or down, and nobody waits for anything of it.
    boolean isSettled() {
        boolean hasOthers = running.keySet().stream().anyMatch(part -> part != Job.Part.MAIN);
        return state == JobState.RUNNING && goal == Goal.START && waiting.isEmpty() && !hasOthers && !startsAgain;
    }

    void save(Baton part) {
        part.put("name", name)
                .put("first-respawn", firstRespawnNanos)
                .put("respawns", respawns)
                .put("all-respawns", allRespawns);
        TriggerWatch.save(part, "environment", environment);
        TriggerWatch.save(part, "started-with", startedWith);
        Optional.ofNullable(running.get(Job.Part.MAIN)).ifPresent(pid -> part.put("main", pid));
        stopOn.save(part);
    }

    /// It is up already.
    void resume(Baton part, Consumer<Occurrence> held) {
        goal = Goal.START;
        state = JobState.RUNNING;
        firstRespawnNanos = part.number("first-respawn", 0);
        respawns = (int) part.number("respawns", 0);
        allRespawns = (int) part.number("all-respawns", 0);
        environment = TriggerWatch.variables(part, "environment");
        startedWith = TriggerWatch.variables(part, "started-with");
        part.number("main").ifPresent(pid -> running.put(Job.Part.MAIN, (int) pid));
        stopOn.resume(part, held);
    }

    /// The main process is up.
    void ready() {
        if (state == JobState.SPAWNED) {
            goOn();
        }
    }

    void ended(Job.Part process, Ending ending) {
        int pid = Optional.ofNullable(running.remove(process)).orElse(0);
        if (!ending.equals(new Ending.Exited(0))) {
            engine.effects().say(job, title() + " " + process.word() + " process (" + pid + ") " + words(ending));
        }
        switch (process) {
            case MAIN -> mainEnded(ending);
            case PRE_START, POST_STOP -> {
                if (!ending.equals(new Ending.Exited(0))) {
                    failed(new JobFailure.Ended(process, ending));
                    goal = Goal.STOP;
                }
                goOn();
            }
            // Whatever became of these, the job goes its way.
            case POST_START, PRE_STOP -> goOn();
        }
    }

    private static String words(Ending ending) {
        return switch (ending) {
            case Ending.Exited exited -> "terminated with status " + exited.code();
            case Ending.Killed killed -> "killed by " + new Signal(killed.signal()).shortName() + " signal";
        };
    }

    private void mainEnded(Ending ending) {
        if (state == JobState.KILLED) {
            goOn();
            return;
        }
        // Another process that is waited for, or an event, is waited for first.
        boolean waits = (state == JobState.POST_START && running.containsKey(Job.Part.POST_START))
                || (state == JobState.PRE_STOP && running.containsKey(Job.Part.PRE_STOP))
                || state == JobState.STOPPING;
        if (goal != Goal.STOP && comesBack(ending)) {
            if (waits) {
                goal = Goal.RESPAWN;
            } else {
                goOn();
            }
            return;
        }
        boolean acts = state == JobState.RUNNING || state == JobState.SPAWNED;
        endsByItself = goal != Goal.STOP;
        become(Goal.STOP);
        if (!waits && !acts) {
            goOn();
        }
    }

    /// Whether it is started again. That it ended at all is a failure of a service; of a task only if it ended
    /// badly.
    private boolean comesBack(Ending ending) {
        boolean endedWell =
                ending.equals(new Ending.Exited(0)) && (job.respawn().isEmpty() || job.isTask());
        if (endedWell || ending.isIn(job.normalExits())) {
            return false;
        }
        if (job.respawn().isEmpty()) {
            failed(new JobFailure.Ended(Job.Part.MAIN, ending));
            return false;
        }
        if (isTooOften(job.respawn().get())) {
            engine.effects().say(job, title() + " respawning too fast, stopped");
            failed(new JobFailure.RespawnedTooFast());
            return false;
        }
        engine.effects().say(job, title() + " main process ended, respawning");
        allRespawns++;
        return true;
    }

    /// The first return opens an interval; so many more may happen in it, and the next one after it opens
    /// another. Whole seconds count.
    private boolean isTooOften(Job.Respawn respawn) {
        if (respawn.isUnlimited()) {
            return false;
        }
        long now = engine.effects().nowNanos();
        long seconds = now / NANOS_PER_SECOND - firstRespawnNanos / NANOS_PER_SECOND;
        if (respawns > 0 && seconds < respawn.interval().toSeconds()) {
            respawns++;
            return respawns > respawn.count();
        }
        firstRespawnNanos = now;
        respawns = 1;
        return false;
    }
}
