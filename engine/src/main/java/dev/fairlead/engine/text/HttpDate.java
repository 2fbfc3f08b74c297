package dev.fairlead.engine.text;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;

/// Dates as header fields show them (RFC 9110, section 5.6.7): `Tue, 10 Oct 2000 20:55:36 GMT`. Written out here,
/// because Java's formatter looks into its tables of languages first, which the first answer would wait for.
public final class HttpDate {
    private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

    private HttpDate() {}

    /// @param second since 1970
    public static String text(long second) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
        StringBuilder text = new StringBuilder(32)
                .append(DAYS.get(time.getDayOfWeek().getValue() - 1))
                .append(", ");
        two(text, time.getDayOfMonth())
                .append(' ')
                .append(MONTHS.get(time.getMonthValue() - 1))
                .append(' ');
        two(text, time.getYear() / 100);
        two(text, time.getYear() % 100).append(' ');
        two(text, time.getHour()).append(':');
        two(text, time.getMinute()).append(':');
        return two(text, time.getSecond()).append(" GMT").toString();
    }

    private static StringBuilder two(StringBuilder text, int number) {
        return (number < 10 ? text.append('0') : text).append(number);
    }
}
