package dev.fairlead.model.control;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/// What may be asked of jobs that live by events, and of the events. Answers are texts for people, in the words
/// of the tools for such jobs.
///
/// `variables` tell the instances of a job apart and are told to its processes. Who `waits` is answered when it
/// is done; who does not, when it has begun.
public sealed interface JobCommand {
    record Start(String job, SequencedMap<String, String> variables, boolean waits) implements JobCommand {
        public Start {
            variables = copy(variables);
        }
    }

    record Stop(String job, SequencedMap<String, String> variables, boolean waits) implements JobCommand {
        public Stop {
            variables = copy(variables);
        }
    }

    record Restart(String job, SequencedMap<String, String> variables, boolean waits) implements JobCommand {
        public Restart {
            variables = copy(variables);
        }
    }

    /// Sends the signal that asks the main process to read its configuration again.
    record Reload(String job, SequencedMap<String, String> variables) implements JobCommand {
        public Reload {
            variables = copy(variables);
        }
    }

    record Status(String job, SequencedMap<String, String> variables) implements JobCommand {
        public Status {
            variables = copy(variables);
        }
    }

    /// What every job is doing, a line for each.
    record Overview() implements JobCommand {}

    record Emit(String event, SequencedMap<String, String> variables, boolean waits) implements JobCommand {
        public Emit {
            variables = copy(variables);
        }
    }

    /// What starts and stops jobs.
    ///
    /// @param job empty: all of them
    /// @param isDetailed a line for each event, with the job it is one of
    record ShowConditions(Optional<String> job, boolean isDetailed) implements JobCommand {}

    /// Events that jobs wait for and nothing emits.
    ///
    /// @param job empty: all of them
    record CheckConditions(Optional<String> job) implements JobCommand {}

    /// How a job says it is used.
    record Usage(String job) implements JobCommand {}

    /// Variables that are told to jobs.
    ///
    /// @param of the job whose own are meant; empty: what all jobs are started with
    /// @param change empty: they are shown
    record Variables(Optional<Instance> of, Optional<Change> change, Optional<String> only) implements JobCommand {}

    /// @param name as the tools have it; empty where the job has no instances
    record Instance(String job, String name) {}

    /// What is done to variables.
    sealed interface Change {
        /// @param keeps whether a value that is there stays
        record Set(String name, String value, boolean keeps) implements Change {}

        record Unset(String name) implements Change {}

        record Reset() implements Change {}
    }

    private static SequencedMap<String, String> copy(SequencedMap<String, String> variables) {
        return Collections.unmodifiableSequencedMap(new LinkedHashMap<>(variables));
    }
}
