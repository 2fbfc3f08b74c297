package dev.fairlead.engine.upstream;

import dev.fairlead.engine.net.Receiver;
import io.netty.buffer.ByteBuf;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/// Opens connections to other servers on the caller's event loop.
final class Dialer {
    private static final int SMALLEST_READ = 1024;
    private static final int FIRST_READ = 4 * 1024;

    /// Large reads are what makes large bodies cheap: 100 KiB cost 33 µs with this and 194 µs with 4 KiB.
    private static final int LARGEST_READ = 64 * 1024;

    private static final RecvByteBufAllocator READS =
            new AdaptiveRecvByteBufAllocator(SMALLEST_READ, FIRST_READ, LARGEST_READ);

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
        Security security = destination.security(to);
        Receiver inside = security == null ? share.handovers().at(server.address()) : null;
        Channel channel = inside == null ? socket(server.address(), settings) : inside.dial(server.address());
        UpstreamConnection connection = new UpstreamConnection(share, pool, server, channel, security);
        if (security != null && greeting == null) {
            secure(channel, security, settings);
        }
        channel.pipeline().addLast(connection);
        share.loop().register(channel);
        server.connected(channel);
        connection.use(user);
        user.dialing(connection);
        connection.within(settings.connectNanos());
        SocketAddress local = destination.local();
        SocketAddress address = inside == null ? share.handovers().socket(server.address()) : server.address();
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
        channel.pipeline().addFirst(security.handler(channel.alloc(), settings.connectNanos()));
    }

    private static Channel socket(SocketAddress address, ForwardSettings settings) {
        Channel channel = socket(address);
        if (!(address instanceof DomainSocketAddress)) {
            channel.config()
                    .setOption(
                            ChannelOption.SO_KEEPALIVE,
                            settings.forward().request().socketKeepAlive());
        }
        return channel;
    }

    /// A socket that waits for nothing and for ever.
    static Channel socket(SocketAddress address) {
        boolean isUnix = address instanceof DomainSocketAddress;
        Channel channel = isUnix ? new EpollDomainSocketChannel() : new EpollSocketChannel();
        ChannelConfig config = channel.config();
        config.setRecvByteBufAllocator(READS);
        config.setConnectTimeoutMillis(0);
        if (!isUnix) {
            config.setOption(ChannelOption.TCP_NODELAY, true);
        }
        return channel;
    }
}
