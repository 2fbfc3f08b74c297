package dev.fairlead.process.journal;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One line.
///
/// @param wallMillis when it was read, in milliseconds since 1970
/// @param unit whose it is
/// @param identifier the name it carries: what the unit says, else the program's name
/// @param pid the process whose output it was read from
/// @param text without its line break
public record JournalEntry(long wallMillis, String unit, String identifier, int pid, String text) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final Pattern LINE = Pattern.compile("(\\S+) (.*?)\\[([0-9]+)]: (.*)");

    /// As it stands in the file: `2026-01-31T12:00:00.000Z app[123]: text`.
    String line() {
        return TIME.format(Instant.ofEpochMilli(wallMillis)) + " " + identifier + "[" + pid + "]: " + text;
    }

    /// A line of the file of a unit; empty for what is none.
    static Optional<JournalEntry> parse(String unit, String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            long millis = Instant.parse(matcher.group(1)).toEpochMilli();
            int pid = Integer.parseInt(matcher.group(3));
            return Optional.of(new JournalEntry(millis, unit, matcher.group(2), pid, matcher.group(4)));
        } catch (DateTimeException | NumberFormatException damaged) {
            return Optional.empty();
        }
    }
}
