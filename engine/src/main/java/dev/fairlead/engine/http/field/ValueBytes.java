package dev.fairlead.engine.http.field;

import dev.fairlead.time.AllowForbidden;

/// How texts of ours get into heads: each character as a byte (ISO-8859-1), and none that could start a new line.
public final class ValueBytes {
    private ValueBytes() {}

    /// CR, LF and NUL become spaces, characters beyond a byte their low one before that.
    ///
    /// @param into has room for as many bytes as there are characters
    @SuppressWarnings("deprecation")
    @AllowForbidden("the one copy of the low bytes that makes no array; wire texts have no others")
    public static void put(CharSequence value, byte[] into, int start) {
        int end = start + value.length();
        if (value instanceof String text) {
            text.getBytes(0, text.length(), into, start);
        } else {
            for (int i = start; i < end; i++) {
                into[i] = (byte) value.charAt(i - start);
            }
        }
        for (int i = start; i < end; i++) {
            byte c = into[i];
            if (c == '\r' || c == '\n' || c == 0) {
                into[i] = ' ';
            }
        }
    }
}
