package dev.fairlead.engine.app.environ;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.RequestTarget;
import dev.fairlead.worker.MarshalWriter;

/// Where path and query stand in a request target. Applications get to see the path the client sent, with its
/// doubled slashes and dot segments, as gunicorn and uvicorn pass it; only a path that rules replaced is
/// passed in
/// their form. One for each event loop, used again for each request.
final class SentPath {
    private String text = "";
    private int pathStart;
    private int pathEnd;
    private String query = "";
    private boolean isDecoded;

    void find(Exchange exchange) {
        RequestTarget target = exchange.head().target();
        query = exchange.query();
        if (exchange.isPathChanged()) {
            text = exchange.path();
            pathStart = 0;
            pathEnd = text.length();
            isDecoded = true;
        } else {
            find(target.raw());
        }
    }

    /// @param target in origin form, with a query perhaps
    void findWithQuery(String target) {
        find(target);
        query = pathEnd < target.length() && target.charAt(pathEnd) == '?' ? target.substring(pathEnd + 1) : "";
    }

    private void find(String target) {
        text = target;
        isDecoded = false;
        pathStart = target.startsWith("/") ? 0 : afterAuthority(target);
        pathEnd = pathStart;
        while (pathEnd < target.length() && target.charAt(pathEnd) != '?' && target.charAt(pathEnd) != '#') {
            pathEnd++;
        }
    }

    /// In the absolute form the path may be missing.
    private static int afterAuthority(String target) {
        int scheme = target.indexOf("://");
        if (scheme < 0) {
            return 0;
        }
        int at = scheme + 3;
        while (at < target.length() && "/?#".indexOf(target.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    String query() {
        return query;
    }

    /// Whether the path begins with the characters; not decoded.
    boolean startsWith(byte[] prefix, int from, int to) {
        if (to - from > pathEnd - pathStart) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (text.charAt(pathStart + i - from) != (prefix[i] & 0xff)) {
                return false;
            }
        }
        return true;
    }

    /// Writes the path as it was sent, as bytes.
    void writeRaw(MarshalWriter to) {
        to.beginBytes(pathEnd - pathStart);
        to.put(text, pathStart, pathEnd);
    }

    /// Writes the path with percent escapes decoded, as a text of its bytes.
    ///
    /// @param skipped characters of the path left out at its start
    void writeDecoded(MarshalWriter to, int skipped) {
        putDecoded(to, pathStart + skipped);
        to.endText();
    }

    /// The same, but its bytes are UTF-8.
    void writeUtf8(MarshalWriter to) {
        putDecoded(to, pathStart);
        to.endUtf8Text();
    }

    private void putDecoded(MarshalWriter to, int start) {
        to.beginText(pathEnd - start);
        if (isDecoded || text.indexOf('%') < 0) {
            to.put(text, start, pathEnd);
        } else {
            decode(to, start);
        }
    }

    private void decode(MarshalWriter to, int start) {
        for (int at = start; at < pathEnd; at++) {
            char c = text.charAt(at);
            int value = c == '%' && at + 2 < pathEnd ? hex(text.charAt(at + 1)) << 4 | hex(text.charAt(at + 2)) : -1;
            if (value >= 0) {
                to.put(value);
                at += 2;
            } else {
                to.put(c);
            }
        }
    }

    private static int hex(char c) {
        return c < 128 ? Character.digit(c, 16) : -1;
    }
}
