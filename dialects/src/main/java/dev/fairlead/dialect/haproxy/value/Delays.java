package dev.fairlead.dialect.haproxy.value;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/// Times with a unit (manual, section 2.5): `us`, `ms`, `s`, `m`, `h`, `d`; milliseconds without one.
public final class Delays {
    private static final String UNITS = "smhd";
    private static final long MOST_MILLIS = Integer.MAX_VALUE;

    private Delays() {}

    /// What came of reading a time.
    public sealed interface Result {
        record Read(Duration delay) implements Result {}

        /// @param taken as much of the text as counts
        /// @param next the first character that does not
        record Cut(Duration delay, String taken, char next) implements Result {
            public String message(String text) {
                return "unexpected character '" + next + "' after the timer value '" + text + "'";
            }

            public String hint() {
                return "it is read as " + taken + ": write that; later versions of HAProxy refuse the rest";
            }
        }

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
        String unit = unit(text.substring(digits));
        long number = digits > 15 ? Long.MAX_VALUE : Long.parseLong(text.substring(0, digits));
        ChronoUnit of = switch (unit) {
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
        if (tooLong) {
            return new Result.Refused("timer overflow in argument '" + text + "' to '" + what
                    + "' (maximum value is 2147483647 ms or ~24.8 days)");
        }
        String taken = text.substring(0, digits) + unit;
        return text.equals(taken)
                ? new Result.Read(Duration.of(number, of))
                : new Result.Cut(Duration.of(number, of), taken, text.charAt(taken.length()));
    }

    /// As much of it as HAProxy takes for the unit: what is behind that it passes over with a warning.
    private static String unit(String text) {
        if (text.startsWith("us") || text.startsWith("ms")) {
            return text.substring(0, 2);
        }
        return !text.isEmpty() && UNITS.indexOf(text.charAt(0)) >= 0 ? text.substring(0, 1) : text;
    }
}
