package dev.fairlead.cli.systemctl;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// Moments and lengths of time as systemd writes them.
public final class Moments {
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("EEE uuuu-MM-dd HH:mm:ss zzz", Locale.ENGLISH);
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long WEEK = 7 * DAY;
    private static final long MONTH = 2_629_800;
    private static final long YEAR = 31_557_600;
    private static final String[] UNITS = {"y", "month", "w", "d", "h", "min", "s", "ms", "us"};
    private static final long[] MICROS = {
        YEAR * 1_000_000,
        MONTH * 1_000_000,
        WEEK * 1_000_000,
        DAY * 1_000_000,
        HOUR * 1_000_000,
        MINUTE * 1_000_000,
        1_000_000,
        1000,
        1
    };

    private Moments() {}

    /// `Sat 2026-11-21 15:06:00 UTC`.
    ///
    /// @param micros since 1970
    public static String timestamp(long micros, ZoneId zone) {
        return TIMESTAMP.format(Instant.EPOCH
                .plusNanos(TimeUnit.MICROSECONDS.toNanos(micros % 1_000_000))
                .plusSeconds(micros / 1_000_000)
                .atZone(zone));
    }

    /// `1min 5s ago`.
    public static String ago(long micros, long nowMicros) {
        long seconds = Math.max(0, (nowMicros - micros) / 1_000_000);
        return between(seconds, nowMicros - micros) + " ago";
    }

    /// `1min 5s left`.
    static String left(long micros, long nowMicros) {
        long left = Math.max(0, micros - nowMicros);
        return between(left / 1_000_000, left) + " left";
    }

    private static String between(long seconds, long micros) {
        if (seconds >= YEAR) {
            return counted(seconds / YEAR, "year") + " " + counted(seconds % YEAR / MONTH, "month");
        }
        if (seconds >= MONTH) {
            return counted(seconds / MONTH, "month") + " " + counted(seconds % MONTH / DAY, "day");
        }
        if (seconds >= WEEK) {
            return counted(seconds / WEEK, "week") + " " + counted(seconds % WEEK / DAY, "day");
        }
        if (seconds >= 2 * DAY) {
            return seconds / DAY + " days";
        }
        if (seconds >= DAY + HOUR) {
            return "1 day " + seconds % DAY / HOUR + "h";
        }
        if (seconds >= DAY) {
            return "1 day";
        }
        if (seconds >= 6 * HOUR) {
            return seconds / HOUR + "h";
        }
        if (seconds >= HOUR) {
            return seconds / HOUR + "h " + seconds % HOUR / MINUTE + "min";
        }
        if (seconds >= 5 * MINUTE) {
            return seconds / MINUTE + "min";
        }
        if (seconds >= MINUTE) {
            return seconds / MINUTE + "min " + seconds % MINUTE + "s";
        }
        return seconds > 0 ? seconds + "s" : Math.max(0, micros / 1000) + "ms";
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    /// `1min 30s`.
    static String span(long micros) {
        StringBuilder out = new StringBuilder();
        long rest = micros;
        for (int i = 0; i < UNITS.length; i++) {
            long count = rest / MICROS[i];
            if (count > 0) {
                out.append(out.isEmpty() ? "" : " ").append(count).append(UNITS[i]);
                rest %= MICROS[i];
            }
        }
        return out.isEmpty() ? "0" : out.toString();
    }

    /// `1.2M`, as systemd writes amounts of memory.
    public static String bytes(long bytes) {
        String[] suffixes = {"E", "P", "T", "G", "M", "K"};
        for (int i = 0; i < suffixes.length; i++) {
            long factor = 1L << (10 * (suffixes.length - i));
            if (bytes >= factor) {
                return bytes / factor + "." + bytes % factor * 10 / factor + suffixes[i];
            }
        }
        return bytes + "B";
    }
}
