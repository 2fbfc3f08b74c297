package dev.fairlead.engine.upstream.server;

import dev.fairlead.model.net.Address;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/// Host names to socket addresses, by the system's own resolver. It may block: only for compiling a plan and for
/// threads made for waiting.
public final class HostLookup {
    private HostLookup() {}

    /// All addresses of a place, in the resolver's order.
    public static List<SocketAddress> addresses(Address address) throws UnknownHostException {
        return switch (address) {
            case Address.Unix(String path) -> List.of(new DomainSocketAddress(path));
            case Address.Tcp(String host, int port) ->
                Arrays.stream(InetAddress.getAllByName(host))
                        .<SocketAddress>map(found -> new InetSocketAddress(found, port))
                        .toList();
        };
    }

    /// As logs show it: without the host name.
    public static String text(SocketAddress address) {
        return switch (address) {
            case DomainSocketAddress unix -> "unix:" + unix.path();
            case InetSocketAddress inet -> text(inet);
            default -> address.toString();
        };
    }

    private static String text(InetSocketAddress inet) {
        String host = dev.fairlead.engine.http.Peer.of(inet).text();
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + inet.getPort() : host + ":" + inet.getPort();
    }
}
