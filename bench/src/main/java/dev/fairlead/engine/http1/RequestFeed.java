package dev.fairlead.engine.http1;

import dev.fairlead.engine.connection.Peer;
import dev.fairlead.engine.connection.Traffic;
import dev.fairlead.engine.explain.Arrival;
import dev.fairlead.engine.http.BodyOutput;
import dev.fairlead.engine.http.Carrier;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.NoBody;
import dev.fairlead.engine.http.OpenFile;
import dev.fairlead.engine.http.Tunnel;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.model.http.HeadReading;
import dev.fairlead.time.Clock;
import io.netty.buffer.ByteBuf;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.util.Optional;

/// A client's connection without its socket, for benchmarks: heads go through the parser that connections use,
/// into one exchange that is used again, and whatever is answered is let go.
public final class RequestFeed {
    private final HeadParser parser;
    private final Exchange exchange;
    private final HeadReading reading;

    public RequestFeed(HeadReading reading) {
        this.reading = reading;
        EventLoop loop = new DefaultEventLoop();
        LoopState state = new LoopState(loop, Clock.system(), new Traffic().register(), 1);
        Nobody nobody = new Nobody();
        Peer client = Peer.of(new byte[] {127, 0, 0, 1}, 40_000);
        Peer server = Peer.of(new byte[] {127, 0, 0, 1}, 80);
        Arrival arrival = new Arrival(client, server, Optional.empty(), false, "", Optional.empty(), "");
        exchange = new Exchange(nobody, arrival, NoBody.HERE, loop);
        parser = new HeadParser(state, new Framing(state), exchange.head(), reading);
    }

    /// Reads the whole of a head, which stays as it is.
    ///
    /// @throws IllegalStateException if it is not sound or not whole
    public Exchange parse(ByteBuf head) {
        int start = head.readerIndex();
        exchange.clear();
        parser.begin(exchange.head(), reading);
        if (parser.read(head) != HeadParser.Progress.COMPLETE) {
            throw new IllegalStateException("not a whole head: " + parser.reason());
        }
        head.readerIndex(start);
        exchange.started();
        return exchange;
    }

    /// Takes everything and keeps nothing.
    private static final class Nobody implements Carrier, BodyOutput {
        @Override
        public void head(Exchange exchange) {
            // Nobody reads it.
        }

        @Override
        public void interim(int status, Fields fields) {
            // Nobody reads it.
        }

        @Override
        public boolean isWritable() {
            return true;
        }

        @Override
        public void abort() {
            throw new IllegalStateException("broken off");
        }

        @Override
        public Raw tunnel(Exchange exchange, Tunnel tunnel) {
            throw new IllegalStateException("nothing is passed on");
        }

        @Override
        public void data(ByteBuf data) {
            data.release();
        }

        @Override
        public void file(OpenFile file, long offset, long length) {
            file.release();
        }

        @Override
        public void end(Fields trailers) {
            // Nobody reads it.
        }

        @Override
        public void flush() {
            // Nobody reads it.
        }
    }
}
