package dev.fairlead.engine.app.environ;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.Method;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.engine.http.field.Tokens;

/// Whether a request asks for another protocol on its connection (RFC 9110, section 7.8).
public final class Upgrades {
    private Upgrades() {}

    /// Whether `Connection` lists `upgrade`, and which protocol is wanted is said. HTTP/1.0 cannot.
    public static boolean isAskedBy(Exchange exchange) {
        Fields fields = exchange.head().fields();
        return exchange.head().minorVersion() > 0
                && fields.has(FieldName.UPGRADE)
                && Tokens.contains(fields, FieldName.CONNECTION, "upgrade");
    }

    /// Whether WebSocket is asked for, the way RFC 6455 says.
    static boolean isWebSocketAskedBy(Exchange exchange) {
        return exchange.head().method() == Method.GET
                && isAskedBy(exchange)
                && Tokens.contains(exchange.head().fields(), FieldName.UPGRADE, "websocket");
    }
}
