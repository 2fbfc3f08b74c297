package dev.fairlead.dialect.systemd.setting;

import dev.fairlead.model.service.lifecycle.KillPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The settings that say how the processes of a service are ended.
final class KillKeys {
    private static final String SERVICE = "Service";
    private static final Map<String, KillPolicy.Mode> MODES = Map.of(
            "control-group", KillPolicy.Mode.ALL,
            "mixed", KillPolicy.Mode.MIXED,
            "process", KillPolicy.Mode.MAIN,
            "none", KillPolicy.Mode.NONE);

    static final List<Key> ROWS = List.of(
            Key.partly(
                    SERVICE,
                    "KillMode",
                    "control-group finds the processes of a service by session, descent and INVOCATION_ID, not by cgroup",
                    (assignment, reading) -> ServiceKeys.choose(
                                    assignment, reading, MODES, "Failed to parse kill mode specification, ignoring: ")
                            .ifPresent(mode -> reading.draft().killMode = mode)),
            Key.honoured(
                    SERVICE,
                    "KillSignal",
                    "The first signal",
                    (assignment, reading) ->
                            reading.signal(assignment).ifPresent(signal -> reading.draft().killSignal = signal)),
            Key.honoured(
                    SERVICE,
                    "RestartKillSignal",
                    "The first signal of a restart",
                    (assignment, reading) -> reading.signal(assignment)
                            .ifPresent(signal -> reading.draft().restartKillSignal = Optional.of(signal))),
            Key.honoured(
                    SERVICE,
                    "FinalKillSignal",
                    "The last signal",
                    (assignment, reading) ->
                            reading.signal(assignment).ifPresent(signal -> reading.draft().finalKillSignal = signal)),
            Key.honoured(
                    SERVICE,
                    "WatchdogSignal",
                    "The first signal to one that has been silent for too long",
                    (assignment, reading) ->
                            reading.signal(assignment).ifPresent(signal -> reading.draft().watchdogSignal = signal)),
            Key.honoured(
                    SERVICE,
                    "ReloadSignal",
                    "What asks Type=notify-reload to reload (systemd 253)",
                    (assignment, reading) ->
                            reading.signal(assignment).ifPresent(signal -> reading.draft().reloadSignal = signal)),
            Key.honoured(
                    SERVICE,
                    "SendSIGKILL",
                    "Whether the last signal is sent",
                    (assignment, reading) ->
                            reading.bool(assignment).ifPresent(on -> reading.draft().finalSignalIsSent = on)),
            Key.honoured(
                    SERVICE,
                    "SendSIGHUP",
                    "Whether SIGHUP follows the first signal",
                    (assignment, reading) ->
                            reading.bool(assignment).ifPresent(on -> reading.draft().hangupIsSent = on)));

    private KillKeys() {}
}
