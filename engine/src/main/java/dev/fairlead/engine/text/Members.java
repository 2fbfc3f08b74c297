package dev.fairlead.engine.text;

import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/// The members of comma-separated lists in header fields (RFC 9110, section 5.6.1). Commas inside double quotes
/// separate nothing.
public final class Members {
    private Members() {}

    static boolean any(byte[] bytes, int from, int to, Subject.BytesTest test) {
        int start = from;
        while (start <= to) {
            int comma = end(bytes, start, to);
            int first = start;
            int behind = comma;
            while (first < behind && isSpace(bytes[first])) {
                first++;
            }
            while (behind > first && isSpace(bytes[behind - 1])) {
                behind--;
            }
            if (test.holds(bytes, first, behind)) {
                return true;
            }
            start = comma + 1;
        }
        return false;
    }

    /// Where the member that begins there ends: at a comma, or at the end.
    static int end(byte[] bytes, int from, int to) {
        boolean isQuoted = false;
        for (int i = from; i < to; i++) {
            int c = bytes[i];
            if (c == '"') {
                isQuoted = !isQuoted;
            } else if (c == '\\' && isQuoted) {
                i++;
            } else if (c == ',' && !isQuoted) {
                return i;
            }
        }
        return to;
    }

    /// The list with each member replaced; what stands between members stays as it is.
    public static String mapped(String list, UnaryOperator<String> change) {
        byte[] bytes = list.getBytes(StandardCharsets.ISO_8859_1);
        StringBuilder out = new StringBuilder(list.length() + 32);
        int start = 0;
        while (start <= bytes.length) {
            int comma = end(bytes, start, bytes.length);
            int first = start;
            int behind = comma;
            while (first < behind && isSpace(bytes[first])) {
                first++;
            }
            while (behind > first && isSpace(bytes[behind - 1])) {
                behind--;
            }
            out.append(list, start, first).append(change.apply(list.substring(first, behind)));
            out.append(list, behind, comma);
            if (comma < bytes.length) {
                out.append(',');
            }
            start = comma + 1;
        }
        return out.toString();
    }

    static boolean isSpace(int c) {
        return c == ' ' || c == '\t';
    }
}
