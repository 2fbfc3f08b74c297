package dev.fairlead.engine.net;

import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.SocketOptions;
import dev.fairlead.os.Descriptors;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;

/// Accepts connections from one listening socket and gives them to the event loops in turn.
public final class Acceptor {
    /// On connections that came in through a unix socket: its address. An adopted socket does not tell it.
    public static final AttributeKey<String> UNIX_ADDRESS = AttributeKey.valueOf(Acceptor.class, "unix address");

    static final WriteBufferWaterMark WATER = new WriteBufferWaterMark(64 << 10, 128 << 10);
    private static final int FIRST_READ = 2048;
    private static final int LARGEST_READ = 65536;

    private final ListeningSocket socket;
    private final Channel channel;

    private Acceptor(ListeningSocket socket, Channel channel) {
        this.socket = socket;
        this.channel = channel;
    }

    /// Starts accepting. From now on the descriptor is closed with the acceptor.
    ///
    /// @param connections set up for each accepted channel, on the channel's own event loop
    public static Acceptor start(
            Loops loops, ListeningSocket socket, SocketOptions options, ChannelHandler connections) {
        return start(loops, socket, options, new Gate(), connections);
    }

    /// The same, as far as a gate lets connections in.
    public static Acceptor start(
            Loops loops, ListeningSocket socket, SocketOptions options, Gate gate, ChannelHandler connections) {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops.group())
                .handler(gate)
                .childHandler(connections)
                .childOption(ChannelOption.ALLOCATOR, loops.allocator())
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, new Reads(FIRST_READ, FIRST_READ, LARGEST_READ));
        boolean isTcp = socket.address() instanceof Address.Tcp;
        if (!isTcp) {
            bootstrap.childAttr(UNIX_ADDRESS, socket.address().text());
        }
        if (isTcp) {
            bootstrap.childOption(ChannelOption.TCP_NODELAY, true);
            options.keepAlive().ifPresent(probes -> keepAlive(bootstrap, probes, loops.isNative()));
        }
        if (!loops.isNative()) {
            return new Acceptor(socket, bindAgain(bootstrap, socket));
        }
        int descriptor = socket.descriptor();
        bootstrap.channelFactory(() -> serverChannel(isTcp, descriptor));
        return new Acceptor(socket, bootstrap.register().syncUninterruptibly().channel());
    }

    private static ServerChannel serverChannel(boolean isTcp, int descriptor) {
        return isTcp ? new EpollServerSocketChannel(descriptor) : new EpollServerDomainSocketChannel(descriptor, true);
    }

    private static void keepAlive(ServerBootstrap bootstrap, SocketOptions.TcpKeepAlive probes, boolean isNative) {
        bootstrap.childOption(ChannelOption.SO_KEEPALIVE, probes.enabled());
        if (isNative) {
            probes.idleSeconds().ifPresent(s -> bootstrap.childOption(EpollChannelOption.TCP_KEEPIDLE, s));
            probes.intervalSeconds().ifPresent(s -> bootstrap.childOption(EpollChannelOption.TCP_KEEPINTVL, s));
            probes.probes().ifPresent(n -> bootstrap.childOption(EpollChannelOption.TCP_KEEPCNT, n));
        }
    }

    /// Without the native library a descriptor cannot be adopted: the port is bound anew.
    private static Channel bindAgain(ServerBootstrap bootstrap, ListeningSocket socket) {
        if (!(socket.address() instanceof Address.Tcp tcp)) {
            throw new UnsupportedOperationException(
                    "unix sockets need native epoll: " + socket.address().text());
        }
        Descriptors.close(socket.descriptor());
        String host = tcp.host().equals("*") ? "0.0.0.0" : tcp.host();
        return bootstrap
                .channel(NioServerSocketChannel.class)
                .bind(new InetSocketAddress(host, tcp.port()))
                .syncUninterruptibly()
                .channel();
    }

    public ListeningSocket socket() {
        return socket;
    }

    /// The port connections come in on; 0 for a unix socket.
    public int port() {
        return channel.localAddress() instanceof InetSocketAddress inet ? inet.getPort() : 0;
    }

    /// Stops accepting and closes the socket; the file of a unix socket is removed. Connections that were
    /// accepted stay.
    public void close() {
        channel.close().syncUninterruptibly();
        socket.removeFile();
    }

    /// Stops accepting and leaves the socket, and its file, to another process that listens on it too.
    public void leave() {
        channel.close().syncUninterruptibly();
    }
}
