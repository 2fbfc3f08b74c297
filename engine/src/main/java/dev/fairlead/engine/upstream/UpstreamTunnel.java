package dev.fairlead.engine.upstream;

import dev.fairlead.engine.http.Carrier;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.Tunnel;
import dev.fairlead.engine.http.UpstreamFacts;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import org.jspecify.annotations.Nullable;

/// Two connections that pass each other's bytes after the protocol was switched, each read no faster than the
/// other takes them. Ends when both sides have, when one is lost, or when nothing moves for too long. It holds
/// on to nothing of the configuration it came from, so a reload does not touch it.
final class UpstreamTunnel implements Tunnel {
    private final UpstreamConnection server;
    private final Channel channel;
    private final Member member;
    private final long patienceNanos;
    private final UpstreamFacts.@Nullable Attempt attempt;
    private Carrier.@Nullable Raw client;
    private boolean isServerFinished;
    private boolean isClientFinished;
    private boolean isClosed;

    /// @param attempts their present server is left when the tunnel ends
    UpstreamTunnel(UpstreamConnection server, Attempts attempts, long patienceNanos) {
        this.server = server;
        this.channel = server.channel();
        this.attempt = attempts.facts();
        this.member = attempts.handOver();
        this.patienceNanos = patienceNanos;
    }

    /// Tells the client that the protocol is switched.
    void open(Exchange exchange) {
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        client = exchange.carrier().tunnel(exchange, this);
        exchange.place().begun(exchange);
        server.within(patienceNanos);
    }

    /// @param early what the server sent behind its head, owned by the tunnel
    void start(ByteBuf early) {
        fromServer(early);
        serverReadComplete();
    }

    void fromServer(ByteBuf data) {
        Carrier.Raw to = client;
        if (to == null || !data.isReadable()) {
            data.release();
            return;
        }
        UpstreamFacts.Attempt counted = attempt;
        if (counted != null) {
            counted.addReceived(data.readableBytes());
        }
        to.write(data);
    }

    void serverReadComplete() {
        Carrier.Raw to = client;
        if (to != null) {
            server.within(patienceNanos);
            to.flush();
            server.reading(to.isWritable());
        }
    }

    void serverWritable() {
        Carrier.Raw from = client;
        if (from != null) {
            from.reading(channel.isWritable());
        }
    }

    void serverFinished() {
        isServerFinished = true;
        Carrier.Raw to = client;
        if (to != null) {
            to.closeOutput();
        }
        closeIfBothFinished();
    }

    void serverClosed() {
        close();
    }

    void expired() {
        close();
    }

    @Override
    public void data(ByteBuf data) {
        if (isClosed) {
            data.release();
            return;
        }
        UpstreamFacts.Attempt counted = attempt;
        if (counted != null) {
            counted.addSent(data.readableBytes());
        }
        server.write(data);
    }

    @Override
    public void readComplete() {
        if (!isClosed) {
            server.within(patienceNanos);
            server.flush();
            serverWritable();
        }
    }

    @Override
    public void writable() {
        if (!isClosed) {
            server.reading(true);
        }
    }

    @Override
    public void inputClosed() {
        isClientFinished = true;
        if (!isClosed && channel instanceof DuplexChannel duplex) {
            duplex.shutdownOutput();
        }
        closeIfBothFinished();
    }

    @Override
    public void closed() {
        client = null;
        close();
    }

    private void closeIfBothFinished() {
        if (isServerFinished && isClientFinished) {
            close();
        }
    }

    private void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        member.state().leave();
        server.close();
        Carrier.Raw to = client;
        client = null;
        if (to != null) {
            to.flush();
            to.close();
        }
    }
}
