package dev.fairlead.model.status;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What one unit was doing at one moment.
///
/// @param activity in one word for everybody
/// @param subState the exact step, in the words of the field: `start-pre`, `running`, `auto-restart`, `dead`
/// @param result why it last ended: `success`, `exit-code`, `signal`, `timeout`, `start-limit-hit`
/// @param mainPid its main process while there is one
/// @param sinceMillis when it entered its activity, in milliseconds since 1970
/// @param restarts how often it was started again by itself since it was last started by hand
/// @param lastExit how its main process last ended
/// @param statusText what the service last said about itself
/// @param memoryBytes resident memory of all its processes
/// @param tasks how many processes it has
/// @param enabled whether it comes up with the stack
/// @param changePending whether its definition has changed since it was started: a restart applies it
/// @param application which application it stands for, where it is one
/// @param problem what keeps it from running, with the line of the configuration that says so
/// @param waiting what it waits for, where it starts other units
public record UnitStatus(
        String name,
        String description,
        Activity activity,
        String subState,
        String result,
        OptionalInt mainPid,
        long sinceMillis,
        int restarts,
        Optional<ExitReport> lastExit,
        Optional<String> statusText,
        OptionalLong memoryBytes,
        OptionalInt tasks,
        boolean enabled,
        boolean changePending,
        Optional<String> application,
        Optional<String> problem,
        Optional<Waiting> waiting,
        List<Path> sources) {
    public UnitStatus {
        sources = List.copyOf(sources);
    }

    /// The state of a unit in one word.
    public enum Activity {
        INACTIVE,
        ACTIVATING,
        ACTIVE,
        RELOADING,
        DEACTIVATING,
        FAILED;

        /// As it is shown: `active`.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
