package dev.fairlead.model.service.timer;

import dev.fairlead.model.service.timer.CalendarTime.Part;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Finds the next time of a calendar: takes each part, from the year down, to its next value; what has no value
/// left carries into the part above, and everything below begins anew. Hours that a change of clocks leaves out
/// are passed over.
final class CalendarSearch {
    private static final int LAST_YEAR = 2199;
    /// Impossible combinations would be searched for ever.
    private static final int MOST_STEPS = 1000;
    private static final int MICROS = CalendarTime.SECOND;

    private final CalendarTime calendar;
    private final ZoneId zone;
    private int year;
    private int month;
    private int day;
    private int hour;
    private int minute;
    private int second;
    private int micro;

    CalendarSearch(CalendarTime calendar, ZoneId zone) {
        this.calendar = calendar;
        this.zone = zone;
    }

    Optional<Instant> after(Instant time) {
        Instant begin = time.truncatedTo(ChronoUnit.MICROS).plus(1, ChronoUnit.MICROS);
        LocalDateTime local = LocalDateTime.ofInstant(begin, zone);
        take(local);
        micro = local.get(ChronoField.MICRO_OF_SECOND);
        for (int step = 0; step < MOST_STEPS; step++) {
            take(normal());
            switch (advance()) {
                case FOUND -> {
                    return Optional.of(ZonedDateTime.ofLocal(normal(), zone, null)
                            .toInstant()
                            .plus(micro, ChronoUnit.MICROS));
                }
                case NEVER -> {
                    return Optional.empty();
                }
                case AGAIN -> {}
            }
        }
        return Optional.empty();
    }

    private enum Step {
        FOUND,
        AGAIN,
        NEVER
    }

    /// Whether a part stands where it shall.
    private enum Place {
        /// It does, and so does what is below it.
        HERE,
        /// It was moved on, so that what is below begins anew.
        MOVED,
        /// No value is left.
        PAST
    }

    private Step advance() {
        OptionalInt nextYear = next(calendar.years(), year, false);
        if (nextYear.isEmpty()) {
            return Step.NEVER;
        }
        if (nextYear.getAsInt() != year) {
            year = nextYear.getAsInt();
            begin(1);
        }
        if (bounds() != Place.HERE) {
            return Step.NEVER;
        }
        Place place = settle(next(calendar.months(), month, false), month, value -> month = value, 2);
        if (place != Place.HERE) {
            return place == Place.PAST ? carry(1) : Step.AGAIN;
        }
        place = settle(next(calendar.days(), day, calendar.fromMonthEnd()), day, value -> day = value, 3);
        if (place != Place.HERE) {
            return place == Place.PAST ? carry(2) : Step.AGAIN;
        }
        if (!calendar.isAnyDay() && !calendar.weekdays().contains(normal().getDayOfWeek())) {
            return carry(3);
        }
        return advanceTime();
    }

    private Step advanceTime() {
        Place place = settle(next(calendar.hours(), hour, false), hour, value -> hour = value, 4);
        if (place != Place.HERE) {
            return place == Place.PAST ? carry(3) : Step.AGAIN;
        }
        place = settle(next(calendar.minutes(), minute, false), minute, value -> minute = value, 5);
        if (place != Place.HERE) {
            return place == Place.PAST ? carry(4) : Step.AGAIN;
        }
        OptionalInt next = next(calendar.micros(), second * MICROS + micro, false);
        if (next.isEmpty()) {
            return carry(5);
        }
        second = next.getAsInt() / MICROS;
        micro = next.getAsInt() % MICROS;
        return switch (bounds()) {
            case HERE -> Step.FOUND;
            case MOVED -> Step.AGAIN;
            case PAST -> carry(5);
        };
    }

    private interface Setter {
        void set(int value);
    }

    /// @param below the first part that begins anew where this one moves
    private Place settle(OptionalInt next, int present, Setter setter, int below) {
        if (next.isEmpty()) {
            return Place.PAST;
        }
        if (next.getAsInt() != present) {
            setter.set(next.getAsInt());
            begin(below);
        }
        return bounds();
    }

    /// One more of a part (1 is the year, 5 the minute), and what is below it begins anew.
    private Step carry(int part) {
        switch (part) {
            case 1 -> year++;
            case 2 -> month++;
            case 3 -> day++;
            case 4 -> hour++;
            default -> minute++;
        }
        begin(part);
        return Step.AGAIN;
    }

    /// @param from 1 for everything below the year, up to 5 for everything below the minute
    private void begin(int from) {
        month = from <= 1 ? 1 : month;
        day = from <= 2 ? 1 : day;
        hour = from <= 3 ? 0 : hour;
        minute = from <= 4 ? 0 : minute;
        second = 0;
        micro = 0;
    }

    /// The smallest of its values that is not below the present one.
    private OptionalInt next(List<Part> parts, int present, boolean fromMonthEnd) {
        if (parts.isEmpty()) {
            return OptionalInt.of(present);
        }
        OptionalInt best = OptionalInt.empty();
        for (Part part : parts) {
            int first = fromMonthEnd ? endOfMonth(part.first()) : part.first();
            int last = fromMonthEnd ? endOfMonth(part.last()) : part.last();
            if (fromMonthEnd && last > 0) {
                int swapped = first;
                first = last;
                last = swapped;
            }
            OptionalInt value = next(first, last, part.step(), present);
            boolean isBetter = value.isPresent() && (best.isEmpty() || value.getAsInt() < best.getAsInt());
            best = isBetter ? value : best;
        }
        return best;
    }

    private static OptionalInt next(int first, int last, int step, int present) {
        if (first >= present) {
            return OptionalInt.of(first);
        }
        if (step <= 0) {
            return OptionalInt.empty();
        }
        int value = first + Math.ceilDiv(present - first, step) * step;
        return last < 0 || value <= last ? OptionalInt.of(value) : OptionalInt.empty();
    }

    /// @return -1 if the month has no such day
    private int endOfMonth(int fromEnd) {
        int value = fromEnd < 1 ? -1 : YearMonth.of(year, month).lengthOfMonth() + 1 - fromEnd;
        return value < 1 ? -1 : value;
    }

    /// Whether the time exists; one that a change of clocks leaves out becomes the one after.
    private Place bounds() {
        if (year > LAST_YEAR) {
            return Place.PAST;
        }
        LocalDateTime written = written();
        LocalDateTime normal = ZonedDateTime.ofLocal(written, zone, null).toLocalDateTime();
        boolean isAsWritten = normal.getYear() == year
                && normal.getMonthValue() == month
                && normal.getDayOfMonth() == day
                && normal.getHour() == hour
                && normal.getMinute() == minute
                && normal.getSecond() == second;
        if (isAsWritten) {
            return Place.HERE;
        }
        if (normal.isBefore(asWritten())) {
            return Place.PAST;
        }
        carried(normal);
        return Place.MOVED;
    }

    /// The parts as they are where that is a time, else the latest there can be below it.
    private LocalDateTime asWritten() {
        boolean isTime = month <= 12 && day <= 28 && hour <= 23 && minute <= 59 && second <= 59;
        return isTime ? LocalDateTime.of(year, month, day, hour, minute, second) : LocalDateTime.MIN;
    }

    /// What is below the first part that was carried begins anew, so that nothing in between is passed over.
    private void carried(LocalDateTime normal) {
        int from = normal.getYear() != year
                ? 1
                : normal.getMonthValue() != month
                        ? 2
                        : normal.getDayOfMonth() != day ? 3 : normal.getHour() != hour ? 4 : 5;
        take(normal);
        begin(from);
    }

    /// What the parts mean, those that are too large carried.
    private LocalDateTime written() {
        try {
            return LocalDateTime.of(year, 1, 1, 0, 0)
                    .plusMonths(month - 1L)
                    .plusDays(day - 1L)
                    .plusHours(hour)
                    .plusMinutes(minute)
                    .plusSeconds(second);
        } catch (DateTimeException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private LocalDateTime normal() {
        return ZonedDateTime.ofLocal(written(), zone, null).toLocalDateTime();
    }

    private void take(LocalDateTime time) {
        year = time.getYear();
        month = time.getMonthValue();
        day = time.getDayOfMonth();
        hour = time.getHour();
        minute = time.getMinute();
        second = time.getSecond();
    }
}
