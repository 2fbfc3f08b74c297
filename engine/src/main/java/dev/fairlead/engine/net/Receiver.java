package dev.fairlead.engine.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/// A listener to whom connections are handed that would have come through its socket.
///
/// @param local the listener's end as its connections see it
/// @param visitor the other end as they see it; its port is replaced
/// @param unixAddress of a listener at a unix socket; empty for others
/// @param connections sets up each connection, on its event loop
/// @param listens whether it does still
public record Receiver(
        SocketAddress local,
        SocketAddress visitor,
        String unixAddress,
        ChannelHandler connections,
        BooleanSupplier listens) {
    private static final int FIRST_PORT = 49152;
    private static final int PORT_MASK = 0x3fff;
    private static final AtomicInteger PORTS = new AtomicInteger();

    /// At a unix socket.
    public static Receiver unix(String path, ChannelHandler connections, BooleanSupplier listens) {
        return new Receiver(
                new DomainSocketAddress(path), new DomainSocketAddress(""), "unix:" + path, connections, listens);
    }

    /// At a port.
    ///
    /// @param dialled the address of this machine that is connected to
    /// @param port where the listener really listens
    /// @param isMapped whether an IPv6 socket takes an IPv4 connection
    public static Receiver tcp(
            InetAddress dialled, int port, boolean isMapped, ChannelHandler connections, BooleanSupplier listens) {
        InetAddress at = dialled.isAnyLocalAddress() ? loopback(dialled) : dialled;
        // The kernel's choice: the loopback's first address for all of the loopback, else the address itself.
        InetAddress from = at.isLoopbackAddress() ? loopback(at) : at;
        return new Receiver(
                new InetSocketAddress(isMapped ? mapped(at) : at, port),
                new InetSocketAddress(isMapped ? mapped(from) : from, 0),
                "",
                connections,
                listens);
    }

    /// The other end of one more connection. Ports are made up, in the range for outgoing connections, so
    /// that who
    /// logs or parses them finds what is usual; nobody listens there.
    SocketAddress nextVisitor() {
        if (!(visitor instanceof InetSocketAddress inet)) {
            return visitor;
        }
        int port = FIRST_PORT + (PORTS.getAndIncrement() & PORT_MASK);
        return new InetSocketAddress(inet.getAddress(), port);
    }

    private static InetAddress loopback(InetAddress like) {
        byte[] address = like instanceof Inet4Address ? new byte[] {127, 0, 0, 1} : new byte[16];
        address[address.length - 1] = 1;
        return of(address);
    }

    private static InetAddress of(byte[] address) {
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException wrongLength) {
            throw new IllegalStateException(wrongLength);
        }
    }

    private static InetAddress mapped(InetAddress four) {
        byte[] six = new byte[16];
        six[10] = -1;
        six[11] = -1;
        System.arraycopy(four.getAddress(), 0, six, 12, 4);
        try {
            return Inet6Address.getByAddress(null, six, -1);
        } catch (UnknownHostException wrongLength) {
            throw new IllegalStateException(wrongLength);
        }
    }

    boolean isOpen() {
        return listens.getAsBoolean();
    }

    /// A channel that will be connected to the listener when it is connected.
    public Channel dial(SocketAddress to) {
        return HandoverChannel.dialling(to, this);
    }

    void accept(HandoverChannel accepted, EventLoop loop) {
        accepted.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        accepted.config().setWriteBufferWaterMark(Acceptor.WATER);
        if (!unixAddress.isEmpty()) {
            accepted.attr(Acceptor.UNIX_ADDRESS).set(unixAddress);
        }
        accepted.pipeline().addLast(connections);
        loop.register(accepted);
    }
}
