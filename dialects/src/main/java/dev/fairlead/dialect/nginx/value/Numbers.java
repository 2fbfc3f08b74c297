package dev.fairlead.dialect.nginx.value;

import java.util.Optional;

/// Numbers and sizes as nginx writes them.
public final class Numbers {
    private Numbers() {}

    /// Digits only, not negative.
    public static Optional<Long> parse(String text) {
        if (text.isEmpty() || text.length() > 18 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        return Optional.of(Long.parseLong(text));
    }

    public static Optional<Integer> parseInt(String text) {
        return parse(text).filter(number -> number <= Integer.MAX_VALUE).map(Long::intValue);
    }

    /// Bytes: `8192`, `8k`, `1m`; with `gigabytes` also `2g`.
    public static Optional<Long> size(String text, boolean gigabytes) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        int shift = switch (text.charAt(text.length() - 1)) {
            case 'k', 'K' -> 10;
            case 'm', 'M' -> 20;
            case 'g', 'G' -> gigabytes ? 30 : -1;
            default -> 0;
        };
        if (shift < 0) {
            return Optional.empty();
        }
        return parse(shift == 0 ? text : text.substring(0, text.length() - 1))
                .filter(number -> number <= Long.MAX_VALUE >> shift)
                .map(number -> number << shift);
    }

    /// A decimal number with up to so many digits behind the point, as a whole number of the smallest step.
    public static Optional<Integer> fixedPoint(String text, int decimals) {
        int dot = text.indexOf('.');
        String whole = dot < 0 ? text : text.substring(0, dot);
        String fraction = dot < 0 ? "" : text.substring(dot + 1);
        if (fraction.length() > decimals || (whole.isEmpty() && fraction.isEmpty())) {
            return Optional.empty();
        }
        return parseInt(whole + fraction + "0".repeat(decimals - fraction.length()));
    }
}
