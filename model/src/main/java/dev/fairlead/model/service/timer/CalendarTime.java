package dev.fairlead.model.service.timer;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Points in time that come again, such as every Monday at three. An empty list of parts stands for any value.
///
/// @param weekdays any day where there is none or all
/// @param days of the month, from 1; counted from its end (1 is the last day) with `fromMonthEnd`
/// @param micros seconds and their fractions, in microseconds
/// @param zone in which it is meant; empty: that of the machine
public record CalendarTime(
        Set<DayOfWeek> weekdays,
        List<Part> years,
        List<Part> months,
        List<Part> days,
        boolean fromMonthEnd,
        List<Part> hours,
        List<Part> minutes,
        List<Part> micros,
        Optional<ZoneId> zone) {
    static final int SECOND = 1_000_000;
    private static final int WEEK = 7;

    public CalendarTime {
        weekdays = Set.copyOf(weekdays);
        years = List.copyOf(years);
        months = List.copyOf(months);
        days = List.copyOf(days);
        hours = List.copyOf(hours);
        minutes = List.copyOf(minutes);
        micros = List.copyOf(micros);
    }

    /// Some values of one part of a time.
    ///
    /// @param last the largest; [#OPEN] for no end, or where there is only one
    /// @param step from one to the next; 0: only the first
    public record Part(int first, int last, int step) {
        public static final int OPEN = -1;

        /// One value.
        public static Part of(int value) {
            return new Part(value, OPEN, 0);
        }

        boolean hasLast() {
            return last > 0;
        }
    }

    /// The next such time, to the microsecond.
    ///
    /// @param local the zone of the machine
    /// @return later than the time given; empty if there is none before the year 2200
    public Optional<Instant> next(Instant after, ZoneId local) {
        return new CalendarSearch(this, zone.orElse(local)).after(after);
    }

    boolean isAnyDay() {
        return weekdays.isEmpty() || weekdays.size() == WEEK;
    }

    /// In one spelling for all that mean the same: `Mon..Fri *-*-* 09:00:00`.
    public String text() {
        StringBuilder out = new StringBuilder();
        if (!isAnyDay()) {
            appendDays(out);
            out.append(' ');
        }
        append(out, years, 4, 1);
        append(out.append('-'), months, 2, 1);
        append(out.append(fromMonthEnd ? '~' : '-'), days, 2, 1);
        append(out.append(' '), hours, 2, 1);
        append(out.append(':'), minutes, 2, 1);
        append(out.append(':'), micros, 2, SECOND);
        zone.ifPresent(one -> out.append(' ').append(one.equals(ZoneOffset.UTC) ? "UTC" : one.getId()));
        return out.toString();
    }

    private void appendDays(StringBuilder out) {
        Set<DayOfWeek> all = EnumSet.copyOf(weekdays);
        String separator = "";
        int day = 1;
        while (day <= WEEK) {
            int end = day;
            while (end <= WEEK && all.contains(DayOfWeek.of(end))) {
                end++;
            }
            if (end > day) {
                out.append(separator).append(shortName(day));
                separator = ",";
                if (end - day > 1) {
                    out.append(end - day > 2 ? ".." : ",").append(shortName(end - 1));
                }
            }
            day = Math.max(end, day + 1);
        }
    }

    private static String shortName(int day) {
        String name = DayOfWeek.of(day).name();
        return name.charAt(0) + name.substring(1, 3).toLowerCase(Locale.ROOT);
    }

    private static void append(StringBuilder out, List<Part> parts, int width, int unit) {
        boolean isEverySecond = unit == SECOND && parts.equals(List.of(new Part(0, Part.OPEN, SECOND)));
        if (parts.isEmpty() || isEverySecond) {
            out.append('*');
            return;
        }
        String separator = "";
        for (Part part : parts) {
            out.append(separator);
            separator = ",";
            append(out, part.first(), width, unit);
            if (part.hasLast()) {
                append(out.append(".."), part.last(), width, unit);
            }
            if (part.step() > 0 && !(part.hasLast() && part.step() == unit)) {
                append(out.append('/'), part.step(), 1, unit);
            }
        }
    }

    private static void append(StringBuilder out, int value, int width, int unit) {
        out.append(String.format(Locale.ROOT, "%0" + width + "d", value / unit));
        if (value % unit > 0) {
            out.append(String.format(Locale.ROOT, ".%06d", value % unit));
        }
    }
}
