package dev.fairlead.process.supervisor;

import dev.fairlead.model.control.Outcome;
import dev.fairlead.model.service.Job;
import dev.fairlead.model.service.execution.Command;
import dev.fairlead.model.status.UnitStatus.Activity;
import dev.fairlead.process.baton.Baton;
import dev.fairlead.process.events.EventEngine;
import dev.fairlead.process.events.JobEffects;
import dev.fairlead.process.events.JobInstance;
import dev.fairlead.process.events.JobState;
import dev.fairlead.process.state.Ending;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The jobs of a supervisor and the events they live by: those of a machine that boots and goes down, those of
/// the other units, and those that people emit. Only on the master loop.
final class EventBoard {
    private static final Duration LONGEST_END = Duration.ofSeconds(10);

    private final Host host;
    private final EventEngine engine;
    private final Map<JobInstance, JobProcesses> processes = new HashMap<>();
    private final Map<String, JobRunner> runners = new LinkedHashMap<>();
    private final Supplier<Collection<UnitRunner>> units;
    private List<String> programs = List.of();
    private Map<String, String> told = Map.of();
    private boolean isUp;

    /// @param units all of them, jobs among them
    EventBoard(Host host, Supplier<Collection<UnitRunner>> units) {
        this.host = host;
        this.units = units;
        this.engine = new EventEngine(new Effects(), System.getenv());
    }

    EventEngine engine() {
        return engine;
    }

    JobRunner runner(Job job) {
        JobRunner runner = new JobRunner(host, this, job);
        runners.put(job.name(), runner);
        engine.define(job);
        return runner;
    }

    void forget(String name) {
        if (runners.remove(name) != null) {
            engine.forget(name);
        }
    }

    Optional<JobProcesses> processes(JobInstance instance) {
        return Optional.ofNullable(processes.get(instance));
    }

    /// Whether a process is collected here.
    boolean watches(int pid) {
        return processes.values().stream().anyMatch(one -> one.watches(pid));
    }

    /// What a machine's start emits, once. Nobody is waited for: an event may be held up until another one has
    /// come.
    void boot() {
        if (isUp || runners.isEmpty()) {
            return;
        }
        isUp = true;
        emit("startup");
        emit("virtual-filesystems");
        emit("local-filesystems");
        emit("remote-filesystems");
        emit("all-swaps");
        emit("filesystem");
        emit("net-device-up", "IFACE", "lo");
        emit("static-network-up");
        emit("runlevel", "RUNLEVEL", "2", "PREVLEVEL", "N");
        programs.forEach(program -> emit("started", "JOB", program, "INSTANCE", ""));
    }

    /// @param variables that every process of a job is told, unless the job says otherwise
    /// @param served programs that others stand in for here; they count as started once the machine is up
    void surround(Map<String, String> variables, List<String> served) {
        told = Map.copyOf(variables);
        programs = List.copyOf(served);
    }

    /// Names of what is no job, as `JOB` has them in its events.
    List<String> otherUnits() {
        return Stream.concat(
                        programs.stream(),
                        units.get().stream()
                                .filter(runner -> !(runner instanceof JobRunner))
                                .map(runner -> runner.name().replaceFirst("(@.*)?\\.service$", "")))
                .toList();
    }

    private void emit(String name, String... variables) {
        SequencedMap<String, String> all = new LinkedHashMap<>();
        for (int i = 0; i + 1 < variables.length; i += 2) {
            all.put(variables[i], variables[i + 1]);
        }
        engine.emit(name, all, failed -> {});
    }

    /// @return completed once nobody holds the event up any more
    CompletionStage<Outcome> emit(String name, SequencedMap<String, String> variables) {
        CompletableFuture<Outcome> over = new CompletableFuture<>();
        engine.emit(
                name,
                variables,
                failed -> over.complete(failed ? new Outcome.Failed("Event failed") : new Outcome.Done("")));
        return over;
    }

    /// The step of a unit that is no job; jobs may wait for it, it waits for none of them.
    void tell(UnitRunner runner, UnitChange change) {
        if (runners.isEmpty() || runner instanceof JobRunner || change.before() == change.now()) {
            return;
        }
        event(change).ifPresent(name -> {
            String unit = runner.name().replaceFirst("\\.service$", "");
            int at = unit.indexOf('@');
            String instance = at < 0 ? "" : unit.substring(at + 1);
            String job = at < 0 ? unit : unit.substring(0, at);
            if (name.startsWith("stop")) {
                String result = change.now() == Activity.FAILED ? "failed" : "ok";
                emit(name, "JOB", job, "INSTANCE", instance, "RESULT", result);
            } else {
                emit(name, "JOB", job, "INSTANCE", instance);
            }
        });
    }

    private static Optional<String> event(UnitChange change) {
        return switch (change.now()) {
            case ACTIVATING -> Optional.of("starting");
            case ACTIVE -> change.before() == Activity.RELOADING ? Optional.empty() : Optional.of("started");
            case RELOADING -> Optional.empty();
            case DEACTIVATING -> Optional.of("stopping");
            case INACTIVE, FAILED -> Optional.of("stopped");
        };
    }

    /// Goes down as a machine does: those that stop then, and those that run only then, have their time.
    void stopAll() {
        if (!isUp) {
            return;
        }
        isUp = false;
        SequencedMap<String, String> level = new LinkedHashMap<>();
        level.put("RUNLEVEL", "0");
        level.put("PREVLEVEL", "2");
        engine.emit("runlevel", level, failed -> engine.stopAll());
        Duration longest = processes.keySet().stream()
                .map(instance -> instance.job().killTimeout())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO)
                .plus(LONGEST_END);
        host.loop().schedule(longest, this::endAll);
    }

    private void endAll() {
        engine.stopAll();
        Map.copyOf(processes).values().forEach(JobProcesses::killAll);
    }

    Optional<String> unsettled() {
        return engine.unsettled();
    }

    void save(Baton part) {
        part.put("up", isUp);
        engine.save(part, (instance, one) -> processes(instance).ifPresent(known -> known.save(one)));
    }

    void resume(Baton part) {
        isUp = part.is("up");
        engine.resume(part, (instance, one) -> {
            JobProcesses known = new JobProcesses(host, this, instance);
            processes.put(instance, known);
            known.resume(one);
        });
    }

    private final class Effects implements JobEffects {
        @Override
        public OptionalInt run(JobInstance job, Job.Part process, Command command, Map<String, String> variables) {
            Map<String, String> all = new LinkedHashMap<>(told);
            all.putAll(variables);
            return processes
                    .computeIfAbsent(job, one -> new JobProcesses(host, EventBoard.this, one))
                    .run(process, command, all);
        }

        @Override
        public void kill(JobInstance job) {
            processes(job).ifPresent(JobProcesses::end);
        }

        @Override
        public void say(Job job, String message) {
            host.say(job.name(), message);
        }

        @Override
        public void changed(JobInstance job, JobState before) {
            if (job.state() == JobState.WAITING) {
                processes.remove(job);
            }
            Optional.ofNullable(runners.get(job.job().name())).ifPresent(runner -> runner.changed(job));
        }

        @Override
        public long nowNanos() {
            return host.clock().monotonicNanos();
        }
    }

    /// A process has ended, or could not be kept in sight.
    void ended(JobInstance instance, Job.Part process, Ending ending) {
        engine.ended(instance, process, ending);
    }

    /// @param whenDone as [EventEngine#start] has it
    void start(String name, SequencedMap<String, String> variables, Consumer<Outcome> whenDone) {
        engine.start(name, variables, whenDone);
    }
}
