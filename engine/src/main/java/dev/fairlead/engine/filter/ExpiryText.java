package dev.fairlead.engine.filter;

import dev.fairlead.model.http.ResponseHeaders.Expiry;
import java.util.Optional;

/// Expiry as a text that was put together for one request: `epoch`, `max`, `off`, `@TIME`, `TIME` or `-TIME`,
/// where a time is written like `1d12h` or is a number of seconds.
final class ExpiryText {
    private static final String UNITS = "yMwdhms";
    private static final long[] SECONDS = {31_536_000, 2_592_000, 604_800, 86_400, 3_600, 60, 1};
    private static final long DAY = 86_400;

    private ExpiryText() {}

    /// Empty for `off`, and for a text that is nothing of the kind.
    static Optional<Expiry> parse(String text) {
        switch (text) {
            case "epoch" -> {
                return Optional.of(new Expiry.Epoch());
            }
            case "max" -> {
                return Optional.of(new Expiry.Max());
            }
            case "", "off" -> {
                return Optional.empty();
            }
            default -> {}
        }
        char sign = text.charAt(0);
        boolean signed = sign == '@' || sign == '+' || sign == '-';
        long seconds = seconds(signed ? text.substring(1) : text);
        if (seconds < 0 || (sign == '@' && seconds > DAY)) {
            return Optional.empty();
        }
        return Optional.of(
                sign == '@'
                        ? new Expiry.AtTimeOfDay((int) seconds)
                        : new Expiry.AfterNow(sign == '-' ? -seconds : seconds));
    }

    /// Seconds, or -1 for a text that is no time.
    private static long seconds(String text) {
        long total = 0;
        long value = -1;
        int unit = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                value = Math.max(value, 0) * 10 + (c - '0');
                if (value > Integer.MAX_VALUE) {
                    return -1;
                }
                continue;
            }
            int next = c == ' ' ? UNITS.length() - 1 : UNITS.indexOf(c);
            if (next <= unit || value < 0) {
                return -1;
            }
            unit = next;
            total += value * SECONDS[unit];
            value = -1;
        }
        if (unit < 0 && value < 0) {
            return -1;
        }
        return total + Math.max(value, 0);
    }
}
