package dev.fairlead.dialect.systemd.time;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as systemd writes them: numbers with units that add up (`1min 30s`, `1h30m`, `2.5s`), a bare number
/// being seconds. `infinity` is [#INFINITY].
public final class TimeSpan {
    /// No limit.
    public static final Duration INFINITY = Duration.ofSeconds(Long.MAX_VALUE);

    private static final Pattern PART =
            Pattern.compile("\\s*([0-9]+(?:\\.[0-9]+|\\.(?![.0-9]))?|\\.[0-9]+)\\s*([A-Za-zµμ]*)\\s*");
    private static final Map<String, Long> MICROS = micros();

    private TimeSpan() {}

    public static Optional<Duration> parse(String text) {
        String trimmed = text.strip();
        if (trimmed.equals("infinity")) {
            return Optional.of(INFINITY);
        }
        Matcher part = PART.matcher(trimmed);
        BigDecimal micros = BigDecimal.ZERO;
        int at = 0;
        while (at < trimmed.length()) {
            part.region(at, trimmed.length());
            if (!part.lookingAt()) {
                return Optional.empty();
            }
            Long unit = MICROS.get(part.group(2).isEmpty() ? "s" : part.group(2));
            if (unit == null) {
                return Optional.empty();
            }
            micros = micros.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit)));
            at = part.end();
        }
        if (at == 0) {
            return Optional.empty();
        }
        BigDecimal nanos = micros.movePointRight(3);
        return nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0
                ? Optional.of(INFINITY)
                : Optional.of(Duration.ofNanos(nanos.longValue()));
    }

    private static Map<String, Long> micros() {
        long second = 1_000_000;
        long day = 86_400 * second;
        Map<String, Long> all = new HashMap<>();
        put(all, 1, "us", "usec", "µs", "μs");
        put(all, 1_000, "ms", "msec");
        put(all, second, "s", "sec", "second", "seconds");
        put(all, 60 * second, "m", "min", "minute", "minutes");
        put(all, 3_600 * second, "h", "hr", "hour", "hours");
        put(all, day, "d", "day", "days");
        put(all, 7 * day, "w", "week", "weeks");
        put(all, 2_629_800 * second, "M", "month", "months");
        put(all, 31_557_600 * second, "y", "year", "years");
        return Map.copyOf(all);
    }

    private static void put(Map<String, Long> all, long micros, String... names) {
        for (String name : names) {
            all.put(name, micros);
        }
    }
}
