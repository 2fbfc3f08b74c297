package dev.fairlead.process.events;

import dev.fairlead.model.service.Job;
import dev.fairlead.model.service.lifecycle.Signal;
import dev.fairlead.process.state.Ending;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// Why a job failed.
public sealed interface JobFailure {
    /// One of its processes ended badly.
    record Ended(Job.Part process, Ending ending) implements JobFailure {}

    /// One of its processes could not be started at all.
    record NotStarted(Job.Part process) implements JobFailure {}

    /// It came back more often than it may.
    record RespawnedTooFast() implements JobFailure {}

    /// As the job's events tell it.
    default SequencedMap<String, String> variables() {
        SequencedMap<String, String> told = new LinkedHashMap<>();
        told.put("RESULT", "failed");
        switch (this) {
            case Ended ended -> {
                told.put("PROCESS", ended.process.word());
                switch (ended.ending) {
                    case Ending.Exited exited -> told.put("EXIT_STATUS", Integer.toString(exited.code()));
                    case Ending.Killed killed -> told.put("EXIT_SIGNAL", new Signal(killed.signal()).shortName());
                }
            }
            case NotStarted not -> told.put("PROCESS", not.process.word());
            case RespawnedTooFast _ -> told.put("PROCESS", "respawn");
        }
        return told;
    }
}
