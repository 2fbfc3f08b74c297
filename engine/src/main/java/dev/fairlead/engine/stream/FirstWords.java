package dev.fairlead.engine.stream;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.model.text.Attribute;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/// What a client said first, where the choice of a server waits for it.
///
/// @param hello [ClientHello#NONE] of clients that begin no TLS
/// @param bytes all that it has said so far, a character for each; empty once a server has the connection
record FirstWords(ClientHello hello, RdpRequest desktop, String bytes) {
    private static final int MOST = 16_384;

    /// For texts about what a server says first.
    ///
    /// @param words nothing of them is taken
    static Exchange ofServer(ByteBuf words, Exchange exchange) {
        int length = Math.min(words.readableBytes(), MOST);
        String bytes = words.toString(words.readerIndex(), length, StandardCharsets.ISO_8859_1);
        exchange.values().fact(Attribute.SERVER_FIRST_BYTES, bytes);
        return exchange;
    }

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
