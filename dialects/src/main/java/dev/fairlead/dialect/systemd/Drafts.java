package dev.fairlead.dialect.systemd;

import dev.fairlead.dialect.systemd.Draft.Relation;
import dev.fairlead.dialect.systemd.Draft.Step;
import dev.fairlead.model.service.Commands;
import dev.fairlead.model.service.Dependencies;
import dev.fairlead.model.service.Execution;
import dev.fairlead.model.service.ExitSet;
import dev.fairlead.model.service.KillPolicy;
import dev.fairlead.model.service.NotifyAccess;
import dev.fairlead.model.service.RestartPolicy;
import dev.fairlead.model.service.RestartPolicy.When;
import dev.fairlead.model.service.Service;
import dev.fairlead.model.service.StartLimit;
import dev.fairlead.model.service.Startup;
import dev.fairlead.model.service.Target;
import dev.fairlead.model.service.Timeouts;
import dev.fairlead.model.service.Unit;
import dev.fairlead.source.Problems;
import dev.fairlead.source.Span;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// Makes units of drafts, refusing what systemd refuses.
final class Drafts {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(90);

    private Drafts() {}

    static Unit unit(Draft draft, Problems problems) {
        return draft.name.suffix().equals("target") ? target(draft) : service(draft, problems);
    }

    private static Target target(Draft draft) {
        return new Target(draft.name.toString(), description(draft), dependencies(draft), draft.sources, draft.origin);
    }

    private static Service service(Draft draft, Problems problems) {
        Startup startup = startup(draft);
        verify(draft, startup, problems);
        return new Service(
                draft.name.toString(),
                description(draft),
                dependencies(draft),
                startup,
                draft.remainsAfterExit,
                draft.pidFile,
                notifyAccess(draft, startup),
                commands(draft),
                execution(draft),
                new RestartPolicy(
                        draft.restart,
                        draft.restartDelay,
                        draft.successExits,
                        draft.neverRestartExits,
                        draft.forceRestartExits),
                new StartLimit(draft.startLimitInterval, draft.startLimitBurst),
                timeouts(draft, startup),
                new KillPolicy(
                        draft.killMode,
                        draft.killSignal,
                        draft.restartKillSignal.orElse(draft.killSignal),
                        draft.finalKillSignal,
                        draft.finalSignalIsSent,
                        draft.hangupIsSent),
                draft.sources,
                draft.origin);
    }

    private static String description(Draft draft) {
        return draft.description.isEmpty() ? draft.name.toString() : draft.description;
    }

    /// A service without a main command is a one-shot unless it says otherwise.
    private static Startup startup(Draft draft) {
        return draft.startup.orElse(draft.commands(Step.START).isEmpty() ? Startup.ONESHOT : Startup.SIMPLE);
    }

    private static NotifyAccess notifyAccess(Draft draft, Startup startup) {
        boolean reports = startup == Startup.NOTIFY || startup == Startup.NOTIFY_RELOAD;
        NotifyAccess written = draft.notifyAccess.orElse(NotifyAccess.NONE);
        return reports && written == NotifyAccess.NONE ? NotifyAccess.MAIN : written;
    }

    private static Timeouts timeouts(Draft draft, Startup startup) {
        Optional<Duration> usual = startup == Startup.ONESHOT ? Optional.empty() : Optional.of(DEFAULT_TIMEOUT);
        Optional<Duration> start =
                draft.startTimeout.isPresent() ? draft.startTimeout.get().most() : usual;
        return new Timeouts(start, draft.stopTimeout, draft.runTimeout);
    }

    private static Dependencies dependencies(Draft draft) {
        return new Dependencies(
                others(draft, Relation.REQUIRES),
                others(draft, Relation.WANTS),
                others(draft, Relation.BINDS_TO),
                others(draft, Relation.PART_OF),
                others(draft, Relation.CONFLICTS),
                others(draft, Relation.AFTER),
                others(draft, Relation.BEFORE));
    }

    private static Set<String> others(Draft draft, Relation relation) {
        draft.relation(relation).remove(draft.name.toString());
        return draft.relation(relation);
    }

    private static Commands commands(Draft draft) {
        return new Commands(
                draft.commands(Step.CONDITION),
                draft.commands(Step.PRE),
                draft.commands(Step.START),
                draft.commands(Step.POST),
                draft.commands(Step.RELOAD),
                draft.commands(Step.STOP),
                draft.commands(Step.STOP_POST));
    }

    private static Execution execution(Draft draft) {
        return new Execution(
                draft.user,
                draft.group,
                draft.supplementaryGroups,
                draft.workingDirectory,
                draft.environment,
                draft.output,
                draft.errorOutput,
                draft.identifier,
                draft.umask,
                draft.niceness,
                draft.outOfMemoryScore,
                draft.limits,
                draft.brokenPipeIsIgnored,
                draft.gainsNoPrivileges);
    }

    private static void verify(Draft draft, Startup startup, Problems problems) {
        boolean oneShot = startup == Startup.ONESHOT;
        boolean starts = !draft.commands(Step.START).isEmpty();
        if (!starts) {
            verifyWithoutStart(draft, oneShot, problems);
        }
        if (!oneShot && draft.commands(Step.START).size() > 1) {
            Span second = draft.commands(Step.START).get(1).origin();
            refuse(
                    problems,
                    second,
                    "Service has more than one ExecStart= setting, which is only allowed for Type=oneshot services.",
                    "an empty ExecStart= before this line forgets the earlier one");
        }
        if (oneShot && (draft.restart == When.ALWAYS || draft.restart == When.ON_SUCCESS)) {
            refuse(
                    problems,
                    draft.restartSpan.orElse(draft.origin),
                    "Service has Restart= set to either always or on-success, which isn't allowed for Type=oneshot "
                            + "services.",
                    "Restart=on-failure is allowed");
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
                    "Service has no ExecStart= and no SuccessAction= settings and does not have RemainAfterExit=yes set.",
                    "with RemainAfterExit=yes it stays active until it is stopped");
        }
    }

    private static void refuse(Problems problems, Span span, String message, String hint) {
        problems.error("systemd.refused", span, message + " Refusing.", hint);
    }
}
