package dev.fairlead.process.journal;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One line.
///
/// @param wallMicros when it was read, in microseconds since 1970; no two lines of a journal have the same, so
///     that it also says which came first
/// @param unit whose it is
/// @param identifier the name it carries: what the unit says, else the program's name
/// @param pid the process whose output it was read from
/// @param priority from 0 (emergency) to 7 (debug), as syslog counts
/// @param text without its line break
public record JournalEntry(long wallMicros, String unit, String identifier, int pid, int priority, String text) {
    /// What a line has that says nothing about it.
    public static final int INFORMATION = 6;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final Pattern LINE =
            Pattern.compile("(\\S+) (?:<([0-7])> )?(.*?)\\[([0-9]+)]: (.*)", Pattern.DOTALL);

    public long wallMillis() {
        return TimeUnit.MICROSECONDS.toMillis(wallMicros);
    }

    public Instant at() {
        return Instant.EPOCH.plusSeconds(wallMicros / 1_000_000).plusNanos(wallMicros % 1_000_000 * 1000);
    }

    /// As it stands in the file: `2026-01-31T12:00:00.000000Z <6> app[123]: text`.
    String line() {
        return TIME.format(at()) + " <" + priority + "> " + identifier + "[" + pid + "]: " + text;
    }

    /// A line of the file of a unit; empty for what is none.
    static Optional<JournalEntry> parse(String unit, String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Optional<Long> micros = micros(matcher.group(1));
        try {
            int pid = Integer.parseInt(matcher.group(4));
            int priority = matcher.group(2) == null ? INFORMATION : Integer.parseInt(matcher.group(2));
            return micros.map(at -> new JournalEntry(at, unit, matcher.group(3), pid, priority, matcher.group(5)));
        } catch (NumberFormatException damaged) {
            return Optional.empty();
        }
    }

    /// When a line of a file was read; empty for what is none.
    static Optional<Long> microsOf(String line) {
        int blank = line.indexOf(' ');
        return blank < 0 ? Optional.empty() : micros(line.substring(0, blank));
    }

    private static Optional<Long> micros(String time) {
        try {
            Instant at = Instant.parse(time);
            return Optional.of(at.getEpochSecond() * 1_000_000 + at.getNano() / 1000);
        } catch (DateTimeException damaged) {
            return Optional.empty();
        }
    }
}
