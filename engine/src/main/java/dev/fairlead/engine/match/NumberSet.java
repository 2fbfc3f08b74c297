package dev.fairlead.engine.match;

import dev.fairlead.model.text.NumberRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Ranges of whole numbers.
public final class NumberSet {
    /// What is no number.
    public static final long NO_NUMBER = Long.MIN_VALUE;

    private final long[] least;
    private final long[] most;

    private NumberSet(List<NumberRange> apart) {
        least = apart.stream().mapToLong(NumberRange::least).toArray();
        most = apart.stream().mapToLong(NumberRange::most).toArray();
    }

    public static NumberSet of(List<NumberRange> ranges) {
        List<NumberRange> sorted = ranges.stream()
                .filter(range -> range.least() <= range.most())
                .sorted(Comparator.comparingLong(NumberRange::least))
                .toList();
        List<NumberRange> apart = new ArrayList<>();
        for (NumberRange range : sorted) {
            if (!apart.isEmpty() && range.least() <= apart.getLast().most()) {
                NumberRange before = apart.removeLast();
                apart.add(new NumberRange(before.least(), Math.max(before.most(), range.most())));
            } else {
                apart.add(range);
            }
        }
        return new NumberSet(apart);
    }

    /// @param number [#NO_NUMBER] is in no range
    public boolean contains(long number) {
        if (number == NO_NUMBER) {
            return false;
        }
        int low = 0;
        int high = least.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (number < least[middle]) {
                high = middle - 1;
            } else if (number > most[middle]) {
                low = middle + 1;
            } else {
                return true;
            }
        }
        return false;
    }

    /// The decimal number that the bytes begin with, 0 if they begin with none; [#NO_NUMBER] if there are no
    /// bytes. What is too large or too small is the largest or smallest there is.
    public static long leading(byte[] bytes, int from, int to) {
        if (from == to) {
            return NO_NUMBER;
        }
        boolean isNegative = bytes[from] == '-';
        long value = 0;
        for (int i = isNegative || bytes[from] == '+' ? from + 1 : from; i < to; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            value = more(value, digit);
        }
        return isNegative ? -value : value;
    }

    /// The same of a text.
    public static long leading(String text) {
        if (text.isEmpty()) {
            return NO_NUMBER;
        }
        char first = text.charAt(0);
        long value = 0;
        for (int i = first == '-' || first == '+' ? 1 : 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            value = more(value, digit);
        }
        return first == '-' ? -value : value;
    }

    private static long more(long value, int digit) {
        return value > (Long.MAX_VALUE - digit) / 10 ? Long.MAX_VALUE : value * 10 + digit;
    }

    /// The decimal number that the text is, [#NO_NUMBER] if it is none of 64 bits.
    public static long parse(String text) {
        int from = !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
        if (from == text.length()) {
            return NO_NUMBER;
        }
        long value = 0;
        for (int i = from; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9 || value > (Long.MAX_VALUE - digit) / 10) {
                return NO_NUMBER;
            }
            value = value * 10 + digit;
        }
        return text.charAt(0) == '-' ? -value : value;
    }
}
