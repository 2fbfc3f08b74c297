package dev.fairlead.engine.http.field;

import java.nio.charset.StandardCharsets;

/// Dates as HTTP has them (RFC 9110, section 5.6.7): one form is written, three are read. Weekdays are not
/// looked at, nor is what follows the time.
public final class HttpDate {
    /// What [#parse] says of a text that is no date.
    public static final long INVALID = -1;

    private static final String DAYS = "ThuFriSatSunMonTueWed";
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final int[] LENGTHS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private final byte[] text;
    private final int end;
    private int at;

    private HttpDate(byte[] text, int start, int end) {
        this.text = text;
        this.at = start;
        this.end = end;
    }

    /// `Sun, 06 Nov 1994 08:49:37 GMT`
    ///
    /// @param seconds since 1970
    public static String text(long seconds) {
        long days = Math.floorDiv(seconds, 86400);
        int rest = Math.floorMod(seconds, 86400);
        // Civil date from a count of days, with years that begin in March.
        long z = days + 719468;
        long era = Math.floorDiv(z, 146097);
        long dayOfEra = z - era * 146097;
        long yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
        long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int shifted = (int) ((5 * dayOfYear + 2) / 153);
        int day = (int) (dayOfYear - (153L * shifted + 2) / 5) + 1;
        int month = shifted < 10 ? shifted + 3 : shifted - 9;
        long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        int weekday = Math.floorMod(days, 7);
        StringBuilder out = new StringBuilder(29);
        out.append(DAYS, weekday * 3, weekday * 3 + 3).append(", ");
        two(out, day).append(' ').append(MONTHS, month * 3 - 3, month * 3).append(' ');
        two(two(out, (int) (year / 100)), (int) (year % 100)).append(' ');
        two(out, rest / 3600).append(':');
        two(out, rest / 60 % 60).append(':');
        return two(out, rest % 60).append(" GMT").toString();
    }

    private static StringBuilder two(StringBuilder out, int number) {
        return out.append((char) ('0' + number / 10 % 10)).append((char) ('0' + number % 10));
    }

    /// Seconds since 1970, or [#INVALID].
    public static long parse(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return parse(bytes, 0, bytes.length);
    }

    /// Seconds since 1970, or [#INVALID].
    public static long parse(byte[] text, int start, int end) {
        int at = start;
        while (at < end && text[at] != ',' && text[at] != ' ') {
            at++;
        }
        if (at == end) {
            return INVALID;
        }
        boolean comma = text[at] == ',';
        at++;
        while (at < end && text[at] == ' ') {
            at++;
        }
        if (end - at < 18) {
            return INVALID;
        }
        HttpDate date = new HttpDate(text, at, end);
        return comma ? date.dayFirst() : date.monthFirst();
    }

    /// `06 Nov 1994 08:49:37` or `06-Nov-94 08:49:37`
    private long dayFirst() {
        int day = number(2);
        int separator = next();
        int month = month();
        if ((separator != ' ' && separator != '-') || next() != separator) {
            return INVALID;
        }
        int year = number(separator == ' ' ? 4 : 2);
        if (separator == '-' && year >= 0) {
            year += year < 70 ? 2000 : 1900;
        }
        if (next() != ' ') {
            return INVALID;
        }
        return seconds(year, month, day, time());
    }

    /// `Nov  6 08:49:37 1994`
    private long monthFirst() {
        int month = month();
        if (next() != ' ') {
            return INVALID;
        }
        if (at < end && text[at] == ' ') {
            at++;
        }
        int day = at + 1 < end && text[at + 1] == ' ' ? number(1) : number(2);
        if (next() != ' ') {
            return INVALID;
        }
        int time = time();
        if (next() != ' ') {
            return INVALID;
        }
        return seconds(number(4), month, day, time);
    }

    /// Seconds of the day, or less than zero.
    private int time() {
        int hour = number(2);
        int first = next();
        int minute = number(2);
        int second = next();
        int seconds = number(2);
        boolean sound = first == ':' && second == ':' && hour <= 23 && minute <= 59 && seconds <= 59;
        return sound && hour >= 0 && minute >= 0 && seconds >= 0 ? hour * 3600 + minute * 60 + seconds : -1;
    }

    private int month() {
        if (end - at < 3) {
            return -1;
        }
        String name = new String(text, at, 3, StandardCharsets.ISO_8859_1);
        at += 3;
        int index = MONTHS.indexOf(name);
        return index % 3 == 0 ? index / 3 : -1;
    }

    private int number(int digits) {
        int value = 0;
        for (int i = 0; i < digits; i++) {
            int digit = next() - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private int next() {
        return at < end ? text[at++] : -1;
    }

    private static long seconds(int year, int month, int day, int time) {
        if (year < 0 || month < 0 || time < 0 || day < 0 || day > LENGTHS[month]) {
            return INVALID;
        }
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        if (month == 1 && day == 29 && !leap) {
            return INVALID;
        }
        long y = month < 2 ? year - 1L : year;
        int monthFromMarch = (month + 10) % 12;
        long days = 365 * y + y / 4 - y / 100 + y / 400 + (monthFromMarch * 153L + 2) / 5 + day - 1 - 719468;
        return days * 86400 + time;
    }
}
