package dev.fairlead.model.service.timer;

import java.time.Duration;

/// When a timer elapses.
public sealed interface Elapse {
    /// At times of the calendar.
    record OnCalendar(CalendarTime time) implements Elapse {}

    /// Some time after something.
    record After(Base base, Duration delay) implements Elapse {}

    /// What a delay counts from.
    enum Base {
        /// The timer was started.
        ACTIVATION,
        /// The machine was started; where that is not known, the supervisor.
        BOOT,
        /// The supervisor was started.
        STARTUP,
        /// The unit that the timer starts was last started.
        UNIT_ACTIVE,
        /// That unit last ended.
        UNIT_INACTIVE
    }
}
