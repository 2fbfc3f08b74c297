package dev.fairlead.process.events;

import dev.fairlead.model.service.Job;
import dev.fairlead.model.service.execution.Command;
import java.util.Map;
import java.util.OptionalInt;

/// What jobs do to the world.
public interface JobEffects {
    /// Starts a process; its end is told by [EventEngine#ended].
    ///
    /// @return its id; empty if it cannot be started, which has been said then
    OptionalInt run(JobInstance job, Job.Part process, Command command, Map<String, String> environment);

    /// Asks the main process to end, and ends it when its time is up. Its end is told as always.
    void kill(JobInstance job);

    /// Says something about a job to people.
    void say(Job job, String message);

    /// A job has taken a step.
    void changed(JobInstance job, JobState before);

    /// A clock that only goes forward.
    long nowNanos();
}
