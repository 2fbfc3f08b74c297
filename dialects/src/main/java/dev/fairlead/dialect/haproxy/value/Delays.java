package dev.fairlead.dialect.haproxy.value;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// Times with a unit (manual, section 2.5): `us`, `ms`, `s`, `m`, `h`, `d`; milliseconds without one.
public final class Delays {
    private static final long MOST_MILLIS = Integer.MAX_VALUE;

    private Delays() {}

    /// What came of reading a time.
    public sealed interface Result {
        record Read(Duration delay) implements Result {}

        record Refused(String message) implements Result {}
    }

    /// @param what names the value in messages, such as `timeout client`
    /// @param without the unit of a number without one
    public static Result read(String text, String what, ChronoUnit without) {
        int digits = 0;
        while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
            digits++;
        }
        if (digits == 0) {
            return new Result.Refused("unexpected character '" + (text.isEmpty() ? "" : text.charAt(0))
                    + "' in argument '" + text + "' to '" + what + "'");
        }
        String unit = text.substring(digits);
        long number = digits > 15 ? Long.MAX_VALUE : Long.parseLong(text.substring(0, digits));
        ChronoUnit of = switch (unit.toLowerCase(Locale.ROOT)) {
            case "" -> without;
            case "us" -> ChronoUnit.MICROS;
            case "ms" -> ChronoUnit.MILLIS;
            case "s" -> ChronoUnit.SECONDS;
            case "m" -> ChronoUnit.MINUTES;
            case "h" -> ChronoUnit.HOURS;
            case "d" -> ChronoUnit.DAYS;
            default -> ChronoUnit.FOREVER;
        };
        if (of == ChronoUnit.FOREVER) {
            return new Result.Refused(
                    "unexpected character '" + unit.charAt(0) + "' in argument '" + text + "' to '" + what + "'");
        }
        boolean tooLong =
                number > MOST_MILLIS || of.getDuration().multipliedBy(number).toMillis() > MOST_MILLIS;
        return tooLong
                ? new Result.Refused("timer overflow in argument '" + text + "' to '" + what
                        + "' (maximum value is 2147483647 ms or ~24.8 days)")
                : new Result.Read(Duration.of(number, of));
    }
}
