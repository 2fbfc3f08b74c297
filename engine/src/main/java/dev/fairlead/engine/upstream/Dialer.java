package dev.fairlead.engine.upstream;

import dev.fairlead.engine.net.OutgoingSockets;
import dev.fairlead.engine.net.Receiver;
import dev.fairlead.engine.net.StraightRecords;
import dev.fairlead.engine.upstream.dial.Destination;
import dev.fairlead.engine.upstream.dial.LocalAddress;
import dev.fairlead.engine.upstream.dial.Security;
import dev.fairlead.engine.upstream.server.Member;
import dev.fairlead.engine.upstream.server.ServerState;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.ssl.SslHandler;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/// Opens connections to other servers on the caller's event loop.
final class Dialer {
    private Dialer() {}

    /// Starts to connect, without a socket where the server is a listener of our own; the user is told the
    /// outcome of each step through [Forwarding#stepEnded].
    ///
    /// @param greeting what goes before everything else, TLS included; owned by this, null for nothing
    static void dial(
            LoopShare share,
            ConnectionPool pool,
            Member to,
            Destination destination,
            ForwardSettings settings,
            @Nullable ByteBuf greeting,
            Forwarding user) {
        ServerState server = to.state();
        ServerState.Place place = server.place();
        SocketAddress goal = place.address();
        Security security = destination.security(to);
        Receiver inside = security == null ? share.handovers().at(goal) : null;
        boolean keepAlive = settings.forward().request().socketKeepAlive();
        Channel channel = inside == null ? OutgoingSockets.open(goal, true, keepAlive) : inside.dial(goal);
        UpstreamConnection connection = new UpstreamConnection(share, pool, server, place, channel, security);
        if (security != null && greeting == null) {
            secure(channel, security, settings);
        }
        channel.pipeline().addLast(connection);
        share.loop().register(channel);
        server.connected(channel);
        connection.use(user);
        user.dialing(connection);
        connection.within(settings.connectNanos());
        SocketAddress own = LocalAddress.of(to.traits(), goal);
        SocketAddress local = own == null ? destination.local() : own;
        SocketAddress address = inside == null ? share.handovers().socket(goal) : goal;
        ChannelFuture connecting = local == null ? channel.connect(address) : channel.connect(address, local);
        connecting.addListener(done -> {
            if (greeting != null) {
                greet(channel, greeting, done.isSuccess());
                if (security != null && done.isSuccess()) {
                    secure(channel, security, settings);
                }
            }
            user.stepEnded(connection, done.cause());
        });
    }

    private static void greet(Channel channel, ByteBuf greeting, boolean isConnected) {
        if (isConnected) {
            channel.writeAndFlush(greeting, channel.voidPromise());
        } else {
            greeting.release();
        }
    }

    private static void secure(Channel channel, Security security, ForwardSettings settings) {
        SslHandler tls = security.handler(channel.alloc(), settings.connectNanos());
        channel.pipeline().addFirst(new StraightRecords(tls), tls);
    }
}
