package dev.fairlead.engine.http1;

import dev.fairlead.engine.connection.Traffic;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.ExchangeEntry;
import dev.fairlead.time.Clock;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;

/// Hands requests to an entry that came over no connection: their heads are read as those of clients are.
public final class RequestReader {
    private final LoopState loop;

    /// @param loop to be called on it
    public RequestReader(EventLoop loop, Clock clock) {
        this.loop = new LoopState(loop, clock, new Traffic().register(), 1);
    }

    /// @param head request line and fields, with the empty line at their end
    public void read(byte[] head, Exchange exchange, ExchangeEntry entry) {
        exchange.clear();
        Framing framing = new Framing(loop);
        HeadParser parser = new HeadParser(loop, framing, exchange.head(), entry.headReading());
        parser.begin(exchange.head(), entry.headReading());
        HeadParser.Progress progress = parser.read(Unpooled.wrappedBuffer(head));
        exchange.started();
        switch (progress) {
            case COMPLETE -> entry.handle(exchange);
            case REFUSED -> entry.refuse(exchange, parser.status(), parser.reason());
            case NEEDS_MORE, LINE_READ -> entry.refuse(exchange, 400, "the head is not complete");
        }
    }
}
