package dev.fairlead.dialect.systemd.time;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Moments as systemd's tools take them: `2026-01-02 03:04:05.5`, `03:04`, `yesterday`, `-1h`, `5min ago`,
/// `@1767323040`, each with `UTC` or a zone's name behind it where that makes sense, and a day of the week in
/// front.
public final class Timestamps {
    private static final Pattern EPOCH = Pattern.compile("@(\\d{1,11})(?:\\.(\\d{1,9}))?");
    private static final Pattern DATE = Pattern.compile("(?:(\\d{4}|\\d{1,2})-(\\d{1,2})-(\\d{1,2}))?");
    private static final Pattern TIME = Pattern.compile("(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d{1,9}))?)?");
    private static final int CENTURY_TURNS = 69;

    private Timestamps() {}

    /// @param now what relative ones count from
    /// @param zone of dates and times that name none
    /// @return empty for what is none, or lies before 1970
    public static Optional<Instant> parse(String text, Instant now, ZoneId zone) {
        try {
            return read(text, now, zone).filter(moment -> !moment.isBefore(Instant.EPOCH));
        } catch (DateTimeException | ArithmeticException none) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> read(String text, Instant now, ZoneId zone) {
        if (text.equals("now")) {
            return Optional.of(now);
        }
        if (text.startsWith("+")) {
            return span(text.substring(1)).map(now::plus);
        }
        if (text.startsWith("-")) {
            return span(text.substring(1)).map(now::minus);
        }
        if (text.endsWith(" ago")) {
            return span(text.substring(0, text.length() - 4)).map(now::minus);
        }
        if (text.endsWith(" left")) {
            return span(text.substring(0, text.length() - 5)).map(now::plus);
        }
        Matcher epoch = EPOCH.matcher(text);
        if (epoch.matches()) {
            return Optional.of(Instant.ofEpochSecond(Long.parseLong(epoch.group(1)), nanos(epoch.group(2))));
        }
        int blank = text.lastIndexOf(' ');
        Optional<ZoneId> named = blank < 0 ? Optional.empty() : zone(text.substring(blank + 1));
        return named.isPresent() ? local(text.substring(0, blank), now, named.get()) : local(text, now, zone);
    }

    private static Optional<Duration> span(String text) {
        return TimeSpan.parse(text).filter(span -> !span.equals(TimeSpan.INFINITY));
    }

    private static Optional<ZoneId> zone(String name) {
        if (name.equals("UTC")) {
            return Optional.of(ZoneOffset.UTC);
        }
        return name.contains("/") && ZoneId.getAvailableZoneIds().contains(name)
                ? Optional.of(ZoneId.of(name))
                : Optional.empty();
    }

    private static Optional<Instant> local(String text, Instant now, ZoneId zone) {
        LocalDate today = now.atZone(zone).toLocalDate();
        Optional<LocalDate> named = switch (text) {
            case "today" -> Optional.of(today);
            case "yesterday" -> Optional.of(today.minusDays(1));
            case "tomorrow" -> Optional.of(today.plusDays(1));
            default -> Optional.empty();
        };
        if (named.isPresent()) {
            return named.map(day -> day.atStartOfDay(zone).toInstant());
        }
        Optional<DayOfWeek> weekday = weekday(text);
        String rest = weekday.isPresent() ? text.substring(text.indexOf(' ')).strip() : text;
        return written(rest, today)
                .filter(moment -> weekday.isEmpty() || moment.getDayOfWeek() == weekday.get())
                .map(moment -> moment.atZone(zone).toInstant());
    }

    private static Optional<DayOfWeek> weekday(String text) {
        int blank = text.indexOf(' ');
        String word = blank < 0 ? "" : text.substring(0, blank);
        return Arrays.stream(DayOfWeek.values())
                .filter(day -> word.equalsIgnoreCase(day.getDisplayName(TextStyle.FULL, Locale.ENGLISH))
                        || word.equalsIgnoreCase(day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH)))
                .findFirst();
    }

    private static Optional<LocalDateTime> written(String text, LocalDate today) {
        String[] parts = text.split(" +", -1);
        Matcher date = DATE.matcher(parts[0]);
        boolean hasDate = date.matches() && !parts[0].isEmpty();
        String time = hasDate && parts.length == 1 ? "0:0" : parts[parts.length - 1];
        Matcher clock = TIME.matcher(time);
        if (parts.length > 2 || (parts.length == 2 && !hasDate) || !clock.matches()) {
            return Optional.empty();
        }
        LocalDate day = hasDate ? day(date) : today;
        int seconds = clock.group(3) == null ? 0 : Integer.parseInt(clock.group(3));
        // Leap seconds are those of the next minute, as the C library counts them.
        return Optional.of(day.atTime(Integer.parseInt(clock.group(1)), Integer.parseInt(clock.group(2)))
                .plusSeconds(inRange(seconds, 60))
                .plusNanos(nanos(clock.group(4))));
    }

    /// Days that a month lacks are those of the next one.
    private static LocalDate day(Matcher date) {
        int year = Integer.parseInt(date.group(1));
        int full = date.group(1).length() == 4 ? year : year + (year < CENTURY_TURNS ? 2000 : 1900);
        int day = inRange(Integer.parseInt(date.group(3)), 31);
        if (day == 0) {
            throw new DateTimeException("no day");
        }
        return LocalDate.of(full, Integer.parseInt(date.group(2)), 1).plusDays(day - 1L);
    }

    private static int inRange(int number, int most) {
        if (number > most) {
            throw new DateTimeException("out of range");
        }
        return number;
    }

    private static int nanos(@Nullable String fraction) {
        return fraction == null ? 0 : Integer.parseInt((fraction + "00000000").substring(0, 9));
    }
}
