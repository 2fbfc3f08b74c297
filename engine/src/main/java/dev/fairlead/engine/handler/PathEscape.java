package dev.fairlead.engine.handler;

/// Paths as they stand in a URL: bytes that mean something there, or nothing printable, become `%XX`.
public final class PathEscape {
    private static final String DIGITS = "0123456789ABCDEF";

    private PathEscape() {}

    /// A path: `/` and everything else that is at home in one stays.
    public static String path(String path) {
        return escape(path, " \"#%?<>\\^`{|}");
    }

    /// One segment of it: only letters, digits and `-._~` stay.
    static String segment(String name) {
        StringBuilder out = new StringBuilder(name.length() + 16);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean stays = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '-'
                    || c == '.'
                    || c == '_'
                    || c == '~';
            append(out, c, !stays);
        }
        return out.toString();
    }

    /// The bytes that `%XX` stand for; what is no such thing stays.
    public static String decode(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int high = c == '%' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = high >= 0 ? Character.digit(text.charAt(i + 2), 16) : -1;
            if (low >= 0) {
                out.append((char) ((high << 4) | low));
                i += 2;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static String escape(String text, String special) {
        for (int i = 0; i < text.length(); i++) {
            if (isSpecial(text.charAt(i), special)) {
                StringBuilder out = new StringBuilder(text.length() + 16);
                for (int j = 0; j < text.length(); j++) {
                    append(out, text.charAt(j), isSpecial(text.charAt(j), special));
                }
                return out.toString();
            }
        }
        return text;
    }

    private static boolean isSpecial(char c, String special) {
        return c < 0x20 || c >= 0x7f || special.indexOf(c) >= 0;
    }

    private static void append(StringBuilder out, char c, boolean escaped) {
        if (escaped) {
            out.append('%').append(DIGITS.charAt((c >> 4) & 0xf)).append(DIGITS.charAt(c & 0xf));
        } else {
            out.append(c);
        }
    }
}
