package dev.fairlead.process.supervisor;

import java.time.Duration;

/// A time as systemd writes it in messages, such as `1min 30s` or `200ms`.
final class TimeText {
    private static final String[] UNITS = {"d", "h", "min", "s", "ms"};
    private static final long[] MILLIS = {86_400_000, 3_600_000, 60_000, 1000, 1};

    private TimeText() {}

    static String of(Duration span) {
        StringBuilder text = new StringBuilder();
        long left = span.toMillis();
        for (int i = 0; i < UNITS.length; i++) {
            if (left >= MILLIS[i]) {
                text.append(text.isEmpty() ? "" : " ").append(left / MILLIS[i]).append(UNITS[i]);
                left %= MILLIS[i];
            }
        }
        return text.isEmpty() ? "0" : text.toString();
    }
}
