package dev.fairlead.engine.generation;

import dev.fairlead.engine.generation.Provisioned.Ready;
import dev.fairlead.engine.http.Peer;
import dev.fairlead.engine.http1.ListenerSlot.Service;
import dev.fairlead.model.net.Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Listeners that one socket serves: where a port is listened on at every address and at certain ones as well,
/// only the former can be bound. Connections then go to the listener of the address they came in at, as with
/// nginx.
final class SharedSockets {
    private static final List<String> EVERY_IPV4 = List.of("*", "0.0.0.0");
    private static final List<String> EVERY_IPV6 = List.of("::");

    private SharedSockets() {}

    /// Takes listeners of certain addresses out of the map, and puts their services into that of every address.
    static void gather(Map<Address, Ready> listeners) {
        Map<Address, Map<String, Service>> gathered = new HashMap<>();
        for (Address address : List.copyOf(listeners.keySet())) {
            if (address instanceof Address.Tcp tcp && !tcp.isEveryAddress() && tcp.port() != 0) {
                literal(tcp)
                        .ifPresent(literal -> every(literal, tcp.port(), listeners)
                                .ifPresent(all -> {
                                    Ready ready = listeners.remove(address);
                                    if (ready != null) {
                                        gathered.computeIfAbsent(all, key -> new HashMap<>())
                                                .put(
                                                        Peer.of(literal.getAddress(), tcp.port())
                                                                .text(),
                                                        ready.service());
                                    }
                                }));
            }
        }
        gathered.forEach((all, services) -> listeners.computeIfPresent(
                all,
                (address, ready) -> new Ready(ready.listener(), ready.service().with(services))));
    }

    /// An unknown name is left for binding to complain about.
    private static Optional<InetAddress> literal(Address.Tcp tcp) {
        try {
            return Optional.of(InetAddress.getByName(tcp.host()));
        } catch (UnknownHostException unknown) {
            return Optional.empty();
        }
    }

    private static Optional<Address> every(InetAddress literal, int port, Map<Address, Ready> listeners) {
        List<String> hosts = literal.getAddress().length == 4 ? EVERY_IPV4 : EVERY_IPV6;
        return hosts.stream()
                .<Address>map(host -> new Address.Tcp(host, port))
                .filter(listeners::containsKey)
                .findFirst();
    }
}
