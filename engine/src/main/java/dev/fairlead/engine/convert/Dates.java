package dev.fairlead.engine.convert;

import dev.fairlead.engine.http.field.HttpDate;
import dev.fairlead.engine.match.NumberSet;
import dev.fairlead.model.text.Conversion;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Seconds since 1970 in the form of a format for strftime(3).
public final class Dates implements Converter {
    private static final long MOST_SECONDS = 253_402_300_799L;

    private final DateTimeFormatter format;
    private final ZoneId zone;
    private final Duration offset;

    /// @param format conversions that are not known stand for themselves
    public Dates(String format, boolean utc, Duration offset) {
        this.format = formatter(format);
        this.zone = utc ? ZoneOffset.UTC : ZoneId.systemDefault();
        this.offset = offset;
    }

    @Override
    public @Nullable String of(String text) {
        long seconds = seconds(text, offset);
        return seconds == NumberSet.NO_NUMBER
                ? null
                : format.format(ZonedDateTime.ofInstant(Instant.ofEpochSecond(seconds), zone));
    }

    public static @Nullable String http(String text, Conversion.HttpDate how) {
        int whole = Math.max(0, text.length() - how.digits());
        long seconds = seconds(whole == 0 ? "0" : text.substring(0, whole), Duration.ZERO);
        if (seconds == NumberSet.NO_NUMBER || NumberSet.parse(text) < 0) {
            return null;
        }
        if (how.digits() == 0) {
            return HttpDate.text(Math.clamp(seconds + how.offset().toSeconds(), 0, MOST_SECONDS));
        }
        long unit = Math.powExact(10L, how.digits());
        long nanos = 1_000_000_000 / unit;
        Duration moment = Duration.ofSeconds(seconds, NumberSet.parse(text) % unit * nanos)
                .plus(how.offset());
        long told = Math.clamp(moment.toSeconds(), 0, MOST_SECONDS);
        String fraction = Long.toString(unit + moment.toNanosPart() / nanos).substring(1);
        return HttpDate.text(told).replace(" GMT", "." + fraction + " GMT");
    }

    private static long seconds(String text, Duration offset) {
        long seconds = NumberSet.parse(text);
        boolean isSound = seconds >= 0 && seconds <= MOST_SECONDS;
        return isSound ? Math.clamp(seconds + offset.toSeconds(), 0, MOST_SECONDS) : NumberSet.NO_NUMBER;
    }

    private static DateTimeFormatter formatter(String format) {
        DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                builder.appendLiteral(c);
            } else {
                append(format.charAt(++i), builder);
            }
        }
        return builder.toFormatter(Locale.ROOT);
    }

    private static void append(char conversion, DateTimeFormatterBuilder builder) {
        switch (conversion) {
            case '%' -> builder.appendLiteral('%');
            case 'n' -> builder.appendLiteral('\n');
            case 't' -> builder.appendLiteral('\t');
            case 'e' -> builder.padNext(2).appendPattern("d");
            case 's' -> builder.appendValue(ChronoField.INSTANT_SECONDS);
            case 'u' -> builder.appendValue(ChronoField.DAY_OF_WEEK);
            default -> {
                String pattern = pattern(conversion);
                if (pattern.isEmpty()) {
                    builder.appendLiteral('%').appendLiteral(conversion);
                } else {
                    builder.appendPattern(pattern);
                }
            }
        }
    }

    private static String pattern(char conversion) {
        return switch (conversion) {
            case 'a' -> "EEE";
            case 'A' -> "EEEE";
            case 'b', 'h' -> "MMM";
            case 'B' -> "MMMM";
            case 'c' -> "EEE MMM ppd HH:mm:ss yyyy";
            case 'd' -> "dd";
            case 'D', 'x' -> "MM/dd/yy";
            case 'F' -> "yyyy-MM-dd";
            case 'H' -> "HH";
            case 'I' -> "hh";
            case 'j' -> "DDD";
            case 'm' -> "MM";
            case 'M' -> "mm";
            case 'p' -> "a";
            case 'R' -> "HH:mm";
            case 'S' -> "ss";
            case 'T', 'X' -> "HH:mm:ss";
            case 'y' -> "yy";
            case 'Y' -> "yyyy";
            case 'z' -> "xx";
            case 'Z' -> "zzz";
            default -> "";
        };
    }
}
