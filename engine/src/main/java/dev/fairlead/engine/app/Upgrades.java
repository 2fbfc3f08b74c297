package dev.fairlead.engine.app;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.FieldName;
import dev.fairlead.engine.http.Fields;
import dev.fairlead.engine.http.Method;

/// Whether a request asks for another protocol on its connection (RFC 9110, section 7.8).
final class Upgrades {
    private Upgrades() {}

    /// Whether `Connection` lists `upgrade`, and which protocol is wanted is said. HTTP/1.0 cannot.
    static boolean isAskedBy(Exchange exchange) {
        Fields fields = exchange.head().fields();
        return exchange.head().minorVersion() > 0
                && fields.has(FieldName.UPGRADE)
                && hasToken(fields, FieldName.CONNECTION, "upgrade");
    }

    /// Whether WebSocket is asked for, the way RFC 6455 says.
    static boolean isWebSocketAskedBy(Exchange exchange) {
        return exchange.head().method() == Method.GET
                && isAskedBy(exchange)
                && hasToken(exchange.head().fields(), FieldName.UPGRADE, "websocket");
    }

    private static boolean hasToken(Fields fields, FieldName name, String token) {
        for (int field = fields.first(name); field >= 0; field = fields.next(name, field)) {
            if (hasToken(fields.bytes(), fields.valueStart(field), fields.valueEnd(field), token)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasToken(byte[] bytes, int from, int end, String token) {
        int start = from;
        for (int at = from; at <= end; at++) {
            if (at == end || bytes[at] == ',') {
                if (isToken(bytes, start, at, token)) {
                    return true;
                }
                start = at + 1;
            }
        }
        return false;
    }

    private static boolean isToken(byte[] bytes, int from, int to, String token) {
        int start = from;
        int end = to;
        while (start < end && isBlank(bytes[start])) {
            start++;
        }
        while (end > start && isBlank(bytes[end - 1])) {
            end--;
        }
        if (end - start != token.length()) {
            return false;
        }
        for (int i = 0; i < token.length(); i++) {
            if ((bytes[start + i] | 0x20) != token.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBlank(byte c) {
        return c == ' ' || c == '\t';
    }
}
