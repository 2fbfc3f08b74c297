package dev.fairlead.model.service.execution;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// The surroundings of a service's processes.
///
/// @param identifier the name its captured lines carry; empty: the program's name
/// @param logging what becomes of the captured lines
/// @param umask the bits new files shall not have
/// @param niceness from -20 (most favoured) to 19
/// @param outOfMemoryScore from -1000 (never killed) to 1000
/// @param limits resource limits by their field name, such as `NOFILE`
/// @param brokenPipeIsIgnored whether writing to a closed pipe is an error code instead of a deadly signal
/// @param gainsNoPrivileges whether executing set-user-id programs gains nothing
/// @param confinement what of the machine they see and may do
public record Execution(
        Optional<Named> user,
        Optional<Named> group,
        List<Named> supplementaryGroups,
        WorkingDirectory workingDirectory,
        List<EnvironmentSource> environment,
        OutputTarget output,
        OutputTarget errorOutput,
        Optional<String> identifier,
        Logging logging,
        int umask,
        OptionalInt niceness,
        OptionalInt outOfMemoryScore,
        Map<String, Limit> limits,
        boolean brokenPipeIsIgnored,
        boolean gainsNoPrivileges,
        Confinement confinement) {
    /// As the supervisor's own user, in the root directory, output captured.
    public static final Execution DEFAULT = new Execution(
            Optional.empty(),
            Optional.empty(),
            List.of(),
            new WorkingDirectory.Default(),
            List.of(),
            new OutputTarget.Journal(),
            new OutputTarget.Inherit(),
            Optional.empty(),
            Logging.DEFAULT,
            0022,
            OptionalInt.empty(),
            OptionalInt.empty(),
            Map.of(),
            true,
            false,
            Confinement.NONE);

    public Execution {
        supplementaryGroups = List.copyOf(supplementaryGroups);
        environment = List.copyOf(environment);
        limits = Map.copyOf(limits);
    }

    /// Its lines taken as they come, and not confined any further.
    public Execution(
            Optional<Named> user,
            Optional<Named> group,
            List<Named> supplementaryGroups,
            WorkingDirectory workingDirectory,
            List<EnvironmentSource> environment,
            OutputTarget output,
            OutputTarget errorOutput,
            Optional<String> identifier,
            int umask,
            OptionalInt niceness,
            OptionalInt outOfMemoryScore,
            Map<String, Limit> limits,
            boolean brokenPipeIsIgnored,
            boolean gainsNoPrivileges) {
        this(
                user,
                group,
                supplementaryGroups,
                workingDirectory,
                environment,
                output,
                errorOutput,
                identifier,
                Logging.DEFAULT,
                umask,
                niceness,
                outOfMemoryScore,
                limits,
                brokenPipeIsIgnored,
                gainsNoPrivileges,
                Confinement.NONE);
    }

    /// The same, started elsewhere.
    public Execution workingDirectory(WorkingDirectory other) {
        return with(other, environment);
    }

    /// The same with other variables.
    public Execution environment(List<EnvironmentSource> other) {
        return with(workingDirectory, other);
    }

    private Execution with(WorkingDirectory directory, List<EnvironmentSource> variables) {
        return new Execution(
                user,
                group,
                supplementaryGroups,
                directory,
                variables,
                output,
                errorOutput,
                identifier,
                logging,
                umask,
                niceness,
                outOfMemoryScore,
                limits,
                brokenPipeIsIgnored,
                gainsNoPrivileges,
                confinement);
    }
}
