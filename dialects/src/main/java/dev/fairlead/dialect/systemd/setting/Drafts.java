package dev.fairlead.dialect.systemd.setting;

import dev.fairlead.dialect.systemd.name.UnitOptions;
import dev.fairlead.dialect.systemd.setting.Draft.Step;
import dev.fairlead.model.service.Dependencies;
import dev.fairlead.model.service.Relation;
import dev.fairlead.model.service.Service;
import dev.fairlead.model.service.Target;
import dev.fairlead.model.service.Unit;
import dev.fairlead.model.service.UnitRules;
import dev.fairlead.model.service.execution.Command;
import dev.fairlead.model.service.execution.Commands;
import dev.fairlead.model.service.execution.Confinement.Input;
import dev.fairlead.model.service.execution.Execution;
import dev.fairlead.model.service.execution.Handover;
import dev.fairlead.model.service.execution.OutputTarget;
import dev.fairlead.model.service.lifecycle.ExitSet;
import dev.fairlead.model.service.lifecycle.KillPolicy;
import dev.fairlead.model.service.lifecycle.NotifyAccess;
import dev.fairlead.model.service.lifecycle.RestartPolicy;
import dev.fairlead.model.service.lifecycle.RestartPolicy.When;
import dev.fairlead.model.service.lifecycle.StartLimit;
import dev.fairlead.model.service.lifecycle.Startup;
import dev.fairlead.model.service.lifecycle.Timeouts;
import dev.fairlead.source.Problems;
import dev.fairlead.source.Span;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Makes units of drafts, refusing what systemd refuses.
public final class Drafts {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(90);

    private Drafts() {}

    public static Unit unit(Draft draft, UnitOptions options, Problems problems) {
        return switch (draft.name.suffix()) {
            case "target" -> target(draft);
            case "socket" ->
                SocketUnits.of(
                        draft,
                        implied(
                                draft,
                                draft.socket.accepts ? Optional.empty() : Optional.of(SocketUnits.service(draft))),
                        options,
                        problems);
            case "timer" ->
                TimerUnits.of(draft, implied(draft, Optional.of(TimerUnits.starts(draft))), options, problems);
            case "path" -> PathUnits.of(draft, implied(draft, Optional.of(PathUnits.starts(draft))), problems);
            default -> service(draft, options, problems);
        };
    }

    private static Target target(Draft draft) {
        return new Target(
                draft.name.toString(),
                description(draft),
                dependencies(draft),
                rules(draft),
                draft.sources,
                draft.origin);
    }

    private static Service service(Draft draft, UnitOptions options, Problems problems) {
        Startup startup = startup(draft);
        verify(draft, startup, problems);
        return new Service(
                draft.name.toString(),
                description(draft),
                dependencies(draft),
                rules(draft),
                startup,
                draft.remainsAfterExit,
                draft.outlivesMain.isPresent(),
                draft.pidFile,
                draft.guessesMain,
                notifyAccess(draft, startup),
                commands(draft, options),
                execution(draft, options),
                new RestartPolicy(
                        draft.restart,
                        draft.restartDelay,
                        draft.restartSteps,
                        draft.longestRestartDelay.orElse(draft.restartDelay),
                        draft.successExits,
                        draft.neverRestartExits,
                        draft.forceRestartExits),
                new StartLimit(draft.startLimitInterval, draft.startLimitBurst),
                timeouts(draft, startup),
                kill(draft),
                new Handover(draft.sockets, draft.descriptorStore, draft.doNotBlock),
                draft.sources,
                draft.origin);
    }

    static String description(Draft draft) {
        return draft.description.isEmpty() ? draft.name.toString() : draft.description;
    }

    /// A service without a main command is a one-shot unless it says otherwise.
    private static Startup startup(Draft draft) {
        return draft.startup.orElse(draft.commands(Step.START).isEmpty() ? Startup.ONESHOT : Startup.SIMPLE);
    }

    private static NotifyAccess notifyAccess(Draft draft, Startup startup) {
        boolean reports = startup == Startup.NOTIFY
                || startup == Startup.NOTIFY_RELOAD
                || draft.watchdog.isPresent()
                || draft.descriptorStore > 0;
        NotifyAccess written = draft.notifyAccess.orElse(NotifyAccess.NONE);
        return reports && written == NotifyAccess.NONE ? NotifyAccess.MAIN : written;
    }

    private static Timeouts timeouts(Draft draft, Startup startup) {
        Optional<Duration> usual = startup == Startup.ONESHOT ? Optional.empty() : Optional.of(DEFAULT_TIMEOUT);
        Optional<Duration> start =
                draft.startTimeout.isPresent() ? draft.startTimeout.get().most() : usual;
        return new Timeouts(
                start,
                draft.stopTimeout,
                draft.runTimeout,
                draft.runSpread,
                draft.abortTimeout.isPresent() ? draft.abortTimeout.get().most() : draft.stopTimeout,
                draft.watchdog,
                draft.lateStart,
                draft.lateStop);
    }

    static KillPolicy kill(Draft draft) {
        return new KillPolicy(
                draft.killMode,
                draft.killSignal,
                draft.restartKillSignal.orElse(draft.killSignal),
                draft.finalKillSignal,
                draft.watchdogSignal,
                draft.reloadSignal,
                draft.finalSignalIsSent,
                draft.hangupIsSent);
    }

    /// What waits for something comes up before what it starts, and before the target of its kind.
    private static Dependencies implied(Draft draft, Optional<String> started) {
        draft.relation(Relation.BEFORE).add(draft.name.suffix() + "s.target");
        started.ifPresent(name -> {
            draft.relation(Relation.BEFORE).add(name);
            draft.relation(Relation.TRIGGERS).add(name);
        });
        return dependencies(draft);
    }

    private static Dependencies dependencies(Draft draft) {
        draft.relations.values().forEach(units -> units.remove(draft.name.toString()));
        return new Dependencies(draft.relations);
    }

    static UnitRules rules(Draft draft) {
        return new UnitRules(
                draft.conditions,
                draft.assertions,
                draft.stopsWhenUnneeded,
                draft.refusesManualStart,
                draft.refusesManualStop,
                draft.mayBeIsolated,
                draft.staysWhenIsolated,
                draft.onFailureMode,
                draft.onSuccessMode,
                draft.jobTimeout,
                draft.jobRunningTimeout.orElse(draft.jobTimeout));
    }

    private static Commands commands(Draft draft, UnitOptions options) {
        OwnFolders own = OwnFolders.of(
                draft.confinement.folders.values().stream()
                        .flatMap(List::stream)
                        .toList(),
                options);
        InnerPaths inner = InnerPaths.of(draft, options);
        Function<Step, List<Command>> of = step -> inner.in(own.in(withPrivileges(draft, step)));
        return new Commands(
                of.apply(Step.CONDITION),
                of.apply(Step.PRE),
                of.apply(Step.START),
                of.apply(Step.POST),
                of.apply(Step.RELOAD),
                of.apply(Step.STOP),
                of.apply(Step.STOP_POST));
    }

    private static List<Command> withPrivileges(Draft draft, Step step) {
        List<Command> commands = draft.commands(step);
        return draft.permissionsAreOfMain && step != Step.START
                ? commands.stream().map(Command::withFullPrivileges).toList()
                : commands;
    }

    static Execution execution(Draft draft, UnitOptions options) {
        return new Execution(
                draft.user,
                draft.group,
                draft.supplementaryGroups,
                InnerPaths.of(draft, options).in(draft.workingDirectory),
                draft.environment,
                output(draft),
                draft.errorOutput,
                draft.identifier,
                draft.logging.made(),
                draft.umask,
                draft.niceness,
                draft.outOfMemoryScore,
                draft.limits,
                draft.brokenPipeIsIgnored,
                draft.gainsNoPrivileges,
                draft.confinement.made());
    }

    /// What reads from its socket answers there, unless it says otherwise.
    private static OutputTarget output(Draft draft) {
        boolean isOnSocket =
                draft.confinement.input.filter(Input.Socket.class::isInstance).isPresent();
        return draft.output
                .filter(target -> !isOnSocket || !(target instanceof OutputTarget.Inherit))
                .orElse(isOnSocket ? new OutputTarget.Socket() : new OutputTarget.Journal());
    }

    private static void verify(Draft draft, Startup startup, Problems problems) {
        boolean oneShot = startup == Startup.ONESHOT;
        boolean starts = !draft.commands(Step.START).isEmpty();
        if (!starts) {
            verifyWithoutStart(draft, oneShot, problems);
        }
        if (!oneShot && draft.commands(Step.START).size() > 1) {
            Span first = draft.commands(Step.START).getFirst().origin();
            Span second = draft.commands(Step.START).get(1).origin();
            refuse(
                    problems,
                    second,
                    "Service has more than one ExecStart= setting, which is only allowed for Type=oneshot services.",
                    first.fileAndLine().equals(second.fileAndLine())
                            ? "a lone ; begins another command: ExecStartPre= runs what comes first, or a shell all of it,"
                                    + " /bin/sh -c '…'"
                            : "an empty ExecStart= before this line forgets the earlier one");
        }
        if (oneShot && (draft.restart == When.ALWAYS || draft.restart == When.ON_SUCCESS)) {
            refuse(
                    problems,
                    draft.restartSpan.orElse(draft.origin),
                    "Service has Restart= set to either always or on-success, which isn't allowed for Type=oneshot "
                            + "services.",
                    "Restart=on-failure is allowed");
        }
        if (oneShot && draft.outlivesMain.isPresent()) {
            refuse(
                    problems,
                    draft.outlivesMain.get(),
                    "Service has ExitType=cgroup set, which isn't allowed for Type=oneshot services.",
                    "use another Type=");
        }
        if (oneShot && !draft.forceRestartExits.equals(ExitSet.NONE)) {
            refuse(
                    problems,
                    draft.forceRestartSpan.orElse(draft.origin),
                    "Service has RestartForceExitStatus= set, which isn't allowed for Type=oneshot services.",
                    "use another Type=");
        }
    }

    private static void verifyWithoutStart(Draft draft, boolean oneShot, Problems problems) {
        boolean isMisread = problems.all().stream()
                .anyMatch(one -> one.isError()
                        && one.span().file().name().equals(draft.origin.file().name()));
        if (isMisread) {
            // It is said already what is wrong with the line that it would have.
            return;
        }
        if (draft.commands(Step.STOP).isEmpty()) {
            refuse(
                    problems,
                    draft.origin,
                    "Service has no ExecStart=, ExecStop=, or SuccessAction=.",
                    "ExecStart= in [Service] says what to run");
        } else if (!oneShot) {
            refuse(
                    problems,
                    draft.startupSpan.orElse(draft.origin),
                    "Service has no ExecStart= setting, which is only allowed for Type=oneshot services.",
                    "ExecStart= in [Service] says what to run");
        } else if (!draft.remainsAfterExit) {
            refuse(
                    problems,
                    draft.origin,
                    "Service has no ExecStart= and no SuccessAction= settings and does not have RemainAfterExit=yes"
                            + " set.",
                    "with RemainAfterExit=yes it stays active until it is stopped");
        }
    }

    static void refuse(Problems problems, Span span, String message, String hint) {
        problems.error("systemd.refused", span, message + " Refusing.", hint);
    }
}
