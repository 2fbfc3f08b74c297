package dev.fairlead.engine.stream;

import dev.fairlead.engine.upstream.StreamServers;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.upstream.Balance;
import dev.fairlead.model.upstream.Upstream;
import dev.fairlead.source.Span;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Works out where one connection goes, from an address with variables: to a declared upstream of that name, to
/// an address, or to a host that has to be looked up first.
final class Computing {
    private static final int HIGHEST_PORT = 0xffff;

    private Computing() {}

    static void find(Course.Target.Computed target, Relay relay, StreamSession session, StreamLoop loop) {
        String text = target.address().of(session.exchange());
        StreamServers declared = target.declared().get(text.toLowerCase(Locale.ROOT));
        if (declared != null) {
            relay.begin(declared, text);
            return;
        }
        if (text.startsWith("unix:")) {
            String path = text.substring("unix:".length());
            begin(new Address.Unix(path), text, List.of(new DomainSocketAddress(path)), relay, session, loop);
            return;
        }
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? text : text.substring(0, colon);
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        int port = colon < 0 ? 0 : port(text.substring(colon + 1));
        if (bare.isEmpty()) {
            relay.give("empty host in upstream \"" + text + "\"");
        } else if (port == 0) {
            relay.give("no port in upstream \"" + text + "\"");
        } else {
            find(new Address.Tcp(bare, port), target.resolver(), relay, session, loop);
        }
    }

    private static void find(
            Address.Tcp address,
            Optional<Forward.Resolver> resolver,
            Relay relay,
            StreamSession session,
            StreamLoop loop) {
        String host = address.host();
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
        if (literal != null) {
            begin(address, host, List.of(socket(literal, address.port())), relay, session, loop);
        } else if (resolver.isEmpty()) {
            relay.give("no resolver defined to resolve " + host);
        } else {
            loop.upstreams().resolve(host, resolver.get(), loop.loop(), loop.clock(), found -> {
                if (relay.isOver()) {
                    return;
                }
                if (found.isEmpty()) {
                    relay.give(host + " could not be resolved (3: Host not found)");
                } else {
                    List<SocketAddress> all = found.stream()
                            .<SocketAddress>map(each -> new InetSocketAddress(each, address.port()))
                            .toList();
                    begin(address, host, all, relay, session, loop);
                }
            });
        }
    }

    /// A connection to the listener that it came from would come back for ever.
    static void begin(
            Address address,
            String named,
            List<SocketAddress> found,
            Relay relay,
            StreamSession session,
            StreamLoop loop) {
        List<SocketAddress> others =
                found.stream().filter(each -> !session.isFrom(each)).toList();
        if (others.isEmpty()) {
            relay.give("upstream \"" + address.text() + "\" is the listener that the connection came to");
        } else {
            relay.begin(servers(address.text(), address, others, loop), named);
        }
    }

    private static StreamServers servers(String name, Address address, List<SocketAddress> all, StreamLoop loop) {
        Upstream.Server server =
                new Upstream.Server(address, 1, 0, 1, Duration.ofSeconds(10), false, false, Span.builtIn());
        Upstream implied =
                new Upstream(name, List.of(server), new Balance.RoundRobin(), Optional.empty(), false, Span.builtIn());
        return StreamServers.found(implied, all, loop.clock().monotonicNanos());
    }

    private static SocketAddress socket(byte[] address, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address), port);
        } catch (UnknownHostException wrongLength) {
            throw new IllegalStateException(wrongLength);
        }
    }

    private static int port(String text) {
        boolean isNumber = !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(Character::isDigit);
        int port = isNumber ? Integer.parseInt(text) : 0;
        return port > HIGHEST_PORT ? 0 : port;
    }
}
