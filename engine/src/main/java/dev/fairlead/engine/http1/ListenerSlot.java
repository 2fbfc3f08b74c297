package dev.fairlead.engine.http1;

import dev.fairlead.engine.connection.Peer;
import dev.fairlead.engine.http.ExchangeEntry;
import dev.fairlead.engine.tls.ServerTls;
import io.netty.channel.Channel;
import java.util.Map;
import java.util.Optional;

/// What a listener's connections are served by at present. It is replaced as one with each generation;
/// connections ask before each request. Safe for use by several threads.
public final class ListenerSlot {
    private volatile Service present;
    private volatile boolean isRemoved;

    public ListenerSlot(Service first) {
        present = first;
    }

    /// What serves a listener in one generation.
    ///
    /// @param tls set where connections speak TLS
    /// @param proxyProtocol whether connections start with a PROXY protocol header
    /// @param byAddress what serves connections to some of the addresses the socket listens on, by their text
    public record Service(
            ExchangeEntry entry, Optional<ServerTls> tls, boolean proxyProtocol, Map<String, Service> byAddress) {
        /// Plain HTTP.
        public static Service plain(ExchangeEntry entry) {
            return new Service(entry, Optional.empty(), false, Map.of());
        }

        /// The same, but other services for certain addresses.
        public Service with(Map<String, Service> others) {
            return new Service(entry, tls, proxyProtocol, Map.copyOf(others));
        }
    }

    /// What serves the address that the channel's client has connected to.
    Service present(Channel channel) {
        Service here = present;
        return here.byAddress.isEmpty()
                ? here
                : here.byAddress.getOrDefault(Peer.of(channel.localAddress()).text(), here);
    }

    public void replace(Service next) {
        present = next;
    }

    /// The listener is no longer wanted: its connections end behind their present request.
    public void remove() {
        isRemoved = true;
    }

    public boolean isRemoved() {
        return isRemoved;
    }
}
