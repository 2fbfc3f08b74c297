package dev.fairlead.engine.convert;

import dev.fairlead.engine.match.NumberSet;
import dev.fairlead.model.text.Conversion.Operator;
import java.util.Locale;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/// Sums of whole numbers of 64 bits. A text counts as the number it begins with, or as 0; the empty text has
/// none. What becomes too large or too small is the largest or smallest there is.
public final class Numbers {
    private Numbers() {}

    static boolean isNumber(String text) {
        return NumberSet.parse(text) != NumberSet.NO_NUMBER;
    }

    /// Whether it begins with a number other than 0.
    public static boolean isTrue(String text) {
        long number = NumberSet.leading(text);
        return number != NumberSet.NO_NUMBER && number != 0;
    }

    static @Nullable String with(String text, LongUnaryOperator operator) {
        long number = NumberSet.leading(text);
        return number == NumberSet.NO_NUMBER ? null : Long.toString(operator.applyAsLong(number));
    }

    /// @return null if one of them is empty
    public static @Nullable String computed(Operator operator, String left, String right) {
        long a = NumberSet.leading(left);
        long b = NumberSet.leading(right);
        if (a == NumberSet.NO_NUMBER || b == NumberSet.NO_NUMBER) {
            return null;
        }
        return Long.toString(
                switch (operator) {
                    case ADD -> sum(a, b);
                    case SUBTRACT -> difference(a, b);
                    case MULTIPLY -> product(a, b);
                    case DIVIDE -> b == 0 ? Long.MAX_VALUE : b == -1 ? difference(0, a) : a / b;
                    case REMAINDER -> b == 0 || b == -1 ? 0 : a % b;
                    case AND -> a & b;
                    case OR -> a | b;
                    case XOR -> a ^ b;
                });
    }

    /// @param digits fewest of them
    /// @return null if it is no number
    public static @Nullable String hexadecimal(String text, int digits) {
        long number = NumberSet.leading(text);
        return number == NumberSet.NO_NUMBER ? null : String.format(Locale.ROOT, "%0" + digits + "X", number);
    }

    private static long sum(long a, long b) {
        long sum = a + b;
        return ((a ^ sum) & (b ^ sum)) < 0 ? end(a < 0) : sum;
    }

    private static long difference(long a, long b) {
        long difference = a - b;
        return ((a ^ b) & (a ^ difference)) < 0 ? end(a < 0) : difference;
    }

    private static long product(long a, long b) {
        long high = Math.multiplyHigh(a, b);
        long low = a * b;
        boolean fits = (high == 0 && low >= 0) || (high == -1 && low < 0);
        return fits ? low : end((a < 0) != (b < 0));
    }

    private static long end(boolean isNegative) {
        return isNegative ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
}
