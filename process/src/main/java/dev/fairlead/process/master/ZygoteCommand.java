package dev.fairlead.process.master;

import dev.fairlead.model.app.Application;
import dev.fairlead.model.app.Application.Surroundings;
import dev.fairlead.model.service.execution.Command;
import dev.fairlead.model.service.execution.Execution;
import dev.fairlead.model.service.execution.OutputTarget;
import dev.fairlead.model.service.execution.WorkingDirectory;
import dev.fairlead.os.Processes;
import dev.fairlead.os.Spawn;
import dev.fairlead.process.supervisor.launch.ExecChain;
import dev.fairlead.process.supervisor.launch.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/// How the Python side is started for an application: by its interpreter, as its user, in its folder and
/// environment.
///
/// @param chain program and arguments
/// @param environment as `NAME=value`
record ZygoteCommand(List<String> chain, List<String> environment, Path directory) {
    private static final Execution PLAIN = new Execution(
            Optional.empty(),
            Optional.empty(),
            List.of(),
            new WorkingDirectory.Default(),
            List.of(),
            new OutputTarget.Journal(),
            new OutputTarget.Inherit(),
            Optional.empty(),
            0,
            OptionalInt.empty(),
            OptionalInt.empty(),
            Map.of(),
            false,
            false);

    ZygoteCommand {
        chain = List.copyOf(chain);
        environment = List.copyOf(environment);
    }

    /// @throws IOException naming what is missing
    static ZygoteCommand of(Application application, MasterOptions options) throws IOException {
        Surroundings at = application.surroundings();
        Map<String, String> variables = variables(at);
        Interpreter interpreter = Interpreter.of(at, variables);
        Path python = interpreter
                .path()
                .orElseThrow(() -> new IOException("no Python found; tried " + String.join(", ", interpreter.tried())));
        Path directory = Path.of(at.directory());
        if (!Files.isDirectory(directory)) {
            throw new IOException("there is no folder " + directory);
        }
        Execution execution = execution(at);
        Identity identity = Identity.of(execution, options.isTrial());
        String program = options.pythonSide().resolve("fairlead_worker").toString();
        List<String> chain = ExecChain.of(
                python,
                List.of(python.toString(), program, "zygote"),
                execution,
                identity,
                Command.Privileges.OF_SERVICE,
                List.of());
        identity.user().ifPresent(user -> {
            variables.put("HOME", user.home());
            variables.put("USER", user.name());
        });
        List<String> environment = variables.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .toList();
        return new ZygoteCommand(chain, environment, directory);
    }

    /// @param descriptors what the new process finds as 0, 1, 2 and so on
    /// @return its process id
    int start(List<Integer> descriptors) throws IOException {
        return new Spawn(chain.getFirst(), chain, environment, Optional.of(directory), descriptors).start();
    }

    private static Map<String, String> variables(Surroundings at) {
        Map<String, String> variables = new TreeMap<>(at.service().isPresent() ? Map.of() : System.getenv());
        variables.keySet().removeIf(name -> name.startsWith("FAIRLEAD_") || isLaunchers(name));
        for (String assignment : at.environment()) {
            int equals = assignment.indexOf('=');
            if (equals > 0) {
                variables.put(assignment.substring(0, equals), assignment.substring(equals + 1));
            }
        }
        return variables;
    }

    /// What the launcher has set for Java alone.
    private static boolean isLaunchers(String name) {
        return name.equals("_JAVA_SR_SIGNUM")
                || (name.equals("MALLOC_ARENA_MAX") && System.getenv("FAIRLEAD_ARENAS") != null);
    }

    private static Execution execution(Surroundings at) {
        Execution service = at.service().orElse(PLAIN);
        return new Execution(
                at.user(),
                at.group(),
                service.supplementaryGroups(),
                service.workingDirectory(),
                List.of(),
                service.output(),
                service.errorOutput(),
                service.identifier(),
                at.umask().orElseGet(Processes::umask),
                service.niceness(),
                service.outOfMemoryScore(),
                service.limits(),
                service.brokenPipeIsIgnored(),
                service.gainsNoPrivileges());
    }
}
