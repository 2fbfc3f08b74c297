package dev.fairlead.engine.http1;

import dev.fairlead.engine.http.RequestTarget;
import dev.fairlead.model.http.HeadReading;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Takes request targets apart (RFC 9112, section 3.2) and normalises their paths the way nginx does: percent
/// escapes decoded, dot segments removed, slashes merged where asked for, the fragment cut off.
final class TargetParser {
    private static final byte[] HTTP = {'h', 't', 't', 'p'};

    private TargetParser() {}

    /// The origin, absolute or asterisk form.
    ///
    /// @return null if it is none of them, or its path is not sound
    static @Nullable RequestTarget parse(byte[] bytes, int start, int end, HeadReading reading) {
        for (int i = start; i < end; i++) {
            int c = bytes[i] & 0xff;
            if (c <= 0x20 || c == 0x7f) {
                return null;
            }
        }
        if (end - start == 1 && bytes[start] == '*') {
            return new RequestTarget("*", "*", "", false, "", "*", true);
        }
        if (bytes[start] == '/') {
            return origin(text(bytes, start, end), "", bytes, start, end, reading);
        }
        return absolute(bytes, start, end, reading);
    }

    /// The authority form, for CONNECT.
    static @Nullable RequestTarget authority(byte[] bytes, int start, int end) {
        String text = text(bytes, start, end);
        int colon = text.lastIndexOf(':');
        boolean hasPort = colon > 0 && colon < text.length() - 1 && areDigits(text, colon + 1);
        if (!hasPort || HostName.parse(bytes, start, end) == null) {
            return null;
        }
        return new RequestTarget(text, "", "", false, text, text, true);
    }

    private static boolean areDigits(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static @Nullable RequestTarget absolute(byte[] bytes, int start, int end, HeadReading reading) {
        int authority = afterScheme(bytes, start, end);
        if (authority < 0) {
            return null;
        }
        int path = authority;
        while (path < end && bytes[path] != '/' && bytes[path] != '?' && bytes[path] != '#') {
            path++;
        }
        if (path == authority) {
            return null;
        }
        String raw = text(bytes, start, end);
        String host = text(bytes, authority, path);
        if (host.indexOf('@') >= 0) {
            return null;
        }
        if (path < end && bytes[path] == '/') {
            return origin(raw, host, bytes, path, end, reading);
        }
        byte[] withSlash = new byte[end - path + 1];
        withSlash[0] = '/';
        System.arraycopy(bytes, path, withSlash, 1, end - path);
        return origin(raw, host, withSlash, 0, withSlash.length, reading);
    }

    /// @return where the authority starts, or -1 if there is no scheme of HTTP
    private static int afterScheme(byte[] bytes, int start, int end) {
        int at = start;
        for (byte expected : HTTP) {
            if (at == end || (bytes[at++] | 0x20) != expected) {
                return -1;
            }
        }
        if (at < end && (bytes[at] | 0x20) == 's') {
            at++;
        }
        boolean follows = at + 3 <= end && bytes[at] == ':' && bytes[at + 1] == '/' && bytes[at + 2] == '/';
        return follows ? at + 3 : -1;
    }

    private static @Nullable RequestTarget origin(
            String raw, String authority, byte[] bytes, int start, int end, HeadReading reading) {
        int pathEnd = start;
        while (pathEnd < end && bytes[pathEnd] != '?' && bytes[pathEnd] != '#') {
            pathEnd++;
        }
        boolean hasQuery = pathEnd < end && bytes[pathEnd] == '?';
        int queryEnd = pathEnd;
        while (queryEnd < end && bytes[queryEnd] != '#') {
            queryEnd++;
        }
        if (reading.pathsAsReceived() && queryEnd < end) {
            // Nothing is cut off: a fragment is for the client itself.
            return null;
        }
        // Mostly there is neither an authority nor a query, and one text is all of it.
        String whole = authority.isEmpty() ? raw : text(bytes, start, end);
        String written = pathEnd == end ? whole : text(bytes, start, pathEnd);
        boolean mergeSlashes = reading.mergeSlashes();
        String path = reading.pathsAsReceived() || isNormal(bytes, start, pathEnd, mergeSlashes)
                ? written
                : new PathNormaliser(bytes, start, pathEnd, mergeSlashes).normalised();
        if (path == null) {
            return null;
        }
        String query = hasQuery ? text(bytes, pathEnd + 1, queryEnd) : "";
        String pathAndQuery = reading.pathsAsReceived() ? raw : whole;
        return new RequestTarget(raw, path, query, hasQuery, authority, pathAndQuery, path.equals(written));
    }

    /// Whether there is nothing to decode, remove or merge.
    private static boolean isNormal(byte[] bytes, int start, int end, boolean mergeSlashes) {
        for (int i = start; i < end; i++) {
            int c = bytes[i];
            if (c == '%' || (c == '/' && i + 1 < end && isSpecialBehindSlash(bytes[i + 1], mergeSlashes))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSpecialBehindSlash(int c, boolean mergeSlashes) {
        return c == '.' || (c == '/' && mergeSlashes);
    }

    private static String text(byte[] bytes, int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }
}
