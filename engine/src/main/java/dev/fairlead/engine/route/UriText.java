package dev.fairlead.engine.route;

/// Percent-encoding as nginx does it when it puts paths and captures into addresses.
final class UriText {
    private static final String HEX = "0123456789ABCDEF";

    private UriText() {}

    /// A decoded path, fit for a Location field.
    static String escapePath(String path) {
        return escape(path, " \"#%<>?\\^`{|}");
    }

    /// A part of a decoded path, fit for a query string.
    static String escapeArgument(String text) {
        return escape(text, " \"#%&+;<>?\\^`{|}");
    }

    private static String escape(String text, String special) {
        for (int i = 0; i < text.length(); i++) {
            if (isSpecial(text.charAt(i), special)) {
                return escapeFrom(i, text, special);
            }
        }
        return text;
    }

    private static String escapeFrom(int first, String text, String special) {
        StringBuilder out = new StringBuilder(text.length() + 16).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isSpecial(c, special)) {
                out.append('%').append(HEX.charAt(c >> 4 & 15)).append(HEX.charAt(c & 15));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static boolean isSpecial(char c, String special) {
        return c < 0x20 || c >= 0x7f || special.indexOf(c) >= 0;
    }

    /// Decodes what a redirect need not encode: printable characters above `%`, up to the first question mark.
    static String unescapeRedirect(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '?') {
                return out.append(text, i, text.length()).toString();
            }
            if (c != '%') {
                out.append(c);
                continue;
            }
            int high = i + 1 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
            if (high < 0 || low < 0) {
                // nginx drops the percent sign of what is not a code.
                continue;
            }
            char decoded = (char) (high << 4 | low);
            if (decoded == '?') {
                return out.append('?').append(text, i + 3, text.length()).toString();
            }
            if (decoded > '%' && decoded < 0x7f) {
                out.append(decoded);
            } else {
                out.append(text, i, i + 3);
            }
            i += 2;
        }
        return out.toString();
    }

    /// With every escape decoded; a percent sign that begins none stays.
    static String decode(String text) {
        int percent = text.indexOf('%');
        if (percent < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length()).append(text, 0, percent);
        for (int i = percent; i < text.length(); i++) {
            int high = text.charAt(i) == '%' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
            if (low < 0) {
                out.append(text.charAt(i));
            } else {
                out.append((char) (high << 4 | low));
                i += 2;
            }
        }
        return out.toString();
    }

    /// Blanks and control characters encoded, everything else as it is.
    static String encodeBlanks(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c == 0x7f) {
                out.append('%').append(HEX.charAt(c >> 4 & 15)).append(HEX.charAt(c & 15));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
