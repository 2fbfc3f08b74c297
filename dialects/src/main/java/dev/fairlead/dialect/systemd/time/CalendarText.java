package dev.fairlead.dialect.systemd.time;

import dev.fairlead.model.service.timer.CalendarTime;
import dev.fairlead.model.service.timer.CalendarTime.Part;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Calendar expressions as systemd.time(7) has them: weekdays, a date, a time, each with lists, ranges and
/// steps, `~` for the end of the month, words such as `daily`, a zone.
public final class CalendarText {
    private static final int SECOND = 1_000_000;
    private static final int MOST_PARTS = 240;
    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("minutely", "*-*-* *:*:00"),
            Map.entry("hourly", "*-*-* *:00:00"),
            Map.entry("daily", "*-*-* 00:00:00"),
            Map.entry("weekly", "Mon *-*-* 00:00:00"),
            Map.entry("monthly", "*-*-01 00:00:00"),
            Map.entry("quarterly", "*-01,04,07,10-01 00:00:00"),
            Map.entry("semiannually", "*-01,07-01 00:00:00"),
            Map.entry("semi-annually", "*-01,07-01 00:00:00"),
            Map.entry("biannually", "*-01,07-01 00:00:00"),
            Map.entry("bi-annually", "*-01,07-01 00:00:00"),
            Map.entry("annually", "*-01-01 00:00:00"),
            Map.entry("yearly", "*-01-01 00:00:00"),
            // As systemd itself misspells it as well.
            Map.entry("anually", "*-01-01 00:00:00"));

    private final String text;
    private int at;
    private final Set<DayOfWeek> weekdays = EnumSet.noneOf(DayOfWeek.class);
    private List<Part> years = List.of();
    private List<Part> months = List.of();
    private List<Part> days = List.of();
    private boolean fromMonthEnd;
    private List<Part> hours = List.of();
    private List<Part> minutes = List.of();
    private List<Part> micros = List.of();

    private CalendarText(String text) {
        this.text = text;
    }

    /// Says only that something cannot be read; what is said about it names the whole text.
    private static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable() {
            super("not a calendar expression", null, false, false);
        }
    }

    public static Optional<CalendarTime> parse(String text) {
        String rest = text;
        Optional<ZoneId> zone = Optional.empty();
        int blank = text.lastIndexOf(' ');
        if (blank >= 0) {
            zone = zone(text.substring(blank + 1));
            rest = zone.isPresent() ? text.substring(0, blank) : text;
        }
        if (rest.isEmpty()) {
            return Optional.empty();
        }
        try {
            CalendarText reader = new CalendarText(WORDS.getOrDefault(rest.toLowerCase(Locale.ROOT), rest));
            return reader.read(zone);
        } catch (Unreadable wrong) {
            return Optional.empty();
        }
    }

    private static Optional<ZoneId> zone(String name) {
        if (name.equalsIgnoreCase("UTC")) {
            return Optional.of(ZoneOffset.UTC);
        }
        boolean isKnown = ZoneId.getAvailableZoneIds().contains(name) && !name.startsWith("SystemV/");
        return isKnown ? Optional.of(ZoneId.of(name)) : Optional.empty();
    }

    private Optional<CalendarTime> read(Optional<ZoneId> zone) throws Unreadable {
        readWeekdays();
        if (peek() == '@') {
            return readSeconds();
        }
        readDate();
        readTime();
        if (at < text.length()) {
            throw new Unreadable();
        }
        CalendarTime time = new CalendarTime(
                weekdays.size() == DayOfWeek.values().length ? Set.of() : weekdays,
                normal(years.stream().map(CalendarText::withCentury).toList()),
                normal(months),
                normal(days),
                fromMonthEnd && !days.isEmpty(),
                normal(hours),
                normal(minutes),
                normal(micros),
                zone);
        return Optional.of(time).filter(CalendarText::isPossible);
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private boolean isAt(String characters) {
        return at >= text.length() || characters.indexOf(text.charAt(at)) >= 0;
    }

    private void skipBlanks() {
        while (peek() == ' ') {
            at++;
        }
    }

    private void readWeekdays() throws Unreadable {
        int from = 0;
        for (boolean isFirst = true; ; isFirst = false) {
            int day = weekday();
            if (day == 0) {
                if (isFirst) {
                    return;
                }
                throw new Unreadable();
            }
            if (from > day) {
                throw new Unreadable();
            }
            for (int one = from == 0 ? day : from; one <= day; one++) {
                weekdays.add(DayOfWeek.of(one));
            }
            boolean wasRange = from > 0;
            from = 0;
            if (isAt(" ")) {
                skipBlanks();
                return;
            }
            if (peek() == ',') {
                at++;
            } else {
                if (wasRange) {
                    throw new Unreadable();
                }
                at += peek() == '-' ? 1 : text.startsWith("..", at) ? 2 : unreadable();
                from = day;
            }
            if (isAt(" ")) {
                skipBlanks();
                if (from > 0) {
                    throw new Unreadable();
                }
                return;
            }
        }
    }

    private static int unreadable() throws Unreadable {
        throw new Unreadable();
    }

    /// The number of the day whose name stands here; 0 if there is none.
    private int weekday() throws Unreadable {
        for (DayOfWeek day : DayOfWeek.values()) {
            for (int length : new int[] {day.name().length(), 3}) {
                if (text.regionMatches(true, at, day.name(), 0, length)) {
                    at += length;
                    if (!isAt("-., ")) {
                        throw new Unreadable();
                    }
                    return day.getValue();
                }
            }
        }
        return 0;
    }

    private Optional<CalendarTime> readSeconds() throws Unreadable {
        String number = text.substring(at + 1);
        if (!number.matches("[0-9]{1,11}")) {
            throw new Unreadable();
        }
        LocalDateTime time = LocalDateTime.ofInstant(Instant.ofEpochSecond(Long.parseLong(number)), ZoneOffset.UTC);
        CalendarTime calendar = new CalendarTime(
                weekdays,
                List.of(Part.of(time.getYear())),
                List.of(Part.of(time.getMonthValue())),
                List.of(Part.of(time.getDayOfMonth())),
                false,
                List.of(Part.of(time.getHour())),
                List.of(Part.of(time.getMinute())),
                List.of(Part.of(time.getSecond() * SECOND)),
                Optional.of(ZoneOffset.UTC));
        return Optional.of(calendar).filter(CalendarText::isPossible);
    }

    /// A date, if there is one: what ends after its first part, or goes on with a colon, is a time.
    private void readDate() throws Unreadable {
        if (at >= text.length()) {
            return;
        }
        int begin = at;
        List<Part> first = parts(false);
        if (isAt(":")) {
            at = begin;
            return;
        }
        boolean isEnd = dash();
        List<Part> second = parts(false);
        if (isAt(" ")) {
            months = first;
            days = second;
            fromMonthEnd = isEnd;
            skipBlanks();
            return;
        }
        if (isEnd) {
            throw new Unreadable();
        }
        fromMonthEnd = dash();
        years = first;
        months = second;
        days = parts(false);
        if (!isAt(" ")) {
            throw new Unreadable();
        }
        skipBlanks();
    }

    /// @return whether it is the one that counts from the end
    private boolean dash() throws Unreadable {
        char c = peek();
        if (c != '-' && c != '~') {
            throw new Unreadable();
        }
        at++;
        return c == '~';
    }

    private void readTime() throws Unreadable {
        if (at >= text.length()) {
            hours = List.of(Part.of(0));
            minutes = List.of(Part.of(0));
            micros = List.of(Part.of(0));
            return;
        }
        hours = parts(false);
        colon();
        minutes = parts(false);
        if (at >= text.length()) {
            micros = List.of(Part.of(0));
            return;
        }
        colon();
        micros = parts(true);
    }

    private void colon() throws Unreadable {
        if (peek() != ':') {
            throw new Unreadable();
        }
        at++;
    }

    private List<Part> parts(boolean isSeconds) throws Unreadable {
        if (peek() == '*') {
            at++;
            return isSeconds ? List.of(new Part(0, Part.OPEN, SECOND)) : List.of();
        }
        List<Part> parts = new ArrayList<>();
        while (true) {
            parts.add(part(isSeconds));
            if (parts.size() > MOST_PARTS) {
                throw new Unreadable();
            }
            if (peek() != ',') {
                return parts;
            }
            at++;
        }
    }

    private Part part(boolean isSeconds) throws Unreadable {
        int first = number(isSeconds);
        int last = Part.OPEN;
        int step = 0;
        if (text.startsWith("..", at)) {
            at += 2;
            last = number(isSeconds);
            step = isSeconds ? SECOND : 1;
        }
        if (peek() == '/') {
            at++;
            step = number(isSeconds);
            if (step == 0) {
                throw new Unreadable();
            }
        } else if (isSeconds && last >= 0 && first + step > last) {
            throw new Unreadable();
        }
        if (!isAt(" ,-~:")) {
            throw new Unreadable();
        }
        return last == first ? Part.of(first) : new Part(first, last, step);
    }

    private int number(boolean isSeconds) throws Unreadable {
        int begin = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        if (at == begin || at - begin > 10) {
            throw new Unreadable();
        }
        long value = Long.parseLong(text.substring(begin, at));
        if (isSeconds) {
            value *= SECOND;
            if (peek() == '.' && !text.startsWith("..", at)) {
                at++;
                value += fraction();
            }
        }
        if (value > Integer.MAX_VALUE) {
            throw new Unreadable();
        }
        return (int) value;
    }

    /// Microseconds; a seventh digit rounds.
    private int fraction() throws Unreadable {
        int begin = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        if (at == begin) {
            throw new Unreadable();
        }
        String digits = text.substring(begin, at);
        int value = Integer.parseInt((digits + "000000").substring(0, 6));
        return digits.length() > 6 && digits.charAt(6) >= '5' ? value + 1 : value;
    }

    /// Years of two digits are those from 1970 to 2069.
    private static Part withCentury(Part part) {
        return new Part(withCentury(part.first()), withCentury(part.last()), part.step());
    }

    private static int withCentury(int year) {
        if (year >= 0 && year < 70) {
            return year + 2000;
        }
        return year >= 70 && year < 100 ? year + 1900 : year;
    }

    /// In order and each once, ranges ending at the last value they have.
    private static List<Part> normal(List<Part> parts) {
        return parts.stream()
                .map(part -> part.last() > part.first() && part.step() > 0
                        ? new Part(part.first(), part.last() - (part.last() - part.first()) % part.step(), part.step())
                        : part)
                .sorted(Comparator.comparingInt(Part::first)
                        .thenComparingInt(Part::last)
                        .thenComparingInt(Part::step))
                .distinct()
                .toList();
    }

    private static boolean isPossible(CalendarTime time) {
        return arePossible(time.years(), 1970, 2199, false)
                && arePossible(time.months(), 1, 12, false)
                && arePossible(time.days(), 1, 31, time.fromMonthEnd())
                && arePossible(time.hours(), 0, 23, false)
                && arePossible(time.minutes(), 0, 59, false)
                && arePossible(time.micros(), 0, 60 * SECOND - 1, false);
    }

    private static boolean arePossible(List<Part> parts, int least, int most, boolean fromMonthEnd) {
        // Every month has twenty-eight days.
        int largest = fromMonthEnd ? most - 3 : most;
        return parts.stream().allMatch(part -> isPossible(part, least, largest, fromMonthEnd));
    }

    private static boolean isPossible(Part part, int least, int most, boolean fromMonthEnd) {
        if (part.first() < least || part.first() > most || part.step() > most - least) {
            return false;
        }
        if (part.last() >= 0) {
            return part.last() >= least && part.last() <= most && part.first() + part.step() <= part.last();
        }
        return fromMonthEnd ? part.first() - part.step() >= least : part.first() + part.step() <= most;
    }
}
