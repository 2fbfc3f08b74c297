package dev.fairlead.dialect.systemd.setting;

import dev.fairlead.dialect.systemd.text.Assignment;
import dev.fairlead.dialect.systemd.text.Words;
import dev.fairlead.model.service.JobMode;
import dev.fairlead.model.service.Relation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The settings of `[Unit]`.
final class UnitKeys {
    private static final String UNIT = "Unit";
    private static final int MOST_STARTS = 1_000_000;
    private static final Pattern URL = Pattern.compile("(https?://|file:/|info:|man:).+");
    private static final Map<String, JobMode> JOB_MODES =
            Arrays.stream(JobMode.values()).collect(Collectors.toMap(JobMode::word, mode -> mode));

    static final List<Key> ROWS = List.of(
            Key.honoured(
                    UNIT,
                    "Description",
                    "One line for people",
                    (assignment, reading) ->
                            reading.text(assignment).ifPresent(text -> reading.draft().description = text)),
            new Key(
                    UNIT,
                    "Documentation",
                    Key.Support.ACCEPTED,
                    "For people; shown nowhere yet",
                    UnitKeys::documentation),
            Key.accepted(UNIT, "SourcePath", "For generators"),
            relation("Requires", Relation.REQUIRES, "Started with it; must have started first if also in After="),
            relation("Wants", Relation.WANTS, "Started with it"),
            relation("BindsTo", Relation.BINDS_TO, "As Requires=, and stops when the other ends"),
            relation("Requisite", Relation.REQUISITE, "Must be active already, else it does not start"),
            relation("Upholds", Relation.UPHOLDS, "Started with it, and again whenever it is down"),
            relation("OnFailure", Relation.ON_FAILURE, "Started when it has failed"),
            relation("OnSuccess", Relation.ON_SUCCESS, "Started when it has ended well"),
            jobMode("OnFailureJobMode", (draft, mode) -> draft.onFailureMode = mode),
            jobMode("OnSuccessJobMode", (draft, mode) -> draft.onSuccessMode = mode),
            Key.honoured(
                    UNIT,
                    "OnFailureIsolate",
                    "The older spelling of OnFailureJobMode=isolate",
                    (assignment, reading) -> reading.bool(assignment)
                            .ifPresent(on -> reading.draft().onFailureMode = on ? JobMode.ISOLATE : JobMode.REPLACE)),
            relation("PropagatesReloadTo", Relation.PROPAGATES_RELOAD_TO, "Reloaded with it"),
            relation("PropagateReloadTo", Relation.PROPAGATES_RELOAD_TO, "The older spelling"),
            relation("ReloadPropagatedFrom", Relation.RELOAD_PROPAGATED_FROM, "It is reloaded with the other"),
            relation("PropagateReloadFrom", Relation.RELOAD_PROPAGATED_FROM, "The older spelling"),
            relation("PropagatesStopTo", Relation.PROPAGATES_STOP_TO, "Stopped with it"),
            relation("StopPropagatedFrom", Relation.STOP_PROPAGATED_FROM, "It is stopped with the other"),
            bool(
                    "StopWhenUnneeded",
                    "Stopped once nothing that is active pulls it in",
                    (draft, on) -> draft.stopsWhenUnneeded = on),
            bool("RefuseManualStart", "Only other units may start it", (draft, on) -> draft.refusesManualStart = on),
            bool("RefuseManualStop", "Only other units may stop it", (draft, on) -> draft.refusesManualStop = on),
            relation("PartOf", Relation.PART_OF, "Stopped and restarted with the other"),
            relation("Conflicts", Relation.CONFLICTS, "Starting one stops the other"),
            relation("After", Relation.AFTER, "Starts after the other, stops before it"),
            relation("Before", Relation.BEFORE, "Starts before the other, stops after it"),
            Key.accepted(UNIT, "DefaultDependencies", "There is no boot that units are ordered against"),
            Key.accepted(UNIT, "CollectMode", "Ended units always stay listed"),
            bool("AllowIsolate", "Whether it may be isolated", (draft, on) -> draft.mayBeIsolated = on),
            bool(
                    "IgnoreOnIsolate",
                    "Whether it stays when another one is isolated",
                    (draft, on) -> draft.staysWhenIsolated = on),
            Key.honoured(
                    UNIT,
                    "JobTimeoutSec",
                    "How long a wish for it may take with all that it waits for; then it is given up",
                    (assignment, reading) ->
                            reading.timeout(assignment).ifPresent(limit -> reading.draft().jobTimeout = limit.most())),
            Key.honoured(
                    UNIT,
                    "JobRunningTimeoutSec",
                    "The same from when it has nothing to wait for any more",
                    (assignment, reading) -> reading.timeout(assignment)
                            .ifPresent(limit -> reading.draft().jobRunningTimeout = Optional.of(limit.most()))),
            Key.honoured(
                    UNIT,
                    "StartLimitIntervalSec",
                    "The time in which starts are counted",
                    UnitKeys::startLimitInterval),
            Key.honoured(UNIT, "StartLimitInterval", "The older spelling", UnitKeys::startLimitInterval),
            Key.honoured(UNIT, "StartLimitBurst", "How many starts there may be", UnitKeys::startLimitBurst));

    private UnitKeys() {}

    private static void documentation(Assignment assignment, Reading reading) {
        for (Words.Word word : reading.words(assignment)) {
            if (!URL.matcher(word.text()).matches()) {
                reading.problems()
                        .warning(
                                "systemd.invalid-value",
                                word.span(),
                                "Invalid URL, ignoring: " + word.text(),
                                "http://, https://, file:/, info: or man: and what they lead to");
            }
        }
    }

    static void startLimitInterval(Assignment assignment, Reading reading) {
        reading.duration(assignment).ifPresent(span -> reading.draft().startLimitInterval = span);
    }

    static void startLimitBurst(Assignment assignment, Reading reading) {
        reading.number(assignment, 0, MOST_STARTS).ifPresent(count -> reading.draft().startLimitBurst = count);
    }

    private static Key bool(String name, String note, BiConsumer<Draft, Boolean> field) {
        return Key.honoured(
                UNIT,
                name,
                note,
                (assignment, reading) -> reading.bool(assignment).ifPresent(on -> field.accept(reading.draft(), on)));
    }

    private static Key jobMode(String name, BiConsumer<Draft, JobMode> field) {
        return Key.honoured(
                UNIT,
                name,
                "fail, replace, replace-irreversibly, isolate, flush, ignore-dependencies or ignore-requirements",
                (assignment, reading) -> ServiceKeys.choose(
                                assignment, reading, JOB_MODES, "Failed to parse job mode specification, ignoring: ")
                        .ifPresent(mode -> field.accept(reading.draft(), mode)));
    }

    private static Key relation(String name, Relation relation, String note) {
        return Key.honoured(UNIT, name, note, (assignment, reading) -> addUnits(assignment, reading, relation));
    }

    private static void addUnits(Assignment assignment, Reading reading, Relation relation) {
        reading.units(
                        assignment,
                        unit -> !unit.isTemplate(),
                        word -> "Failed to add dependency on " + word + ", ignoring: Invalid argument")
                .forEach(name -> reading.draft().relation(relation).add(name));
    }
}
