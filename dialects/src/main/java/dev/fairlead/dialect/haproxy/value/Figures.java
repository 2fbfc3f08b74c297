package dev.fairlead.dialect.haproxy.value;

import java.util.Optional;

/// Numbers and sizes.
public final class Figures {
    private Figures() {}

    /// Digits only, up to 18 of them.
    public static Optional<Long> whole(String text) {
        boolean isNumber =
                !text.isEmpty() && text.length() <= 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }

    /// The same with a sign in front.
    public static Optional<Long> signed(String text) {
        boolean isNegative = text.startsWith("-");
        return whole(isNegative || text.startsWith("+") ? text.substring(1) : text)
                .map(number -> isNegative ? -number : number);
    }

    public static Optional<Integer> between(String text, int least, int most) {
        return whole(text).filter(number -> number >= least && number <= most).map(Long::intValue);
    }

    /// Bytes, or a count: `100k`, `1m`, `2g`.
    public static Optional<Long> size(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        int shift = switch (text.charAt(text.length() - 1)) {
            case 'k', 'K' -> 10;
            case 'm', 'M' -> 20;
            case 'g', 'G' -> 30;
            default -> 0;
        };
        return whole(shift == 0 ? text : text.substring(0, text.length() - 1))
                .filter(number -> number <= Long.MAX_VALUE >> shift)
                .map(number -> number << shift);
    }
}
