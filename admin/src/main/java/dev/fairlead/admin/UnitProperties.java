package dev.fairlead.admin;

import dev.fairlead.model.service.ApplicationUnit;
import dev.fairlead.model.service.Relation;
import dev.fairlead.model.service.Service;
import dev.fairlead.model.service.Unit;
import dev.fairlead.model.service.execution.Command;
import dev.fairlead.model.service.execution.Confinement;
import dev.fairlead.model.service.execution.EnvironmentSource;
import dev.fairlead.model.service.execution.Execution;
import dev.fairlead.model.service.execution.Limit;
import dev.fairlead.model.service.execution.Logging;
import dev.fairlead.model.service.execution.Named;
import dev.fairlead.model.service.execution.OutputTarget;
import dev.fairlead.model.service.execution.Resources;
import dev.fairlead.model.service.execution.WorkingDirectory;
import dev.fairlead.model.service.lifecycle.Startup;
import dev.fairlead.model.status.ExitReport;
import dev.fairlead.model.status.UnitStatus;
import dev.fairlead.model.status.UnitStatus.Activity;
import dev.fairlead.model.status.UnitView;
import dev.fairlead.model.status.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// What is known of a unit, by the names systemd has for it: what scripts ask `systemctl show` for. Moments are
/// microseconds since 1970, lengths of time microseconds; `infinity` where there is no limit.
final class UnitProperties {
    private static final int EXITED = 1;
    private static final int KILLED = 2;
    private static final int DUMPED = 3;
    private static final int LEVELS = 8;
    private static final int PERCENT = 100;
    private static final Map<Relation, String> RELATIONS = relations();

    private final SequencedMap<String, String> all = new LinkedHashMap<>();

    private UnitProperties() {}

    private static Map<Relation, String> relations() {
        Map<Relation, String> names = new LinkedHashMap<>();
        names.put(Relation.REQUIRES, "Requires");
        names.put(Relation.REQUISITE, "Requisite");
        names.put(Relation.WANTS, "Wants");
        names.put(Relation.BINDS_TO, "BindsTo");
        names.put(Relation.PART_OF, "PartOf");
        names.put(Relation.UPHOLDS, "Upholds");
        names.put(Relation.CONFLICTS, "Conflicts");
        names.put(Relation.BEFORE, "Before");
        names.put(Relation.AFTER, "After");
        names.put(Relation.ON_FAILURE, "OnFailure");
        names.put(Relation.ON_SUCCESS, "OnSuccess");
        names.put(Relation.PROPAGATES_RELOAD_TO, "PropagatesReloadTo");
        names.put(Relation.RELOAD_PROPAGATED_FROM, "ReloadPropagatedFrom");
        names.put(Relation.PROPAGATES_STOP_TO, "PropagatesStopTo");
        names.put(Relation.STOP_PROPAGATED_FROM, "StopPropagatedFrom");
        return names;
    }

    static SequencedMap<String, String> of(UnitView view) {
        UnitProperties properties = new UnitProperties();
        if (view.unit().isPresent() && view.unit().get() instanceof Service service) {
            properties.service(service);
        }
        properties.status(view.status());
        view.unit().ifPresent(properties::unit);
        return properties.all;
    }

    private void put(String name, String value) {
        all.put(name, value);
    }

    private void service(Service service) {
        put("Type", service.startup() == Startup.NOTIFY_RELOAD ? "notify-reload" : word(service.startup()));
        put("ExitType", service.outlivesMain() ? "cgroup" : "main");
        put("Restart", word(service.restart().when()));
        put("NotifyAccess", word(service.notifyAccess()));
        times(service);
        put("GuessMainPID", yes(service.guessesMain()));
        put("FileDescriptorStoreMax", Integer.toString(service.handover().store()));
        put("StartLimitBurst", Integer.toString(service.startLimit().burst()));
        surroundings(service.execution());
        put("RemainAfterExit", yes(service.remainsAfterExit()));
        put("PIDFile", service.pidFile().map(Path::toString).orElse(""));
        commands("ExecCondition", service.commands().condition());
        commands("ExecStartPre", service.commands().pre());
        commands("ExecStart", service.commands().start());
        commands("ExecStartPost", service.commands().post());
        commands("ExecReload", service.commands().reload());
        commands("ExecStop", service.commands().stop());
        commands("ExecStopPost", service.commands().stopPost());
        put(
                "Environment",
                service.execution().environment().stream()
                        .filter(EnvironmentSource.Variable.class::isInstance)
                        .map(EnvironmentSource.Variable.class::cast)
                        .map(variable -> quoted(variable.name() + "=" + variable.value()))
                        .collect(Collectors.joining(" ")));
        put("User", service.execution().user().map(Named::name).orElse(""));
        put("Group", service.execution().group().map(Named::name).orElse(""));
        put("UMask", String.format(Locale.ROOT, "%04o", service.execution().umask()));
        put(
                "WorkingDirectory",
                switch (service.execution().workingDirectory()) {
                    case WorkingDirectory.Default() -> "";
                    case WorkingDirectory.Home(boolean mayBeMissing, var origin) -> (mayBeMissing ? "!" : "") + "~";
                    case WorkingDirectory.At(Path path, boolean mayBeMissing, var origin) ->
                        (mayBeMissing ? "!" : "") + path;
                });
        put("SyslogIdentifier", service.execution().identifier().orElse(""));
        logging(service.execution().logging());
        put(
                "KillMode",
                switch (service.kill().mode()) {
                    case ALL -> "control-group";
                    case MIXED -> "mixed";
                    case MAIN -> "process";
                    case NONE -> "none";
                });
        put("KillSignal", Integer.toString(service.kill().signal().number()));
        put("SendSIGKILL", yes(service.kill().finalSignalIsSent()));
        put("SendSIGHUP", yes(service.kill().hangupIsSent()));
    }

    private void times(Service service) {
        put("RestartUSec", micros(service.restart().delay()));
        put("TimeoutStartUSec", limit(service.timeouts().start()));
        put("TimeoutStopUSec", limit(service.timeouts().stop()));
        put("RuntimeMaxUSec", limit(service.timeouts().run()));
        put("TimeoutAbortUSec", limit(service.timeouts().abort()));
        put("TimeoutStartFailureMode", word(service.timeouts().lateStart()));
        put("TimeoutStopFailureMode", word(service.timeouts().lateStop()));
        put("WatchdogUSec", micros(service.timeouts().watchdog().orElse(Duration.ZERO)));
        put("StartLimitIntervalUSec", micros(service.startLimit().interval()));
    }

    private void surroundings(Execution execution) {
        resources(execution.confinement().resources());
        execution.confinement().root().ifPresent(root -> {
            put("RootDirectory", root.folder().toString());
            put("RootDirectoryStartOnly", yes(root.isOfMain()));
        });
        put("Nice", Integer.toString(execution.niceness().orElse(0)));
        put("OOMScoreAdjust", Integer.toString(execution.outOfMemoryScore().orElse(0)));
        put("NoNewPrivileges", yes(execution.gainsNoPrivileges()));
        put("IgnoreSIGPIPE", yes(execution.brokenPipeIsIgnored()));
        put(
                "StandardInput",
                switch (execution.confinement().input()) {
                    case Confinement.Input.Nothing() -> "null";
                    case Confinement.Input.FromFile _ -> "file";
                    case Confinement.Input.Text _ -> "data";
                    case Confinement.Input.Socket() -> "socket";
                });
        put("StandardOutput", word(execution.output()));
        put("StandardError", word(execution.errorOutput()));
        boolean hasOwnTemporary =
                execution.confinement().mounts().stream().anyMatch(Confinement.Mount.OwnTemporary.class::isInstance);
        put("PrivateTmp", yes(hasOwnTemporary));
        execution.limits().forEach((name, limit) -> {
            put("Limit" + name, number(limit.hard()));
            put("Limit" + name + "Soft", number(limit.soft()));
        });
    }

    private void resources(Resources resources) {
        resources.bounds().forEach((kind, bound) -> {
            String amount = bound.isShare() ? bound.amount() / PERCENT + "%" : Long.toString(bound.amount());
            switch (kind) {
                case MEMORY_MAX -> put("MemoryMax", amount);
                case MEMORY_HIGH -> put("MemoryHigh", amount);
                case CPU_QUOTA -> put("CPUQuotaPerSecUSec", amount);
                case CPU_WEIGHT -> put("CPUWeight", amount);
                case TASKS_MAX -> put("TasksMax", amount);
            }
        });
    }

    private void logging(Logging logging) {
        put("SyslogPriority", Integer.toString(logging.facility() * LEVELS + logging.level()));
        put("SyslogLevelPrefix", yes(logging.linesSayTheirs()));
        put("SyslogLevel", Integer.toString(logging.level()));
        put("SyslogFacility", Integer.toString(logging.facility()));
        boolean isLimited = logging.mostVerbose() < Logging.DEFAULT.mostVerbose();
        put("LogLevelMax", isLimited ? Integer.toString(logging.mostVerbose()) : "-1");
        put(
                "LogRateLimitIntervalUSec",
                logging.rate().map(rate -> micros(rate.interval())).orElse("0"));
        put("LogRateLimitBurst", logging.rate().map(rate -> rate.burst() + "").orElse("0"));
    }

    private static String number(long limit) {
        return limit == Limit.INFINITE ? "infinity" : Long.toString(limit);
    }

    private static String word(OutputTarget target) {
        return switch (target) {
            case OutputTarget.Journal() -> "journal";
            case OutputTarget.Socket() -> "socket";
            case OutputTarget.Discard() -> "null";
            case OutputTarget.Inherit() -> "inherit";
            case OutputTarget.ToFile file -> word(file.mode()) + ":" + file.path();
        };
    }

    private static String quoted(String text) {
        return text.matches("[^\\s\"'\\\\]*")
                ? text
                : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private void commands(String name, List<Command> commands) {
        if (!commands.isEmpty()) {
            put(
                    name,
                    commands.stream()
                            .map(command -> "{ path=" + command.program() + " ; argv[]="
                                    + String.join(" ", command.arguments()) + " ; ignore_errors="
                                    + yes(command.failureIsIgnored()) + " }")
                            .collect(Collectors.joining(" ; ")));
        }
    }

    private void waiting(Waiting waiting) {
        put("Triggers", String.join(" ", waiting.starts()));
        put("Places", String.join(" ", waiting.places()));
        put("NextElapseUSecRealtime", Long.toString(waiting.nextMillis().orElse(0) * 1000));
        put("LastTriggerUSec", Long.toString(waiting.lastMillis().orElse(0) * 1000));
    }

    private void status(UnitStatus status) {
        boolean isService = status.name().endsWith(".service");
        if (isService) {
            put("MainPID", Integer.toString(status.mainPid().orElse(0)));
            put("Result", status.result());
            put("NRestarts", Integer.toString(status.restarts()));
            put("StatusText", status.statusText().orElse(""));
            exit(status);
            put(
                    "MemoryCurrent",
                    status.memoryBytes().isPresent() ? status.memoryBytes().getAsLong() + "" : "[not set]");
            put("TasksCurrent", status.tasks().isPresent() ? status.tasks().getAsInt() + "" : "[not set]");
        }
        status.waiting().ifPresent(this::waiting);
        put("Id", status.name());
        put("Names", status.name());
        put("Description", status.description());
        put("LoadState", "loaded");
        put("ActiveState", status.activity().word());
        put("SubState", status.subState());
        put(
                "FragmentPath",
                status.sources().isEmpty() ? "" : status.sources().getFirst().toString());
        put("DropInPaths", status.sources().stream().skip(1).map(Path::toString).collect(Collectors.joining(" ")));
        boolean isUp = status.activity() == Activity.ACTIVE || status.activity() == Activity.RELOADING;
        boolean isDown = status.activity() == Activity.INACTIVE || status.activity() == Activity.FAILED;
        String since = Long.toString(status.sinceMillis() * 1000);
        put("StateChangeTimestamp", since);
        put("ActiveEnterTimestamp", isUp ? since : "0");
        put("InactiveEnterTimestamp", isDown ? since : "0");
        put("NeedDaemonReload", "no");
        put("ChangePending", yes(status.changePending()));
        put("Problem", status.problem().orElse(""));
    }

    private void exit(UnitStatus status) {
        Optional<ExitReport> last = status.lastExit();
        boolean runs = status.mainPid().isPresent();
        put(
                "ExecMainPID",
                Integer.toString(
                        status.mainPid().orElse(last.map(ExitReport::pid).orElse(0))));
        put(
                "ExecMainExitTimestamp",
                runs ? "0" : last.map(exit -> exit.atMillis() * 1000 + "").orElse("0"));
        put("ExecMainCode", runs ? "0" : last.map(UnitProperties::code).orElse("0"));
        put(
                "ExecMainStatus",
                runs ? "0" : last.map(exit -> Integer.toString(exit.code())).orElse("0"));
    }

    private static String code(ExitReport exit) {
        int code = exit.dumpedCore() ? DUMPED : KILLED;
        return Integer.toString(exit.signalled() ? code : EXITED);
    }

    private void unit(Unit unit) {
        RELATIONS.forEach((relation, name) ->
                put(name, String.join(" ", unit.dependencies().names(relation))));
        boolean canReload = switch (unit) {
            case Service service ->
                !service.commands().reload().isEmpty() || service.startup() == Startup.NOTIFY_RELOAD;
            case ApplicationUnit application -> true;
            default -> false;
        };
        put("CanStart", yes(!unit.rules().refusesManualStart()));
        put("CanStop", yes(!unit.rules().refusesManualStop()));
        put("CanReload", yes(canReload));
        put("CanIsolate", yes(unit.rules().mayBeIsolated()));
        put("AllowIsolate", yes(unit.rules().mayBeIsolated()));
        put("IgnoreOnIsolate", yes(unit.rules().staysWhenIsolated()));
        put("StopWhenUnneeded", yes(unit.rules().stopsWhenUnneeded()));
        put("RefuseManualStart", yes(unit.rules().refusesManualStart()));
        put("RefuseManualStop", yes(unit.rules().refusesManualStop()));
        put("OnSuccessJobMode", unit.rules().onSuccess().word());
        put("OnFailureJobMode", unit.rules().onFailure().word());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String yes(boolean value) {
        return value ? "yes" : "no";
    }

    private static String micros(Duration duration) {
        return Long.toString(duration.toNanos() / 1000);
    }

    private static String limit(Optional<Duration> most) {
        return most.map(UnitProperties::micros).orElse("infinity");
    }
}
