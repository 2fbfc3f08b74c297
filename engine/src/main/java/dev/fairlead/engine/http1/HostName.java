package dev.fairlead.engine.http1;

import dev.fairlead.engine.compile.Text;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads the value of a Host field, or the authority of a target.
final class HostName {
    private HostName() {}

    /// Lower case, without port and trailing dot. What stands behind the host is checked to be a port.
    ///
    /// @return null if it is not sound
    static @Nullable String parse(byte[] bytes, int start, int end) {
        int hostEnd = bytes.length > start && end > start && bytes[start] == '['
                ? literalEnd(bytes, start, end)
                : nameEnd(bytes, start, end);
        if (hostEnd < 0 || !isPort(bytes, hostEnd, end)) {
            return null;
        }
        if (hostEnd > start && bytes[hostEnd - 1] == '.') {
            hostEnd--;
        }
        if (hostEnd == start) {
            return null;
        }
        return Text.lowerCase(new String(bytes, start, hostEnd - start, StandardCharsets.ISO_8859_1));
    }

    private static int literalEnd(byte[] bytes, int start, int end) {
        for (int i = start + 1; i < end; i++) {
            int c = bytes[i];
            if (c == ']') {
                return i + 1;
            }
            if (c <= 0x20 || c == 0x7f || c == '/') {
                return -1;
            }
        }
        return -1;
    }

    private static int nameEnd(byte[] bytes, int start, int end) {
        for (int i = start; i < end; i++) {
            int c = bytes[i] & 0xff;
            if (c == ':') {
                return i;
            }
            boolean isDoubleDot = c == '.' && i > start && bytes[i - 1] == '.';
            if (c <= 0x20 || c == 0x7f || c == '/' || isDoubleDot || isDelimiter(c)) {
                return -1;
            }
        }
        return end;
    }

    /// Characters that would end the authority, or start user information, in a URL.
    private static boolean isDelimiter(int c) {
        return c == '?' || c == '#' || c == '@' || c == '\\' || c == ',';
    }

    private static boolean isPort(byte[] bytes, int from, int end) {
        if (from == end) {
            return true;
        }
        if (bytes[from] != ':' || end - from > 6) {
            return false;
        }
        for (int i = from + 1; i < end; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return false;
            }
        }
        return true;
    }
}
