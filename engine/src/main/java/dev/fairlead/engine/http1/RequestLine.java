package dev.fairlead.engine.http1;

import dev.fairlead.engine.http.Method;
import dev.fairlead.engine.http.RequestHead;
import dev.fairlead.engine.http.RequestTarget;
import dev.fairlead.model.http.HeadReading;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads request lines. Runs of spaces between the parts count as one, as in nginx; nothing else is forgiven.
final class RequestLine {
    private final LoopState loop;
    private int status;
    private String reason = "";

    RequestLine(LoopState loop) {
        this.loop = loop;
    }

    /// Why the last line was refused.
    int status() {
        return status;
    }

    String reason() {
        return reason;
    }

    /// Whether the bytes may be the beginning of a request line.
    static boolean mayStart(byte[] bytes, int start, int end) {
        for (int i = start; i < end; i++) {
            if (!isMethodCharacter(bytes[i])) {
                return (bytes[i] == ' ' && i > start) || (bytes[i] == '\r' && i == start && end == start + 1);
            }
        }
        return true;
    }

    private static boolean isMethodCharacter(byte c) {
        return (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
    }

    /// @param end where the line ends, in front of its CR
    /// @return whether it is sound
    boolean parse(byte[] bytes, int start, int end, HeadReading reading, RequestHead head) {
        int at = start;
        while (at < end && isMethodCharacter(bytes[at])) {
            at++;
        }
        if (at == start || at == end || bytes[at] != ' ') {
            return refuse(400, "client sent invalid method");
        }
        Method method = Method.of(bytes, start, at);
        String methodText = method == Method.OTHER ? text(bytes, start, at) : method.name();
        int targetStart = skipSpaces(bytes, at, end);
        int targetEnd = targetStart;
        int hash = 1;
        while (targetEnd < end && bytes[targetEnd] != ' ') {
            hash = hash * 31 + bytes[targetEnd++];
        }
        if (targetEnd == targetStart) {
            return refuse(400, "client sent invalid request");
        }
        int minor = version(bytes, skipSpaces(bytes, targetEnd, end), end);
        if (minor < 0) {
            return false;
        }
        RequestTarget target = target(method, bytes, targetStart, targetEnd, hash, reading);
        if (target == null) {
            return refuse(400, "client sent invalid request");
        }
        head.line(method, methodText, target, minor);
        return true;
    }

    private @Nullable RequestTarget target(
            Method method, byte[] bytes, int start, int end, int hash, HeadReading reading) {
        if (method == Method.CONNECT) {
            return TargetParser.authority(bytes, start, end);
        }
        TextCache<RequestTarget> cache = loop.targets(reading);
        RequestTarget known = cache.find(bytes, start, end, hash);
        if (known != null) {
            return known;
        }
        RequestTarget target = TargetParser.parse(bytes, start, end, reading);
        boolean isMisplacedAsterisk = target != null && target.path().equals("*") && method != Method.OPTIONS;
        if (target == null || isMisplacedAsterisk) {
            return null;
        }
        if (bytes[start] != '*') {
            cache.put(bytes, start, end, hash, target);
        }
        return target;
    }

    /// @return the minor version, or -1 once the reason for refusing is noted
    private int version(byte[] bytes, int start, int end) {
        int last = end;
        while (last > start && bytes[last - 1] == ' ') {
            last--;
        }
        boolean isHttp = last - start >= 8
                && bytes[start] == 'H'
                && bytes[start + 1] == 'T'
                && bytes[start + 2] == 'T'
                && bytes[start + 3] == 'P'
                && bytes[start + 4] == '/'
                && isDigit(bytes[start + 5])
                && bytes[start + 6] == '.'
                && isDigit(bytes[start + 7]);
        if (!isHttp || last - start != 8 || bytes[start + 5] == '0') {
            refuse(400, "client sent invalid version");
            return -1;
        }
        if (bytes[start + 5] != '1') {
            refuse(505, "client sent invalid version");
            return -1;
        }
        // A later minor version is answered as the latest one we know (RFC 9110, section 2.5).
        return Math.min(1, bytes[start + 7] - '0');
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }

    private static int skipSpaces(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && bytes[at] == ' ') {
            at++;
        }
        return at;
    }

    private boolean refuse(int with, String why) {
        status = with;
        reason = why;
        return false;
    }

    private static String text(byte[] bytes, int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }
}
