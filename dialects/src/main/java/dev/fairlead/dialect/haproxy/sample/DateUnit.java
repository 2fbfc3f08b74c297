package dev.fairlead.dialect.haproxy.sample;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/// What a number of time counts, as the arguments of `date` and `http_date` say it.
enum DateUnit {
    SECONDS(ChronoUnit.SECONDS, 0),
    MILLISECONDS(ChronoUnit.MILLIS, 3),
    MICROSECONDS(ChronoUnit.MICROS, 6);

    private final ChronoUnit unit;
    private final int digits;

    DateUnit(ChronoUnit unit, int digits) {
        this.unit = unit;
        this.digits = digits;
    }

    Duration duration(long count) {
        return Duration.of(count, unit);
    }

    /// How many digits of a number are a fraction of a second.
    int digits() {
        return digits;
    }

    /// @throws IllegalArgumentException if it is none
    static DateUnit of(Call call, int index) {
        return of(call, index, SECONDS);
    }

    /// @param usual where there is no such argument
    static DateUnit of(Call call, int index, DateUnit usual) {
        return switch (call.arg(index)) {
            case "" -> usual;
            case "s" -> SECONDS;
            case "ms" -> MILLISECONDS;
            case "us" -> MICROSECONDS;
            default ->
                throw new IllegalArgumentException(
                        "'" + call.name() + "' expects 's', 'ms' or 'us', not '" + call.arg(index) + "'");
        };
    }
}
