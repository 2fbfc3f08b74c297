package dev.fairlead.engine.app;

import dev.fairlead.engine.http.Exchange;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/// Answers in front of the final one, such as early hints.
final class InterimFrames {
    private static final int CONTINUE = 100;
    private static final int SWITCHING_PROTOCOLS = 101;

    private InterimFrames() {}

    /// Passes one on to the client, if it can take it. Leave to send a body is not the worker's to give, and what
    /// follows the rules of no interim answer is dropped.
    ///
    /// @param head as in an INTERIM frame; stays as it is
    static void pass(Exchange exchange, ByteBuf head) {
        WorkerHead read = WorkerHead.of(head.toString(StandardCharsets.ISO_8859_1));
        boolean isInterim = read.isSound() && read.status() > CONTINUE && read.status() < 200;
        if (isInterim && read.status() != SWITCHING_PROTOCOLS) {
            exchange.carrier().interim(read.status(), read.passedFields());
            exchange.carrier().flush();
        }
    }
}
