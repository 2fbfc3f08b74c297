package dev.fairlead.engine.http1;

import dev.fairlead.engine.http.Carrier;
import dev.fairlead.engine.http.Counters;
import dev.fairlead.engine.http.Tunnel;
import dev.fairlead.engine.net.Outlet;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;

/// The client's side of a tunnel.
final class TunnelEnd implements Carrier.Raw {
    private final ChannelHandlerContext context;
    private final Http1Connection connection;
    private final Http1Carrier carrier;
    private final Tunnel tunnel;
    private final Counters counters;
    private final Outlet outlet;
    private boolean isPaused;
    private boolean inputIsClosed;
    private boolean outputIsClosed;
    private boolean outputIsSent;

    TunnelEnd(
            ChannelHandlerContext context,
            Http1Connection connection,
            Http1Carrier carrier,
            Tunnel tunnel,
            Counters counters) {
        this.context = context;
        this.connection = connection;
        this.carrier = carrier;
        this.tunnel = tunnel;
        this.counters = counters;
        this.outlet = new Outlet(context);
    }

    Tunnel tunnel() {
        return tunnel;
    }

    /// Whether what the client sends has to wait.
    boolean isPaused() {
        return isPaused;
    }

    /// The connection is gone.
    void closed() {
        outlet.drop();
        tunnel.closed();
    }

    void inputClosed() {
        inputIsClosed = true;
        tunnel.inputClosed();
        if (outputIsSent) {
            connection.closeNow();
        }
    }

    @Override
    public void write(ByteBuf data) {
        counters.addBodySent(data.readableBytes());
        outlet.write(data);
    }

    @Override
    public void flush() {
        if (outlet.isDue()) {
            outlet.flush();
            carrier.flushed();
        } else {
            carrier.requestFlush();
        }
    }

    @Override
    public boolean isWritable() {
        return carrier.isWritable();
    }

    @Override
    public void reading(boolean on) {
        isPaused = !on;
        connection.inputMayFlow();
    }

    @Override
    public void closeOutput() {
        if (outputIsClosed) {
            return;
        }
        outputIsClosed = true;
        outlet.flush();
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> {
            outputIsSent = true;
            if (inputIsClosed || !(context.channel() instanceof DuplexChannel duplex)) {
                connection.closeNow();
            } else {
                duplex.shutdownOutput();
            }
        });
    }

    @Override
    public void close() {
        connection.closeNow();
    }
}
