package dev.fairlead.process.supervisor;

import dev.fairlead.model.service.Command;
import dev.fairlead.model.service.Execution;
import dev.fairlead.model.service.OutputTarget;
import dev.fairlead.model.service.Service;
import dev.fairlead.model.service.Signal;
import dev.fairlead.model.service.WorkingDirectory;
import dev.fairlead.os.Descriptors;
import dev.fairlead.os.OpenFile;
import dev.fairlead.os.OsException;
import dev.fairlead.os.Pipe;
import dev.fairlead.os.Spawn;
import dev.fairlead.process.state.Ending;
import dev.fairlead.source.Diagnostic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Starts the processes of one service in the surroundings it asks for.
final class Launcher {
    private static final int STANDARD_OUTPUT = 1;
    private static final int STANDARD_ERROR = 2;
    private static final Path ROOT = Path.of("/");

    private final Host host;
    private final Set<String> warned = new HashSet<>();

    Launcher(Host host) {
        this.host = host;
    }

    /// @param told variables the supervisor adds
    /// @param isMain whether the process dies with the supervisor
    /// @param whenEnded is called once, on the loop, after everything the process has written was read
    Child launch(Service service, Command command, Map<String, String> told, boolean isMain, Consumer<Ending> whenEnded)
            throws StartFailure {
        Execution execution = service.execution();
        Path program = Programs.require(command);
        Identity identity = Identity.of(execution, host.options().isTrial());
        identity.warnings().forEach(warning -> warn(service, warning));
        Map<String, String> variables = ServiceEnvironment.of(service, identity.user(), told);
        List<String> argv =
                command.variablesAreExpanded() ? Variables.expand(command.arguments(), variables) : command.arguments();
        Optional<Signal> deathSignal = isMain && host.options().childrenDieWithIt()
                ? Optional.of(service.kill().signal())
                : Optional.empty();
        List<String> chain = ExecChain.of(program, argv, execution, identity, !command.runsUnconfined(), deathSignal);
        Path directory = directory(execution, identity, command);
        String identifier = execution.identifier().orElse(program.getFileName().toString());
        return spawn(service, command, new Plan(chain, variables, directory, identifier), whenEnded);
    }

    private record Plan(List<String> chain, Map<String, String> variables, Path directory, String identifier) {}

    private void warn(Service service, Diagnostic warning) {
        String message = warning.span().fileAndLine() + ": " + warning.message()
                + warning.hint().map(hint -> "; " + hint).orElse("");
        if (warned.add(message)) {
            host.say(service.name(), message);
        }
    }

    private Child spawn(Service service, Command command, Plan plan, Consumer<Ending> whenEnded) throws StartFailure {
        List<Integer> opened = new ArrayList<>();
        Optional<Integer> captured = Optional.empty();
        try {
            int input = keep(opened, OpenFile.nothing());
            Outputs outputs = outputs(service.execution(), opened);
            captured = outputs.readEnd();
            List<String> environment = plan.variables.entrySet().stream()
                    .map(variable -> variable.getKey() + "=" + variable.getValue())
                    .toList();
            int pid = new Spawn(
                            plan.chain.getFirst(),
                            plan.chain,
                            environment,
                            Optional.of(plan.directory),
                            List.of(input, outputs.output(), outputs.error()))
                    .start();
            Optional<Capture> capture = Optional.empty();
            if (captured.isPresent()) {
                capture = Optional.of(Capture.start(
                        host.loop(),
                        host.readBuffer(),
                        captured.get(),
                        lines -> host.journal().append(service.name(), plan.identifier, pid, lines)));
            }
            return Child.watch(host.loop(), pid, capture, ending -> {
                host.beforeEnding().run();
                whenEnded.accept(ending);
            });
        } catch (OsException refused) {
            captured.ifPresent(Descriptors::close);
            throw new StartFailure(StartFailure.EXEC, "Failed to spawn: " + refused.getMessage(), command.origin());
        } finally {
            opened.forEach(Descriptors::close);
        }
    }

    private record Outputs(int output, int error, Optional<Integer> readEnd) {}

    private static Outputs outputs(Execution execution, List<Integer> opened) throws OsException {
        Optional<Pipe> pipe = Optional.empty();
        if (execution.output() instanceof OutputTarget.Journal
                || execution.errorOutput() instanceof OutputTarget.Journal) {
            Pipe made = Pipe.open();
            keep(opened, made.writeEnd());
            pipe = Optional.of(made);
        }
        int output = target(execution.output(), pipe, opened, STANDARD_OUTPUT);
        int error = execution.errorOutput() instanceof OutputTarget.Inherit
                ? output
                : target(execution.errorOutput(), pipe, opened, STANDARD_ERROR);
        return new Outputs(output, error, pipe.map(Pipe::readEnd));
    }

    private static int target(OutputTarget target, Optional<Pipe> pipe, List<Integer> opened, int inherited)
            throws OsException {
        return switch (target) {
            case OutputTarget.Journal _ -> pipe.orElseThrow().writeEnd();
            case OutputTarget.Inherit _ -> inherited;
            case OutputTarget.Discard _ -> keep(opened, OpenFile.nothing());
            case OutputTarget.ToFile file ->
                keep(
                        opened,
                        switch (file.mode()) {
                            case OVERWRITE -> OpenFile.overwriting(file.path());
                            case APPEND -> OpenFile.appending(file.path());
                            case TRUNCATE -> OpenFile.truncating(file.path());
                        });
        };
    }

    private static int keep(List<Integer> opened, int descriptor) {
        opened.add(descriptor);
        return descriptor;
    }

    private static Path directory(Execution execution, Identity identity, Command command) throws StartFailure {
        return switch (execution.workingDirectory()) {
            case WorkingDirectory.Default _ -> ROOT;
            case WorkingDirectory.At at -> require(at.path(), at.mayBeMissing(), command);
            case WorkingDirectory.Home home ->
                require(
                        Path.of(identity.user().map(user -> user.home()).orElse(System.getProperty("user.home"))),
                        home.mayBeMissing(),
                        command);
        };
    }

    private static Path require(Path directory, boolean mayBeMissing, Command command) throws StartFailure {
        if (Files.isDirectory(directory)) {
            return directory;
        }
        if (mayBeMissing) {
            return ROOT;
        }
        throw new StartFailure(
                StartFailure.CHDIR,
                "Changing to the requested working directory failed: No such file or directory: " + directory,
                command.origin());
    }
}
