package dev.fairlead.engine.stream;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.model.http.Attribute;

/// What a client said first, where the choice of a server waits for it.
///
/// @param hello [ClientHello#NONE] of clients that begin no TLS
/// @param bytes all that it has said so far, a character for each; empty once the choice is made
record FirstWords(ClientHello hello, RdpRequest desktop, String bytes) {
    FirstWords withoutBytes() {
        return new FirstWords(hello, desktop, "");
    }

    /// For conditions and texts about the connection.
    void tell(Exchange exchange) {
        if (!bytes.isEmpty()) {
            exchange.values().fact(Attribute.FIRST_BYTES, bytes);
        }
        hello.tell(exchange);
        desktop.tell(exchange);
    }
}
