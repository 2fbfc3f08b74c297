package dev.fairlead.engine.upstream.answer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Strings of bytes that come again and again, such as content types: made once. A newcomer takes the place of
/// whoever sat in its slot. Belongs to one event loop.
public final class TextCache {
    private static final int SLOTS = 128;
    private static final int LONGEST = 96;

    private final byte[][] keys = new byte[SLOTS][];
    private final @Nullable String[] texts = new @Nullable String[SLOTS];

    String text(byte[] bytes, int start, int end) {
        if (start == end) {
            return "";
        }
        int length = end - start;
        int slot = (bytes[start] * 31 + bytes[end - 1] * 7 + bytes[start + length / 2] * 131 + length) & (SLOTS - 1);
        String known = texts[slot];
        if (known != null && Arrays.equals(keys[slot], 0, keys[slot].length, bytes, start, end)) {
            return known;
        }
        String made = new String(bytes, start, length, StandardCharsets.ISO_8859_1);
        if (length <= LONGEST) {
            keys[slot] = Arrays.copyOfRange(bytes, start, end);
            texts[slot] = made;
        }
        return made;
    }
}
