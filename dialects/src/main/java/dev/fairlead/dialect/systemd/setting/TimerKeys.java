package dev.fairlead.dialect.systemd.setting;

import dev.fairlead.dialect.systemd.name.UnitName;
import dev.fairlead.dialect.systemd.text.Assignment;
import dev.fairlead.dialect.systemd.time.CalendarText;
import dev.fairlead.dialect.systemd.time.TimeSpan;
import dev.fairlead.model.service.timer.CalendarTime;
import dev.fairlead.model.service.timer.Elapse;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/// The settings of `[Timer]`.
final class TimerKeys {
    private static final String TIMER = "Timer";

    static final List<Key> ROWS = List.of(
            after("OnActiveSec", Elapse.Base.ACTIVATION, "Counted from the start of the timer"),
            Key.partly(
                    TIMER,
                    "OnBootSec",
                    "Counted from the start of Fairlead, as systemd does in a container",
                    (assignment, reading) -> after(assignment, reading, Elapse.Base.BOOT)),
            after("OnStartupSec", Elapse.Base.STARTUP, "Counted from the start of Fairlead"),
            after("OnUnitActiveSec", Elapse.Base.UNIT_ACTIVE, "Counted from the last start of what it starts"),
            after("OnUnitInactiveSec", Elapse.Base.UNIT_INACTIVE, "Counted from the last end of what it starts"),
            Key.honoured(TIMER, "OnCalendar", "At times of the calendar", TimerKeys::calendar),
            Key.partly(
                    TIMER,
                    "AccuracySec",
                    "Read; a timer elapses right when it is due",
                    (assignment, reading) -> reading.duration(assignment)),
            Key.honoured(
                    TIMER,
                    "RandomizedDelaySec",
                    "How much later, by chance",
                    (assignment, reading) ->
                            reading.duration(assignment).ifPresent(span -> reading.draft().timer.spread = span)),
            bool("FixedRandomDelay", "The same chance every time", (draft, on) -> draft.spreadIsFixed = on),
            bool(
                    "Persistent",
                    "Makes up for what was missed while nothing ran",
                    (draft, on) -> draft.isPersistent = on),
            bool("RemainAfterElapse", "Stays once it cannot elapse again", (draft, on) -> draft.remains = on),
            Key.honoured(TIMER, "Unit", "What it starts, where the name is another", TimerKeys::unit),
            Key.inert(TIMER, "OnClockChange", "nobody tells when the clock is set; OnCalendar= follows it"),
            Key.inert(TIMER, "OnTimezoneChange", "nobody tells when the zone is changed"),
            Key.inert(TIMER, "WakeSystem", "the machine is not woken; a timer that was due elapses once it is awake"),
            Key.inert(TIMER, "DeferReactivation", "it belongs to a later systemd than 252"));

    private TimerKeys() {}

    private static Key after(String name, Elapse.Base base, String note) {
        return Key.honoured(TIMER, name, note, (assignment, reading) -> after(assignment, reading, base));
    }

    private static void after(Assignment assignment, Reading reading, Elapse.Base base) {
        if (assignment.value().isEmpty()) {
            // systemd forgets all of them, of whatever kind.
            reading.draft().timer.elapses.clear();
            return;
        }
        reading.text(assignment)
                .flatMap(TimeSpan::parse)
                .ifPresentOrElse(
                        span -> reading.draft().timer.elapses.add(new Elapse.After(base, span)),
                        () -> reading.ignore(
                                assignment,
                                "Failed to parse timer value, ignoring: ",
                                "a number of seconds, or units such as 1h 30min"));
    }

    private static void calendar(Assignment assignment, Reading reading) {
        if (assignment.value().isEmpty()) {
            reading.draft().timer.elapses.clear();
            return;
        }
        Optional<CalendarTime> time = reading.text(assignment).flatMap(CalendarText::parse);
        time.ifPresentOrElse(
                one -> reading.draft().timer.elapses.add(new Elapse.OnCalendar(one)),
                () -> reading.ignore(
                        assignment,
                        "Failed to parse calendar specification, ignoring: ",
                        "such as daily, Mon..Fri 09:00 or *-*-01 03:30:00"));
    }

    private static void unit(Assignment assignment, Reading reading) {
        started(assignment, reading, "timer").ifPresent(name -> reading.draft().timer.unit = Optional.of(name));
    }

    /// The unit that one of these kinds shall start.
    static Optional<String> started(Assignment assignment, Reading reading, String own) {
        Optional<UnitName> unit = reading.text(assignment).flatMap(UnitName::parse);
        if (unit.isEmpty() || unit.get().isTemplate() || unit.get().suffix().equals(own)) {
            reading.ignore(assignment, "Unit name not valid, ignoring: ", "such as backup.service");
            return Optional.empty();
        }
        return unit.map(UnitName::toString);
    }

    private static Key bool(String name, String note, BiConsumer<TimerDraft, Boolean> field) {
        return Key.honoured(
                TIMER,
                name,
                note,
                (assignment, reading) ->
                        reading.bool(assignment).ifPresent(on -> field.accept(reading.draft().timer, on)));
    }
}
