package dev.fairlead.engine.upstream;

import dev.fairlead.engine.http.Carrier;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.Tunnel;
import dev.fairlead.engine.http.UpstreamFacts;
import dev.fairlead.engine.net.Outlet;
import dev.fairlead.engine.upstream.server.Member;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
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
    private final Outlet toServer;
    private final Member member;
    private final long patienceNanos;
    private final UpstreamFacts.@Nullable Attempt attempt;
    private Carrier.@Nullable Raw client;
    private boolean isServerFinished;
    private boolean isClientFinished;
    /// Its last bytes are with the kernel.
    private boolean isClientPassedOn;
    private boolean isClosed;

    /// @param attempts their present server is left when the tunnel ends
    UpstreamTunnel(UpstreamConnection server, Attempts attempts, long patienceNanos) {
        this.server = server;
        this.channel = server.channel();
        this.toServer = new Outlet(channel.pipeline().context(server));
        this.attempt = attempts.facts();
        this.member = attempts.handOver();
        this.patienceNanos = patienceNanos;
    }

    /// Tells the client that the protocol is switched.
    void open(Exchange exchange) {
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        client = exchange.carrier().tunnel(exchange, this);
        exchange.switched();
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
        endIfBothFinished();
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
        toServer.write(data);
    }

    @Override
    public void readComplete() {
        if (!isClosed) {
            server.within(patienceNanos);
            toServer.flush();
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
        if (isClosed) {
            return;
        }
        isClientFinished = true;
        toServer.flush();
        // To shut down the output is to drop what is queued.
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> clientPassedOn());
    }

    @Override
    public void closed() {
        client = null;
        if (!isClientFinished || isClientPassedOn) {
            close();
        }
    }

    private void clientPassedOn() {
        if (isClosed) {
            return;
        }
        isClientPassedOn = true;
        if (channel instanceof DuplexChannel duplex) {
            duplex.shutdownOutput();
        }
        endIfBothFinished();
    }

    /// The client's connection ends by itself, behind what the server said last.
    private void endIfBothFinished() {
        if (isClientPassedOn && (isServerFinished || client == null)) {
            leave();
        }
    }

    private void leave() {
        isClosed = true;
        member.state().leave();
        toServer.drop();
        server.close();
    }

    private void close() {
        if (isClosed) {
            return;
        }
        leave();
        Carrier.Raw to = client;
        client = null;
        if (to != null) {
            to.flush();
            to.close();
        }
    }
}
