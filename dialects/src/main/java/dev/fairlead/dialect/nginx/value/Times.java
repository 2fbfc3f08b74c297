package dev.fairlead.dialect.nginx.value;

import java.time.Duration;
import java.util.Optional;

/// Times as nginx writes them: `30`, `1h 30m`, `500ms`. Units from large to small, each at most once; a number
/// without unit is seconds and stands last.
public final class Times {
    private static final String[] UNITS = {"y", "M", "w", "d", "h", "m", "s", "ms", ""};
    private static final long[] MILLIS = {
        31_536_000_000L, 2_592_000_000L, 604_800_000L, 86_400_000L, 3_600_000L, 60_000L, 1000L, 1L, 1000L
    };

    private Times() {}

    /// A time where milliseconds are allowed.
    public static Optional<Duration> millis(String text) {
        return parse(text, true).map(Duration::ofMillis);
    }

    /// A time in whole seconds: `ms` is refused.
    public static Optional<Duration> seconds(String text) {
        return parse(text, false).map(Duration::ofMillis);
    }

    private static Optional<Long> parse(String text, boolean millisAllowed) {
        long total = 0;
        int last = -1;
        int at = 0;
        while (at < text.length()) {
            int digits = at;
            while (digits < text.length() && Character.digit(text.charAt(digits), 10) >= 0) {
                digits++;
            }
            int end = digits;
            while (end < text.length() && Character.isLetter(text.charAt(end))) {
                end++;
            }
            int unit = unit(text.substring(digits, end));
            Optional<Long> number = Numbers.parse(text.substring(at, digits));
            boolean refused = unit == 7 && !millisAllowed;
            if (number.isEmpty() || unit <= last || refused || number.get() > Long.MAX_VALUE / 2 / MILLIS[unit]) {
                return Optional.empty();
            }
            total += number.get() * MILLIS[unit];
            last = unit;
            at = end;
            while (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
            if (at < text.length() && unit == UNITS.length - 1) {
                return Optional.empty();
            }
        }
        return last < 0 || total < 0 ? Optional.empty() : Optional.of(total);
    }

    private static int unit(String text) {
        for (int i = 0; i < UNITS.length; i++) {
            if (UNITS[i].equals(text)) {
                return i;
            }
        }
        return -1;
    }
}
