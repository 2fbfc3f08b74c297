package dev.fairlead.dialect.systemd.text;

import java.util.Optional;

/// C's escapes, as far as systemd reads them: the usual letters, `s` for a blank, a byte as `x` and two
/// hexadecimal or as three octal digits, a character as `u` and four or `U` and eight hexadecimal digits. A
/// zero is none.
public final class Escapes {
    private static final String LETTERS = "abfnrtvs\\\"'";
    private static final String MEANINGS = "\u0007\b\f\n\r\t\u000b \\\"'";

    private Escapes() {}

    /// Reads what stands behind a backslash.
    ///
    /// @return how many characters that was; 0 if it is no escape
    public static int read(String text, int at, Bytes out) {
        char kind = text.charAt(at);
        int letter = LETTERS.indexOf(kind);
        if (letter >= 0) {
            out.character(MEANINGS.charAt(letter));
            return 1;
        }
        return switch (kind) {
            case 'x' -> number(text, at + 1, 2, 16, out, true);
            case 'u' -> number(text, at + 1, 4, 16, out, false);
            case 'U' -> number(text, at + 1, 8, 16, out, false);
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                int length = number(text, at, 3, 8, out, true);
                yield length == 0 ? 0 : length - 1;
            }
            default -> 0;
        };
    }

    /// A text with all its escapes replaced; empty where something behind a backslash is none.
    public static Optional<String> all(String escaped) {
        StringBuilder text = new StringBuilder();
        Bytes out = new Bytes(text);
        for (int i = 0; i < escaped.length(); i++) {
            if (escaped.charAt(i) != '\\') {
                out.character(escaped.charAt(i));
                continue;
            }
            int length = i + 1 < escaped.length() ? read(escaped, i + 1, out) : 0;
            if (length == 0) {
                return Optional.empty();
            }
            i += length;
        }
        out.flush();
        return Optional.of(text.toString());
    }

    private static int number(String text, int from, int digits, int radix, Bytes out, boolean isByte) {
        long number = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = i < text.length() ? Character.digit(text.charAt(i), radix) : -1;
            if (digit < 0) {
                return 0;
            }
            number = number * radix + digit;
        }
        if (number == 0 || number > (isByte ? 0xff : Character.MAX_CODE_POINT)) {
            return 0;
        }
        if (isByte) {
            out.octet((int) number);
        } else {
            out.character((int) number);
        }
        return digits + 1;
    }
}
