package dev.fairlead.process.supervisor.launch;

import dev.fairlead.model.service.Service;
import dev.fairlead.model.service.execution.Command;
import dev.fairlead.model.service.execution.Execution;
import dev.fairlead.model.service.execution.WorkingDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A command of a service as it would be run now: its words with variables replaced, and its surroundings. Runs
/// nothing itself.
///
/// @param program where it lies; empty if it is not on this machine
/// @param words the program's own name first
/// @param environment all variables it gets, but for what a supervisor tells
/// @param identity as whom
/// @param directory where
public record Prepared(
        Optional<Path> program,
        List<String> words,
        Map<String, String> environment,
        Identity identity,
        Path directory) {
    public Prepared {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }

    /// @param isTrial as in [SupervisorOptions]
    /// @throws IOException naming an environment file that cannot be read
    public static Prepared of(Service service, Command command, boolean isTrial) throws IOException {
        Identity identity = Identity.of(service.execution(), isTrial);
        try {
            Map<String, String> environment =
                    ServiceEnvironment.of(service, identity.user(), ManagerVariables.initial(), Map.of());
            List<String> words = command.variablesAreExpanded()
                    ? Variables.expand(command.arguments(), environment)
                    : command.arguments();
            return new Prepared(
                    Programs.find(command.program()),
                    words,
                    environment,
                    identity,
                    directory(service.execution(), identity));
        } catch (StartFailure failure) {
            throw new IOException(failure.getMessage(), failure);
        }
    }

    /// Where a program lies that is looked for as the service itself would.
    public static Optional<Path> find(String program) {
        return Programs.find(program);
    }

    private static Path directory(Execution execution, Identity identity) {
        return switch (execution.workingDirectory()) {
            case WorkingDirectory.Default _ -> Path.of("/");
            case WorkingDirectory.At at -> at.path();
            case WorkingDirectory.Home _ ->
                Path.of(identity.user().map(user -> user.home()).orElse(System.getProperty("user.home")));
        };
    }
}
