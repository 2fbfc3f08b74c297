package dev.fairlead.process.events;

import dev.fairlead.model.service.Job;
import dev.fairlead.model.service.execution.EnvironmentSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// A job's definition and those instances of it that are there.
final class JobClass {
    final SequencedMap<String, JobInstance> instances = new LinkedHashMap<>();
    private Job job;
    private TriggerWatch startOn;
    private Optional<Job> redefined = Optional.empty();
    private boolean isLeaving;

    JobClass(Job job) {
        this.job = job;
        this.startOn = new TriggerWatch(job.startOn());
    }

    Job job() {
        return job;
    }

    TriggerWatch startOn() {
        return startOn;
    }

    /// Counts once no instance is there any more.
    void redefine(Job other) {
        isLeaving = false;
        redefined = Optional.of(other).filter(next -> !next.equals(job));
        settle();
    }

    boolean hasOtherDefinition() {
        return redefined.isPresent();
    }

    void leave() {
        isLeaving = true;
        startOn.reset();
    }

    /// @return whether it can be forgotten
    boolean settle() {
        if (instances.isEmpty()) {
            redefined.ifPresent(next -> {
                startOn.reset();
                job = next;
                startOn = new TriggerWatch(next.startOn());
            });
            redefined = Optional.empty();
        }
        return isLeaving && instances.isEmpty();
    }

    boolean isLeaving() {
        return isLeaving;
    }

    /// What every instance is told, before what starts it has its say.
    ///
    /// @param own this program's environment
    /// @param shared what was set for all jobs
    SequencedMap<String, String> environment(Map<String, String> own, Map<String, String> shared) {
        SequencedMap<String, String> variables = new LinkedHashMap<>(shared);
        for (EnvironmentSource source : job.execution().environment()) {
            switch (source) {
                case EnvironmentSource.Variable variable -> variables.put(variable.name(), variable.value());
                case EnvironmentSource.Inherited inherited ->
                    Optional.ofNullable(own.get(inherited.name()))
                            .ifPresent(value -> variables.put(inherited.name(), value));
                case EnvironmentSource.Unset unset -> variables.remove(unset.name());
                case EnvironmentSource.FromFile _ -> {}
            }
        }
        return variables;
    }
}
