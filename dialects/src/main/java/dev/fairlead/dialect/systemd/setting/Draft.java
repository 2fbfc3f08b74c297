package dev.fairlead.dialect.systemd.setting;

import dev.fairlead.dialect.systemd.name.UnitName;
import dev.fairlead.model.service.Condition;
import dev.fairlead.model.service.JobMode;
import dev.fairlead.model.service.Relation;
import dev.fairlead.model.service.UnitRules;
import dev.fairlead.model.service.execution.Command;
import dev.fairlead.model.service.execution.EnvironmentSource;
import dev.fairlead.model.service.execution.Limit;
import dev.fairlead.model.service.execution.Named;
import dev.fairlead.model.service.execution.OutputTarget;
import dev.fairlead.model.service.execution.WorkingDirectory;
import dev.fairlead.model.service.lifecycle.ExitSet;
import dev.fairlead.model.service.lifecycle.KillPolicy;
import dev.fairlead.model.service.lifecycle.NotifyAccess;
import dev.fairlead.model.service.lifecycle.RestartPolicy;
import dev.fairlead.model.service.lifecycle.Signal;
import dev.fairlead.model.service.lifecycle.StartLimit;
import dev.fairlead.model.service.lifecycle.Startup;
import dev.fairlead.model.service.lifecycle.Timeouts;
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

/// A unit while its files are read: plain fields with systemd's defaults, which the setters of the key table
/// change. [Drafts] makes a model value of it.
public final class Draft {
    /// The lists of command lines a service has.
    enum Step {
        CONDITION,
        PRE,
        START,
        POST,
        RELOAD,
        STOP,
        STOP_POST
    }

    /// Whether only the main commands run as the service's user and within its bounds.
    boolean permissionsAreOfMain;

    public final UnitName name;
    final Span origin;
    public final List<Path> sources = new ArrayList<>();

    String description = "";
    public final Map<Relation, Set<String>> relations = new EnumMap<>(Relation.class);
    final List<Condition> conditions = new ArrayList<>();
    final List<Condition> assertions = new ArrayList<>();
    boolean stopsWhenUnneeded;
    boolean refusesManualStart;
    boolean refusesManualStop;
    boolean mayBeIsolated;
    boolean staysWhenIsolated;
    Optional<Duration> jobTimeout = Optional.empty();
    /// Empty: as [#jobTimeout].
    Optional<Optional<Duration>> jobRunningTimeout = Optional.empty();
    JobMode onFailureMode = UnitRules.NONE.onFailure();
    JobMode onSuccessMode = UnitRules.NONE.onSuccess();
    Duration startLimitInterval = StartLimit.DEFAULT.interval();
    int startLimitBurst = StartLimit.DEFAULT.burst();

    Optional<Startup> startup = Optional.empty();
    Optional<Span> startupSpan = Optional.empty();
    boolean remainsAfterExit;
    Optional<Span> outlivesMain = Optional.empty();
    Optional<Path> pidFile = Optional.empty();
    boolean guessesMain = true;
    int descriptorStore;
    Optional<NotifyAccess> notifyAccess = Optional.empty();
    final Map<Step, List<Command>> commands = new EnumMap<>(Step.class);
    RestartPolicy.When restart = RestartPolicy.When.NO;
    Optional<Span> restartSpan = Optional.empty();
    int restartSteps;
    Optional<Duration> longestRestartDelay = Optional.empty();
    Duration restartDelay = RestartPolicy.NEVER.delay();
    ExitSet successExits = ExitSet.NONE;
    ExitSet neverRestartExits = ExitSet.NONE;
    ExitSet forceRestartExits = ExitSet.NONE;
    Optional<Span> forceRestartSpan = Optional.empty();
    /// Empty as long as nothing was written: the default depends on the type.
    Optional<Reading.TimeLimit> startTimeout = Optional.empty();
    Optional<Duration> stopTimeout = Optional.of(Duration.ofSeconds(90));
    Optional<Duration> runTimeout = Optional.empty();
    Duration runSpread = Duration.ZERO;
    Optional<Reading.TimeLimit> abortTimeout = Optional.empty();
    Optional<Duration> watchdog = Optional.empty();
    Timeouts.Late lateStart = Timeouts.Late.TERMINATE;
    Timeouts.Late lateStop = Timeouts.Late.TERMINATE;

    Optional<Named> user = Optional.empty();
    Optional<Named> group = Optional.empty();
    final List<Named> supplementaryGroups = new ArrayList<>();
    WorkingDirectory workingDirectory = new WorkingDirectory.Default();
    final List<EnvironmentSource> environment = new ArrayList<>();
    Optional<OutputTarget> output = Optional.empty();
    OutputTarget errorOutput = new OutputTarget.Inherit();
    Optional<String> identifier = Optional.empty();
    final LoggingDraft logging = new LoggingDraft();
    int umask = 0022;
    OptionalInt niceness = OptionalInt.empty();
    OptionalInt outOfMemoryScore = OptionalInt.empty();
    final Map<String, Limit> limits = new LinkedHashMap<>();
    boolean brokenPipeIsIgnored = true;
    boolean gainsNoPrivileges;
    final ConfinementDraft confinement = new ConfinementDraft();

    KillPolicy.Mode killMode = KillPolicy.Mode.ALL;
    Signal killSignal = Signal.TERM;
    Optional<Signal> restartKillSignal = Optional.empty();
    Signal finalKillSignal = Signal.KILL;
    Signal watchdogSignal = Signal.ABRT;
    Signal reloadSignal = Signal.HUP;
    boolean finalSignalIsSent = true;
    boolean hangupIsSent;

    /// Further socket units whose sockets a service is given.
    final Set<String> sockets = new LinkedHashSet<>();
    boolean doNotBlock;
    final SocketDraft socket = new SocketDraft();
    final TimerDraft timer = new TimerDraft();
    final PathDraft path = new PathDraft();

    public final Set<String> wantedBy = new LinkedHashSet<>();
    public final Set<String> requiredBy = new LinkedHashSet<>();
    final Set<String> aliases = new LinkedHashSet<>();
    final Set<String> also = new LinkedHashSet<>();
    public Optional<String> defaultInstance = Optional.empty();

    public Draft(UnitName name, Span origin) {
        this.name = name;
        this.origin = origin;
    }

    public Set<String> relation(Relation relation) {
        return relations.computeIfAbsent(relation, none -> new LinkedHashSet<>());
    }

    List<Command> commands(Step step) {
        return commands.computeIfAbsent(step, none -> new ArrayList<>());
    }
}
