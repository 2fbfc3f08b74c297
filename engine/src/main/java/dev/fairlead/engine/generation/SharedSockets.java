package dev.fairlead.engine.generation;

import dev.fairlead.engine.connection.Peer;
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
        for (Address address : List.copyOf(listeners.keySet())) {
            if (address instanceof Address.Tcp tcp && !tcp.isEveryAddress() && tcp.port() != 0) {
                literal(tcp)
                        .ifPresent(literal -> every(literal, tcp.port(), listeners)
                                .ifPresent(all -> move(tcp, literal, all, listeners)));
            }
        }
    }

    private static void move(Address.Tcp from, InetAddress literal, Address all, Map<Address, Ready> listeners) {
        Ready special = listeners.get(from);
        Ready general = listeners.get(all);
        if (special == null || general == null) {
            return;
        }
        String text = Peer.of(literal.getAddress(), from.port()).text();
        joined(general, text, special).ifPresent(both -> {
            listeners.remove(from);
            listeners.put(all, both);
        });
    }

    /// Those of different kinds stay apart, and binding complains.
    private static Optional<Ready> joined(Ready general, String address, Ready special) {
        if (general instanceof Ready.Http(var listener, Service service)
                && special instanceof Ready.Http(var other, Service otherService)) {
            Map<String, Service> services = new HashMap<>(service.byAddress());
            services.put(address, otherService);
            return Optional.of(new Ready.Http(listener, service.with(services)));
        }
        if (general instanceof Ready.Stream(var listener, var served)
                && special instanceof Ready.Stream(var other, var otherServed)) {
            return Optional.of(new Ready.Stream(listener, served.with(address, otherServed.entry())));
        }
        return Optional.empty();
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
