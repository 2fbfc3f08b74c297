package dev.fairlead.dialect.upstart;

import dev.fairlead.model.service.Job;
import dev.fairlead.model.service.Trigger;
import dev.fairlead.model.service.execution.Command;
import dev.fairlead.model.service.execution.EnvironmentSource;
import dev.fairlead.model.service.execution.Execution;
import dev.fairlead.model.service.execution.Limit;
import dev.fairlead.model.service.execution.Named;
import dev.fairlead.model.service.execution.OutputTarget;
import dev.fairlead.model.service.execution.WorkingDirectory;
import dev.fairlead.model.service.lifecycle.ExitSet;
import dev.fairlead.model.service.lifecycle.Signal;
import dev.fairlead.source.Span;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// A job while its file, and then its override, are read. Of a stanza that is given twice the later one counts.
final class Draft {
    private static final Duration KILL_TIMEOUT = Duration.ofSeconds(5);

    final Map<Job.Part, Command> processes = new EnumMap<>(Job.Part.class);
    final Map<String, EnvironmentSource> environment = new LinkedHashMap<>();
    final Map<String, Limit> limits = new LinkedHashMap<>();
    final Set<String> exports = new LinkedHashSet<>();
    final Set<Integer> normalCodes = new LinkedHashSet<>();
    final Set<Integer> normalSignals = new LinkedHashSet<>();
    final List<String> emits = new ArrayList<>();
    Optional<String> description = Optional.empty();
    Optional<String> author = Optional.empty();
    Optional<String> version = Optional.empty();
    Optional<String> usage = Optional.empty();
    Optional<Trigger> startOn = Optional.empty();
    Optional<Trigger> stopOn = Optional.empty();
    Optional<String> instance = Optional.empty();
    Optional<Job.Respawn> respawn = Optional.empty();
    Optional<Job.Respawn> respawnLimit = Optional.empty();
    Job.Readiness readiness = Job.Readiness.AT_ONCE;
    Signal killSignal = Signal.TERM;
    Signal reloadSignal = Signal.HUP;
    Duration killTimeout = KILL_TIMEOUT;
    boolean isTask;
    OutputTarget output = new OutputTarget.Journal();
    Optional<Named> user = Optional.empty();
    Optional<Named> group = Optional.empty();
    Optional<Path> root = Optional.empty();
    WorkingDirectory directory = new WorkingDirectory.Default();
    int umask = Execution.DEFAULT.umask();
    OptionalInt niceness = OptionalInt.empty();
    OptionalInt outOfMemoryScore = OptionalInt.empty();

    Job finish(String name, List<Path> sources, Span origin) {
        return new Job(
                name,
                description.orElse(name),
                startOn,
                stopOn,
                instance,
                new Job.Processes(
                        process(Job.Part.MAIN),
                        process(Job.Part.PRE_START),
                        process(Job.Part.POST_START),
                        process(Job.Part.PRE_STOP),
                        process(Job.Part.POST_STOP)),
                readiness,
                isTask,
                respawn.map(asked -> respawnLimit.orElse(asked)),
                new ExitSet(normalCodes, normalSignals),
                killSignal,
                killTimeout,
                reloadSignal,
                List.copyOf(exports),
                execution(name),
                new Job.Notes(author, version, usage, emits),
                sources,
                origin);
    }

    private Optional<Command> process(Job.Part process) {
        return Optional.ofNullable(processes.get(process)).map(this::inRoot);
    }

    /// Below another root the command is looked up there, as whoever it runs as.
    private Command inRoot(Command command) {
        if (root.isEmpty()) {
            return command;
        }
        List<String> words = new ArrayList<>(List.of("chroot"));
        String spec = user.map(Named::name).orElse("")
                + group.map(named -> ":" + named.name()).orElse("");
        if (!spec.isEmpty()) {
            words.add("--userspec=" + spec);
        }
        words.add(root.get().toString());
        words.addAll(command.arguments());
        return new Command("chroot", words, false, false, Command.Privileges.OF_SERVICE, command.origin());
    }

    private Execution execution(String name) {
        return new Execution(
                root.isPresent() ? Optional.empty() : user,
                root.isPresent() ? Optional.empty() : group,
                List.of(),
                directory,
                List.copyOf(environment.values()),
                output,
                new OutputTarget.Inherit(),
                Optional.of(name),
                umask,
                niceness,
                outOfMemoryScore,
                limits,
                false,
                false);
    }
}
