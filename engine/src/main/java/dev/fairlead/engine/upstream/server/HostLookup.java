package dev.fairlead.engine.upstream.server;

import dev.fairlead.model.net.Address;
import dev.fairlead.model.upstream.NameLookup;
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

    /// Where a server that follows a name begins; several places if it stands for several addresses.
    ///
    /// @throws UnknownHostException if it has to have an address and there is none
    public static List<ServerState.Place> first(NameLookup lookup, Address address) throws UnknownHostException {
        int port = address instanceof Address.Tcp tcp ? tcp.port() : 0;
        for (NameLookup.First way : lookup.first()) {
            List<ServerState.Place> found = first(way, lookup, port);
            if (!found.isEmpty()) {
                return found;
            }
        }
        throw new UnknownHostException(lookup.host());
    }

    private static List<ServerState.Place> first(NameLookup.First way, NameLookup lookup, int port)
            throws UnknownHostException {
        return switch (way) {
            case NameLookup.First.Last() -> List.of();
            case NameLookup.First.Nowhere() -> List.of(nowhere(lookup.host(), port));
            case NameLookup.First.Given(String host) -> places(InetAddress.getAllByName(host), port, 1);
            case NameLookup.First.Machine() -> {
                try {
                    yield places(InetAddress.getAllByName(lookup.host()), port, lookup.addresses());
                } catch (UnknownHostException unknown) {
                    yield List.of();
                }
            }
        };
    }

    private static List<ServerState.Place> places(InetAddress[] found, int port, int most) {
        return Arrays.stream(found)
                .limit(most)
                .map(host -> new InetSocketAddress(host, port))
                .map(address -> new ServerState.Place(text(address), address, true))
                .toList();
    }

    /// That a server has no address. Nothing can be connected to it.
    public static ServerState.Place nowhere(String host, int port) {
        String name = host.isEmpty() ? "nowhere" : host;
        return new ServerState.Place(name + ":" + port, InetSocketAddress.createUnresolved(name, port), false);
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
        String host = dev.fairlead.engine.connection.Peer.of(inet).text();
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + inet.getPort() : host + ":" + inet.getPort();
    }
}
