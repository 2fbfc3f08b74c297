package dev.fairlead.process.events;

import dev.fairlead.model.control.Outcome;
import dev.fairlead.model.service.Job;
import dev.fairlead.process.baton.Baton;
import dev.fairlead.process.state.Ending;
import dev.fairlead.unit.Suggestion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// All jobs, and the events that are under way.
public final class EventEngine {
    /// Among variables that tell instances apart: the name of one itself, as its processes know it.
    private static final String INSTANCE = "UPSTART_INSTANCE";

    private final JobEffects effects;
    private final Map<String, String> own;
    private final SequencedMap<String, String> shared = new LinkedHashMap<>();
    private final Map<String, JobClass> classes = new TreeMap<>();
    private final List<Occurrence> events = new ArrayList<>();
    private boolean isPolling;

    /// @param own this program's environment, from which jobs may take variables
    public EventEngine(JobEffects effects, Map<String, String> own) {
        this.effects = effects;
        this.own = Map.copyOf(own);
    }

    JobEffects effects() {
        return effects;
    }

    /// A new job, or a changed one: what runs goes on as it was started.
    public void define(Job job) {
        JobClass known = classes.get(job.name());
        if (known == null) {
            classes.put(job.name(), new JobClass(job));
        } else {
            known.redefine(job);
        }
    }

    /// The job is no more; what runs of it goes on until it ends.
    public void forget(String name) {
        Optional.ofNullable(classes.get(name)).ifPresent(known -> {
            known.leave();
            if (known.settle()) {
                classes.remove(name);
            }
        });
        poll();
    }

    /// @param whenOver is told, once nobody holds the event up any more, whether somebody has failed
    public void emit(String name, SequencedMap<String, String> variables, Consumer<Boolean> whenOver) {
        Occurrence event = new Occurrence(name, variables);
        event.whenOver(whenOver);
        events.add(event);
        poll();
    }

    /// A step of a job that others may wait for.
    Occurrence announce(JobInstance instance, String name) {
        SequencedMap<String, String> variables = new LinkedHashMap<>();
        variables.put("JOB", instance.job().name());
        variables.put("INSTANCE", instance.name());
        if (name.equals("stopping") || name.equals("stopped")) {
            instance.failure()
                    .ifPresentOrElse(
                            failure -> variables.putAll(failure.variables()), () -> variables.put("RESULT", "ok"));
        }
        for (String exported : instance.job().exports()) {
            Optional.ofNullable(instance.environment().get(exported))
                    .ifPresent(value -> variables.putIfAbsent(exported, value));
        }
        Occurrence event = new Occurrence(name, variables);
        events.add(event);
        return event;
    }

    void retire(JobInstance instance) {
        JobClass known = classes.get(instance.job().name());
        if (known != null && known.instances.remove(instance.name(), instance) && known.settle()) {
            classes.remove(instance.job().name());
        }
    }

    /// Handles events until none is left that could be.
    private void poll() {
        if (isPolling) {
            return;
        }
        isPolling = true;
        try {
            boolean goesOn = true;
            while (goesOn) {
                goesOn = false;
                for (Occurrence event : List.copyOf(events)) {
                    if (event.isPending()) {
                        handle(event);
                        goesOn = true;
                    }
                    if (event.isOver() && events.remove(event)) {
                        finish(event);
                        goesOn = true;
                    }
                }
            }
        } finally {
            isPolling = false;
        }
    }

    private void finish(Occurrence event) {
        event.tell();
        if (event.hasFailed() && !event.name().endsWith("/failed")) {
            events.add(new Occurrence(event.name() + "/failed", event.variables()));
        }
    }

    private void handle(Occurrence event) {
        event.handled();
        for (JobClass known : List.copyOf(classes.values())) {
            for (JobInstance instance : List.copyOf(known.instances.values())) {
                if (instance.stopOn().takes(event, instance.environment())) {
                    stopBy(instance);
                }
            }
            if (!known.isLeaving() && known.startOn().takes(event, known.environment(own, shared))) {
                startBy(known);
            }
        }
    }

    private static void stopBy(JobInstance instance) {
        List<Occurrence> causes = instance.stopOn().events();
        if (instance.goal() != Goal.STOP) {
            instance.stopWith(told(new LinkedHashMap<>(), causes, "UPSTART_STOP_EVENTS"));
            instance.finished(false);
            causes.forEach(cause -> holdUp(instance, cause));
            instance.become(Goal.STOP);
        }
        instance.stopOn().reset();
    }

    private void startBy(JobClass known) {
        List<Occurrence> causes = known.startOn().events();
        SequencedMap<String, String> variables = told(known.environment(own, shared), causes, "UPSTART_EVENTS");
        Optional<String> name = instanceName(known.job(), variables);
        if (name.isPresent()) {
            JobInstance instance = instance(known, name.get());
            if (instance.goal() != Goal.START) {
                instance.startWith(variables);
                instance.finished(false);
                causes.forEach(cause -> holdUp(instance, cause));
                instance.become(Goal.START);
            }
        } else {
            effects.say(
                    known.job(),
                    "Failed to obtain " + known.job().name() + " instance: " + unknown(known.job(), variables));
        }
        known.startOn().reset();
    }

    private static SequencedMap<String, String> told(
            SequencedMap<String, String> variables, List<Occurrence> causes, String key) {
        causes.forEach(cause -> variables.putAll(cause.variables()));
        variables.put(
                key, String.join(" ", causes.stream().map(Occurrence::name).toList()));
        return variables;
    }

    private static void holdUp(JobInstance instance, Occurrence cause) {
        cause.hold();
        instance.tellWhenDone(cause::release);
    }

    private static Optional<String> instanceName(Job job, Map<String, String> variables) {
        return Template.expand(job.instance().orElse(""), variables);
    }

    private static String unknown(Job job, Map<String, String> variables) {
        return "Unknown parameter: "
                + Template.unknown(job.instance().orElse(""), variables).orElse("");
    }

    private JobInstance instance(JobClass known, String name) {
        return known.instances.computeIfAbsent(name, _ -> new JobInstance(this, known.job(), name));
    }

    /// Starts a job by hand.
    ///
    /// @param variables tell instances apart, and are told to its processes
    /// @param whenDone is told when it is up, a task when it has ended; at once if it cannot be started
    public void start(String name, SequencedMap<String, String> variables, Consumer<Outcome> whenDone) {
        JobClass known = classes.get(name);
        if (known == null || known.isLeaving()) {
            whenDone.accept(unknownJob(name));
            return;
        }
        SequencedMap<String, String> all = Optional.ofNullable(variables.get(INSTANCE))
                .map(known.instances::get)
                .map(JobInstance::environment)
                .orElseGet(() -> known.environment(own, shared));
        variables.forEach((key, value) -> {
            if (!key.equals(INSTANCE)) {
                all.put(key, value);
            }
        });
        Optional<String> instanceName =
                Optional.ofNullable(variables.get(INSTANCE)).or(() -> instanceName(known.job(), all));
        if (instanceName.isEmpty()) {
            whenDone.accept(new Outcome.Failed(unknown(known.job(), all)));
            return;
        }
        JobInstance instance = instance(known, instanceName.get());
        if (instance.goal() == Goal.START) {
            whenDone.accept(new Outcome.Failed("Job is already running: " + instance.title()));
            return;
        }
        instance.startWith(all);
        instance.finished(false);
        instance.tellWhenDone(failed -> whenDone.accept(
                failed ? new Outcome.Failed("Job failed to start") : new Outcome.Done(Words.line(instance))));
        instance.become(Goal.START);
        poll();
    }

    /// Stops a job by hand.
    public void stop(String name, Map<String, String> variables, Consumer<Outcome> whenDone) {
        onInstance(name, variables, whenDone, instance -> {
            if (instance.goal() == Goal.STOP && !instance.cancelsRestart()) {
                whenDone.accept(new Outcome.Failed("Job has already been stopped: " + instance.title()));
                return;
            }
            instance.stopWith(new LinkedHashMap<>(variables));
            instance.finished(false);
            instance.tellWhenDone(failed -> whenDone.accept(
                    failed ? new Outcome.Failed("Job failed while stopping") : new Outcome.Done(Words.line(instance))));
            instance.become(Goal.STOP);
        });
    }

    /// Stops it and starts it as it was defined when it was started, with its old variables and these.
    public void restart(String name, Map<String, String> variables, Consumer<Outcome> whenDone) {
        onInstance(name, variables, whenDone, instance -> {
            if (instance.goal() == Goal.STOP) {
                whenDone.accept(new Outcome.Failed("Job has already been stopped: " + instance.title()));
                return;
            }
            SequencedMap<String, String> all = new LinkedHashMap<>(instance.environment());
            all.putAll(variables);
            instance.startWith(all);
            instance.finished(false);
            instance.tellWhenDone(failed -> whenDone.accept(
                    failed ? new Outcome.Failed("Job failed to restart") : new Outcome.Done(Words.line(instance))));
            instance.restart();
        });
    }

    private void onInstance(
            String name, Map<String, String> variables, Consumer<Outcome> refused, Consumer<JobInstance> action) {
        Outcome found = find(name, variables);
        if (found instanceof Outcome.Done(String instanceName)) {
            action.accept(Optional.ofNullable(classes.get(name))
                    .map(known -> known.instances.get(instanceName))
                    .orElseThrow());
            poll();
        } else {
            refused.accept(found);
        }
    }

    /// @return the name of the instance that is meant, or why there is none
    public Outcome find(String name, Map<String, String> variables) {
        JobClass known = classes.get(name);
        if (known == null) {
            return unknownJob(name);
        }
        SequencedMap<String, String> all = known.environment(own, shared);
        all.putAll(variables);
        Optional<String> instanceName =
                Optional.ofNullable(variables.get(INSTANCE)).or(() -> instanceName(known.job(), all));
        if (instanceName.isEmpty()) {
            return new Outcome.Failed(unknown(known.job(), all));
        }
        return known.instances.containsKey(instanceName.get())
                ? new Outcome.Done(instanceName.get())
                : new Outcome.Unknown("Unknown instance: " + instanceName.get());
    }

    private Outcome unknownJob(String name) {
        return new Outcome.Unknown("Unknown job: " + name
                + Suggestion.nearest(name, classes.keySet())
                        .map(near -> " (did you mean " + near + "?)")
                        .orElse(""));
    }

    /// Stops everything, whatever would start it.
    public void stopAll() {
        for (JobClass known : List.copyOf(classes.values())) {
            known.startOn().reset();
            List.copyOf(known.instances.values()).forEach(instance -> instance.become(Goal.STOP));
        }
        poll();
    }

    /// Stops every instance of a job.
    public void stopAll(String name) {
        instances(name).forEach(instance -> instance.become(Goal.STOP));
        poll();
    }

    /// A process of a job has ended.
    public void ended(JobInstance instance, Job.Part process, Ending ending) {
        instance.ended(process, ending);
        poll();
    }

    /// The main process of a job is up.
    ///
    /// @param pid of the process that is the main one from now on
    public void ready(JobInstance instance, int pid) {
        instance.mainIs(pid);
        instance.ready();
        poll();
    }

    /// The name of a job of which something is under way.
    public Optional<String> unsettled() {
        Optional<String> job = classes.values().stream()
                .filter(known -> known.instances.values().stream().anyMatch(instance -> !instance.isSettled()))
                .map(known -> known.job().name())
                .findFirst();
        return job.or(() -> events.stream()
                .filter(Occurrence::isPending)
                .map(Occurrence::name)
                .findFirst());
    }

    /// @param processes writes down those of an instance
    public void save(Baton part, BiConsumer<JobInstance, Baton> processes) {
        TriggerWatch.save(part, "shared", shared);
        for (JobClass known : classes.values()) {
            Baton written = part.add("jobs").put("name", known.job().name());
            known.startOn().save(written);
            for (JobInstance instance : known.instances.values()) {
                Baton one = written.add("instances");
                instance.save(one);
                processes.accept(instance, one);
            }
        }
    }

    /// Goes on with jobs that are defined already.
    ///
    /// @param processes takes up those of an instance
    public void resume(Baton part, BiConsumer<JobInstance, Baton> processes) {
        shared.putAll(TriggerWatch.variables(part, "shared"));
        for (Baton written : part.parts("jobs")) {
            JobClass known = classes.get(written.text("name", ""));
            if (known == null) {
                continue;
            }
            known.startOn().resume(written, events::add);
            for (Baton one : written.parts("instances")) {
                JobInstance instance = instance(known, one.text("name", ""));
                instance.resume(one, events::add);
                processes.accept(instance, one);
            }
        }
    }

    /// In the order of their names.
    public List<Job> jobs() {
        return classes.values().stream().map(JobClass::job).toList();
    }

    public Optional<Job> job(String name) {
        return Optional.ofNullable(classes.get(name)).map(JobClass::job);
    }

    /// Whether what runs was started from another definition.
    public boolean isOutdated(String name) {
        return Optional.ofNullable(classes.get(name))
                .filter(JobClass::hasOtherDefinition)
                .isPresent();
    }

    /// Those of a job, in the order they were started in.
    public Collection<JobInstance> instances(String name) {
        return Optional.ofNullable(classes.get(name))
                .map(known -> List.copyOf(known.instances.values()))
                .orElse(List.of());
    }

    /// Variables every job is started with.
    public SequencedMap<String, String> shared() {
        return Collections.unmodifiableSequencedMap(shared);
    }

    /// @param value empty: it is not set any more
    public void share(String variable, Optional<String> value) {
        value.ifPresentOrElse(text -> shared.put(variable, text), () -> shared.remove(variable));
    }

    public void shareNothing() {
        shared.clear();
    }
}
