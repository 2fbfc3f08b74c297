package dev.fairlead.dialect.systemd;

import dev.fairlead.dialect.systemd.Draft.Relation;
import java.util.List;
import java.util.Optional;

/// The settings of `[Unit]`.
final class UnitKeys {
    private static final String UNIT = "Unit";
    private static final int MOST_STARTS = 1_000_000;

    static final List<Key> ROWS = List.of(
            Key.honoured(
                    UNIT,
                    "Description",
                    "One line for people",
                    (assignment, reading) ->
                            reading.text(assignment).ifPresent(text -> reading.draft().description = text)),
            Key.accepted(UNIT, "Documentation", "For people; shown nowhere yet"),
            Key.accepted(UNIT, "SourcePath", "For generators"),
            relation("Requires", Relation.REQUIRES, "Started with it; must have started first if also in After="),
            relation("Wants", Relation.WANTS, "Started with it"),
            relation("BindsTo", Relation.BINDS_TO, "As Requires=, and stops when the other ends"),
            relation("PartOf", Relation.PART_OF, "Stopped and restarted with the other"),
            relation("Conflicts", Relation.CONFLICTS, "Starting one stops the other"),
            relation("After", Relation.AFTER, "Starts after the other, stops before it"),
            relation("Before", Relation.BEFORE, "Starts before the other, stops after it"),
            Key.accepted(UNIT, "DefaultDependencies", "There is no boot that units are ordered against"),
            Key.accepted(UNIT, "CollectMode", "Ended units always stay listed"),
            Key.accepted(UNIT, "AllowIsolate", "Nothing is ever isolated"),
            Key.accepted(UNIT, "IgnoreOnIsolate", "Nothing is ever isolated"),
            Key.honoured(
                    UNIT,
                    "StartLimitIntervalSec",
                    "The time in which starts are counted",
                    UnitKeys::startLimitInterval),
            Key.honoured(UNIT, "StartLimitInterval", "The older spelling", UnitKeys::startLimitInterval),
            Key.honoured(UNIT, "StartLimitBurst", "How many starts there may be", UnitKeys::startLimitBurst));

    private UnitKeys() {}

    static void startLimitInterval(Assignment assignment, Reading reading) {
        reading.duration(assignment).ifPresent(span -> reading.draft().startLimitInterval = span);
    }

    static void startLimitBurst(Assignment assignment, Reading reading) {
        reading.number(assignment, 0, MOST_STARTS).ifPresent(count -> reading.draft().startLimitBurst = count);
    }

    private static Key relation(String name, Relation relation, String note) {
        return Key.honoured(UNIT, name, note, (assignment, reading) -> addUnits(assignment, reading, relation));
    }

    private static void addUnits(Assignment assignment, Reading reading, Relation relation) {
        for (Words.Word word : reading.words(assignment)) {
            Optional<UnitName> unit = UnitName.parse(word.text());
            if (unit.isPresent() && !unit.get().isTemplate()) {
                reading.draft().relation(relation).add(unit.get().toString());
            } else {
                reading.problems()
                        .warning(
                                "systemd.invalid-unit-name",
                                word.span(),
                                "Failed to add dependency on " + word.text() + ", ignoring: Invalid argument",
                                UnitNames.hint(word.text()));
            }
        }
    }
}
