package dev.fairlead.cli.adopt;

import dev.fairlead.model.service.Job;
import dev.fairlead.model.service.Service;
import dev.fairlead.model.service.Trigger;
import dev.fairlead.model.service.execution.Command;
import dev.fairlead.model.service.execution.EnvironmentSource;
import dev.fairlead.model.service.execution.Execution;
import dev.fairlead.model.service.execution.WorkingDirectory;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// A job of Upstart that does nothing but run one program, as the service it would be.
///
/// @param command its program, without a shell
/// @param isEnabled whether it comes up with the machine
record AdoptableJob(Service service, Command command, boolean isEnabled) {
    private static final String SHELL = "/bin/sh";
    private static final int TEXT = 3;
    /// What a machine's start emits in any case.
    private static final Set<String> OF_EVERY_START = Set.of(
            "startup",
            "virtual-filesystems",
            "local-filesystems",
            "remote-filesystems",
            "filesystem",
            "all-swaps",
            "net-device-up",
            "static-network-up");
    private static final Path RUNLEVEL = Path.of("2");

    /// @throws IOException saying what an application cannot do for it
    static AdoptableJob of(Job job, Command main) throws IOException {
        if (job.instance().isPresent()) {
            throw new IOException("it has instances");
        }
        if (job.startOn().isPresent() && !holds(job.startOn().get())) {
            throw new IOException("an application does not wait for the events it starts on");
        }
        Map<String, String> known = new TreeMap<>();
        for (EnvironmentSource source : job.execution().environment()) {
            if (source instanceof EnvironmentSource.Variable variable) {
                known.put(variable.name(), variable.value());
            }
        }
        boolean isScript = main.program().equals(SHELL) && main.arguments().size() == TEXT + 1;
        JobScript script = isScript
                ? JobScript.read(main.arguments().get(TEXT), known)
                : new JobScript(main.arguments(), Map.of(), Optional.empty());
        if (script.words().isEmpty()) {
            throw new IOException("its script starts nothing");
        }
        Command command = new Command(
                script.words().getFirst(), script.words(), false, false, Command.Privileges.OF_SERVICE, main.origin());
        Service service = job.asService(surroundings(job.execution(), script, main));
        return new AdoptableJob(service, command, job.startOn().isPresent());
    }

    private static Execution surroundings(Execution execution, JobScript script, Command main) {
        List<EnvironmentSource> environment = new ArrayList<>(execution.environment());
        script.variables()
                .forEach((name, value) -> environment.add(new EnvironmentSource.Variable(name, value, main.origin())));
        Execution told = execution.environment(environment);
        return script.folder()
                .filter(folder -> folder.startsWith("/"))
                .map(folder -> told.workingDirectory(new WorkingDirectory.At(Path.of(folder), false, main.origin())))
                .orElse(told);
    }

    private static boolean holds(Trigger trigger) {
        return switch (trigger) {
            case Trigger.Both both -> holds(both.left()) && holds(both.right());
            case Trigger.Either either -> holds(either.left()) || holds(either.right());
            case Trigger.Occurs occurs -> OF_EVERY_START.contains(occurs.event()) || isRunlevel(occurs);
        };
    }

    private static boolean isRunlevel(Trigger.Occurs occurs) {
        if (!occurs.event().equals("runlevel")) {
            return false;
        }
        return occurs.matches().stream()
                .allMatch(match -> FileSystems.getDefault()
                                .getPathMatcher("glob:" + match.pattern())
                                .matches(RUNLEVEL)
                        != match.isNegated());
    }
}
