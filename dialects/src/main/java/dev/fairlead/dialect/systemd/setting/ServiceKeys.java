package dev.fairlead.dialect.systemd.setting;

import dev.fairlead.dialect.systemd.name.UnitName;
import dev.fairlead.dialect.systemd.setting.Draft.Step;
import dev.fairlead.dialect.systemd.text.Assignment;
import dev.fairlead.dialect.systemd.text.Words;
import dev.fairlead.model.service.Relation;
import dev.fairlead.model.service.lifecycle.ExitSet;
import dev.fairlead.model.service.lifecycle.NotifyAccess;
import dev.fairlead.model.service.lifecycle.RestartPolicy;
import dev.fairlead.model.service.lifecycle.Startup;
import dev.fairlead.model.service.lifecycle.Timeouts;
import dev.fairlead.unit.Suggestion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/// The settings of `[Service]` that say how a service starts, ends and is started again.
final class ServiceKeys {
    private static final String SERVICE = "Service";
    private static final Map<String, Startup> TYPES = Map.of(
            "simple", Startup.SIMPLE,
            "exec", Startup.EXEC,
            "forking", Startup.FORKING,
            "oneshot", Startup.ONESHOT,
            "notify", Startup.NOTIFY,
            "notify-reload", Startup.NOTIFY_RELOAD,
            "idle", Startup.IDLE);
    private static final Map<String, RestartPolicy.When> RESTARTS = Map.of(
            "no", RestartPolicy.When.NO,
            "on-success", RestartPolicy.When.ON_SUCCESS,
            "on-failure", RestartPolicy.When.ON_FAILURE,
            "on-abnormal", RestartPolicy.When.ON_ABNORMAL,
            "on-watchdog", RestartPolicy.When.ON_WATCHDOG,
            "on-abort", RestartPolicy.When.ON_ABORT,
            "always", RestartPolicy.When.ALWAYS);
    private static final Map<String, NotifyAccess> ACCESS = Map.of(
            "none", NotifyAccess.NONE,
            "main", NotifyAccess.MAIN,
            "exec", NotifyAccess.EXEC,
            "all", NotifyAccess.ALL);

    private static final Map<String, Boolean> EXIT_TYPES = Map.of("main", false, "cgroup", true);
    private static final Map<String, Timeouts.Late> LATE = Map.of(
            "terminate", Timeouts.Late.TERMINATE,
            "abort", Timeouts.Late.ABORT,
            "kill", Timeouts.Late.KILL);
    private static final int MOST_STORED = 1_000_000;

    static final List<Key> ROWS = List.of(
            Key.partly(
                    SERVICE,
                    "Type",
                    "simple, exec, forking, oneshot, notify, notify-reload, idle; dbus is refused",
                    ServiceKeys::type),
            bool(
                    "RemainAfterExit",
                    "Whether it stays active after a clean end",
                    (draft, on) -> draft.remainsAfterExit = on),
            Key.honoured(
                    SERVICE,
                    "ExitType",
                    "main: it ends with its main process; cgroup: with the last of its processes",
                    (assignment, reading) -> choose(
                                    assignment, reading, EXIT_TYPES, "Failed to parse service exit type, ignoring: ")
                            .ifPresent(outlives -> reading.draft().outlivesMain =
                                    outlives ? Optional.of(assignment.span()) : Optional.empty())),
            Key.honoured(
                    SERVICE,
                    "PIDFile",
                    "Where a forking daemon writes its process id",
                    (assignment, reading) -> reading.text(assignment)
                            .ifPresent(text -> reading.draft().pidFile = text.isEmpty()
                                    ? Optional.empty()
                                    : Optional.of(
                                            reading.options().resolve(text.startsWith("/") ? text : "/run/" + text)))),
            bool(
                    "GuessMainPID",
                    "Whether the main process of a forking service without PIDFile= is guessed",
                    (draft, on) -> draft.guessesMain = on),
            Key.honoured(
                    SERVICE,
                    "FileDescriptorStoreMax",
                    "How many descriptors of its own it may leave here and gets back",
                    (assignment, reading) -> reading.number(assignment, 0, MOST_STORED)
                            .ifPresent(count -> reading.draft().descriptorStore = count)),
            Key.honoured(SERVICE, "NotifyAccess", "Whose readiness messages are believed", ServiceKeys::notifyAccess),
            command("ExecCondition", Step.CONDITION, "Skips the service where it fails"),
            command("ExecStartPre", Step.PRE, "Runs first"),
            command("ExecStart", Step.START, "The service"),
            command("ExecStartPost", Step.POST, "Runs once it has started"),
            command("ExecReload", Step.RELOAD, "Runs for a reload"),
            command("ExecStop", Step.STOP, "Runs before signals are sent"),
            command("ExecStopPost", Step.STOP_POST, "Runs after it ended, however it ended"),
            Key.honoured(SERVICE, "Restart", "After which endings it is started again", ServiceKeys::restart),
            Key.honoured(
                    SERVICE,
                    "RestartSec",
                    "How long it stays down before",
                    (assignment, reading) ->
                            reading.duration(assignment).ifPresent(span -> reading.draft().restartDelay = span)),
            Key.honoured(
                    SERVICE,
                    "RestartSteps",
                    "In how many restarts the delay grows to RestartMaxDelaySec= (systemd 254)",
                    (assignment, reading) -> reading.number(assignment, 0, MOST_STORED)
                            .ifPresent(count -> reading.draft().restartSteps = count)),
            Key.honoured(
                    SERVICE,
                    "RestartMaxDelaySec",
                    "The longest delay (systemd 254)",
                    (assignment, reading) -> reading.duration(assignment)
                            .ifPresent(span -> reading.draft().longestRestartDelay = Optional.of(span))),
            exits("SuccessExitStatus", "Further exits that count as clean", (draft, set) -> draft.successExits = set),
            exits(
                    "RestartPreventExitStatus",
                    "Exits after which it stays down",
                    (draft, set) -> draft.neverRestartExits = set),
            exits(
                    "RestartForceExitStatus",
                    "Exits after which it is started again",
                    (draft, set) -> draft.forceRestartExits = set),
            Key.honoured(
                    SERVICE,
                    "TimeoutStartSec",
                    "How long starting may take",
                    (assignment, reading) -> reading.timeout(assignment)
                            .ifPresent(limit -> reading.draft().startTimeout = Optional.of(limit))),
            Key.honoured(
                    SERVICE,
                    "TimeoutStopSec",
                    "How long each step of stopping may take",
                    (assignment, reading) ->
                            reading.timeout(assignment).ifPresent(limit -> reading.draft().stopTimeout = limit.most())),
            Key.honoured(
                    SERVICE,
                    "TimeoutSec",
                    "Both of these",
                    (assignment, reading) -> reading.timeout(assignment).ifPresent(limit -> {
                        reading.draft().startTimeout = Optional.of(limit);
                        reading.draft().stopTimeout = limit.most();
                    })),
            Key.honoured(
                    SERVICE,
                    "RuntimeMaxSec",
                    "How long it may be active",
                    (assignment, reading) ->
                            reading.timeout(assignment).ifPresent(limit -> reading.draft().runTimeout = limit.most())),
            Key.honoured(SERVICE, "Sockets", "Further socket units whose sockets it is given", ServiceKeys::sockets),
            bool("NonBlocking", "Whether these do not block", (draft, on) -> draft.doNotBlock = on),
            Key.honoured(
                    SERVICE,
                    "RuntimeRandomizedExtraSec",
                    "Up to so much longer, by chance",
                    (assignment, reading) ->
                            reading.duration(assignment).ifPresent(span -> reading.draft().runSpread = span)),
            Key.honoured(
                    SERVICE,
                    "TimeoutAbortSec",
                    "How long ending may take after the signal of the watchdog",
                    (assignment, reading) -> reading.timeout(assignment)
                            .ifPresent(limit -> reading.draft().abortTimeout = Optional.of(limit))),
            late("TimeoutStartFailureMode", (draft, late) -> draft.lateStart = late),
            late("TimeoutStopFailureMode", (draft, late) -> draft.lateStop = late),
            Key.honoured(
                    SERVICE,
                    "WatchdogSec",
                    "How long it may be silent while it is up",
                    (assignment, reading) ->
                            reading.timeout(assignment).ifPresent(limit -> reading.draft().watchdog = limit.most())),
            Key.honoured(SERVICE, "StartLimitInterval", "Now in [Unit]", UnitKeys::startLimitInterval),
            Key.honoured(SERVICE, "StartLimitBurst", "Now in [Unit]", UnitKeys::startLimitBurst));

    private ServiceKeys() {}

    private static void type(Assignment assignment, Reading reading) {
        String word = assignment.value().text();
        if (word.equals("dbus")) {
            reading.problems()
                    .error(
                            "systemd.not-supported",
                            assignment.span(),
                            "Type=dbus is not supported",
                            "there is no message bus here; Type=notify or Type=exec tell when it is up");
            return;
        }
        choose(assignment, reading, TYPES, "Failed to parse service type, ignoring: ")
                .ifPresent(type -> {
                    reading.draft().startup = Optional.of(type);
                    reading.draft().startupSpan = Optional.of(assignment.span());
                });
    }

    private static void restart(Assignment assignment, Reading reading) {
        choose(assignment, reading, RESTARTS, "Failed to parse service restart specifier, ignoring: ")
                .ifPresent(when -> {
                    reading.draft().restart = when;
                    reading.draft().restartSpan = Optional.of(assignment.span());
                });
    }

    /// As systemd has it, they are wanted and come first.
    private static void sockets(Assignment assignment, Reading reading) {
        for (Words.Word word : reading.words(assignment)) {
            Optional<UnitName> unit =
                    UnitName.parse(word.text()).filter(name -> name.suffix().equals("socket"));
            if (unit.isEmpty()) {
                reading.ignore(assignment, "Unit must be of type socket, ignoring: ", "such as app.socket");
                continue;
            }
            reading.draft().sockets.add(unit.get().toString());
            reading.draft().relation(Relation.WANTS).add(unit.get().toString());
            reading.draft().relation(Relation.AFTER).add(unit.get().toString());
        }
    }

    private static void notifyAccess(Assignment assignment, Reading reading) {
        choose(assignment, reading, ACCESS, "Failed to parse notify access specifier, ignoring: ")
                .ifPresent(access -> reading.draft().notifyAccess = Optional.of(access));
    }

    /// One of a few words.
    static <T> Optional<T> choose(Assignment assignment, Reading reading, Map<String, T> words, String message) {
        String word = assignment.value().text();
        Optional<T> chosen = Optional.ofNullable(words.get(word));
        if (chosen.isEmpty()) {
            String all = String.join(", ", words.keySet().stream().sorted().toList());
            Optional<String> near = Suggestion.nearest(word, words.keySet());
            reading.ignore(
                    assignment,
                    message,
                    near.map(one -> one + " (of " + all + ")").orElse(all));
        }
        return chosen;
    }

    private static Key late(String name, BiConsumer<Draft, Timeouts.Late> field) {
        return Key.honoured(
                SERVICE,
                name,
                "terminate, abort or kill",
                (assignment, reading) -> choose(
                                assignment,
                                reading,
                                LATE,
                                "Failed to parse timeout failure mode specification, ignoring: ")
                        .ifPresent(late -> field.accept(reading.draft(), late)));
    }

    private static Key command(String name, Step step, String note) {
        return Key.honoured(SERVICE, name, note, (assignment, reading) -> CommandLines.read(assignment, reading, step));
    }

    private static Key bool(String name, String note, BiConsumer<Draft, Boolean> field) {
        return Key.honoured(
                SERVICE,
                name,
                note,
                (assignment, reading) -> reading.bool(assignment).ifPresent(on -> field.accept(reading.draft(), on)));
    }

    private static Key exits(String name, String note, BiConsumer<Draft, ExitSet> field) {
        return Key.honoured(SERVICE, name, note, (assignment, reading) -> {
            Draft draft = reading.draft();
            ExitSet before = switch (name) {
                case "SuccessExitStatus" -> draft.successExits;
                case "RestartPreventExitStatus" -> draft.neverRestartExits;
                default -> draft.forceRestartExits;
            };
            if (name.equals("RestartForceExitStatus")) {
                draft.forceRestartSpan = Optional.of(assignment.span());
            }
            field.accept(draft, assignment.value().isEmpty() ? ExitSet.NONE : reading.exits(assignment, before));
        });
    }
}
