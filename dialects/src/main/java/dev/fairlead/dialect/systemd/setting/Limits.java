package dev.fairlead.dialect.systemd.setting;

import dev.fairlead.dialect.systemd.text.Assignment;
import dev.fairlead.dialect.systemd.time.TimeSpan;
import dev.fairlead.model.service.execution.Limit;
import java.time.Duration;
import java.util.Optional;

/// The values of `Limit…=`: one limit, or `soft:hard`; `infinity`; sizes with K M G T P E (of 1024); times with
/// units.
final class Limits {
    private static final String UNITS = "KMGTPE";
    private static final int NICE_CEILING = 20;

    private Limits() {}

    static Optional<Limit> read(Assignment assignment, Reading reading) {
        String text = assignment.value().text();
        int colon = text.indexOf(':');
        Optional<Long> soft = one(assignment.key(), colon < 0 ? text : text.substring(0, colon));
        Optional<Long> hard = colon < 0 ? soft : one(assignment.key(), text.substring(colon + 1));
        if (soft.isPresent() && hard.isPresent() && isWithin(soft.get(), hard.get())) {
            return Optional.of(new Limit(soft.get(), hard.get(), assignment.span()));
        }
        reading.ignore(
                assignment,
                "Failed to parse resource value, ignoring: ",
                "a limit or soft:hard, the soft one not above the hard one, or infinity");
        return Optional.empty();
    }

    private static boolean isWithin(long soft, long hard) {
        return hard == Limit.INFINITE || (soft != Limit.INFINITE && soft <= hard);
    }

    private static Optional<Long> one(String key, String text) {
        if (text.equals("infinity")) {
            return Optional.of(Limit.INFINITE);
        }
        return switch (key) {
            case "LimitCPU" -> time(text).map(Duration::toSeconds);
            case "LimitRTTIME" -> isNumber(text) ? number(text, 1) : time(text).map(span -> span.toNanos() / 1000);
            case "LimitNICE" -> text.startsWith("+") || text.startsWith("-") ? nice(text) : number(text, 1);
            case "LimitFSIZE",
                    "LimitDATA",
                    "LimitSTACK",
                    "LimitCORE",
                    "LimitRSS",
                    "LimitAS",
                    "LimitMEMLOCK",
                    "LimitMSGQUEUE" -> size(text);
            default -> number(text, 1);
        };
    }

    private static Optional<Duration> time(String text) {
        return TimeSpan.parse(text).filter(span -> !span.equals(TimeSpan.INFINITY));
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /// Bytes, with `K`, `M` and so on in steps of 1024.
    static Optional<Long> size(String text) {
        int unit = text.isEmpty() ? -1 : UNITS.indexOf(text.charAt(text.length() - 1));
        return unit < 0
                ? number(text, 1)
                : number(text.substring(0, text.length() - 1).strip(), 1L << (10 * (unit + 1)));
    }

    private static Optional<Long> number(String text, long unit) {
        try {
            return isNumber(text) ? Optional.of(Math.multiplyExact(Long.parseLong(text), unit)) : Optional.empty();
        } catch (ArithmeticException | NumberFormatException tooLarge) {
            return Optional.empty();
        }
    }

    /// A nice level is kept as the kernel's ceiling, 20 minus it.
    private static Optional<Long> nice(String text) {
        return number(text.substring(1), 1)
                .map(level -> text.startsWith("-") ? NICE_CEILING + level : NICE_CEILING - level);
    }
}
