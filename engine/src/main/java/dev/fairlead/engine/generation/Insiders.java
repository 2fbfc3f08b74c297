package dev.fairlead.engine.generation;

import dev.fairlead.engine.net.Receiver;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.plan.Detour;
import dev.fairlead.model.plan.Link;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Works out which addresses lead to running listeners without a socket. Names in links are looked up; what one
/// of them means is linked only where the listener is really there.
final class Insiders {
    private final Map<Address, RunningListener> listeners;
    private final Map<SocketAddress, Receiver> receivers = new HashMap<>();

    private Insiders(Map<Address, RunningListener> listeners) {
        this.listeners = listeners;
    }

    static Map<SocketAddress, Receiver> of(List<Link> links, Map<Address, RunningListener> listeners) {
        Insiders insiders = new Insiders(listeners);
        links.forEach(insiders::add);
        return insiders.receivers;
    }

    static Map<SocketAddress, SocketAddress> elsewhere(List<Detour> detours) {
        Map<SocketAddress, SocketAddress> sockets = new HashMap<>();
        for (Detour detour : detours) {
            for (InetAddress meant : meanings(detour.to().host())) {
                sockets.put(
                        new InetSocketAddress(meant, detour.to().port()), new InetSocketAddress(meant, detour.port()));
            }
        }
        return sockets;
    }

    private void add(Link link) {
        switch (link.to()) {
            case Address.Unix(String path) -> {
                RunningListener running = listeners.get(link.listener());
                if (running != null) {
                    receivers.put(
                            new DomainSocketAddress(path),
                            Receiver.unix(path, running.connections(), running::isListening));
                }
            }
            case Address.Tcp(String host, int port) -> {
                if (link.listener() instanceof Address.Tcp listener) {
                    for (InetAddress meant : meanings(host)) {
                        add(new InetSocketAddress(meant, port), listener);
                    }
                }
            }
        }
    }

    private void add(InetSocketAddress to, Address.Tcp listener) {
        RunningListener running = at(to.getAddress(), listener);
        if (running != null) {
            boolean isMapped = to.getAddress() instanceof Inet4Address && running.isAtEveryIpv6();
            receivers.put(
                    to,
                    Receiver.tcp(
                            to.getAddress(),
                            running.acceptor().port(),
                            isMapped,
                            running.connections(),
                            running::isListening));
        }
    }

    /// The listener a connection would come to; one of every address may hold the socket for one of a certain
    /// one.
    private @Nullable RunningListener at(InetAddress meant, Address.Tcp listener) {
        if (!listener.isEveryAddress()) {
            if (!meanings(listener.host()).contains(meant)) {
                return null;
            }
            RunningListener exact = listeners.get(listener);
            if (exact != null) {
                return exact;
            }
        }
        if (meant instanceof Inet4Address) {
            RunningListener four = first(listener.port(), "*", "0.0.0.0");
            if (four != null) {
                return four;
            }
        }
        RunningListener six = first(listener.port(), "::");
        return six != null && (!(meant instanceof Inet4Address) || six.takesIpv4()) ? six : null;
    }

    private @Nullable RunningListener first(int port, String... hosts) {
        for (String host : hosts) {
            RunningListener found = listeners.get(new Address.Tcp(host, port));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /// A name that is not known leads nowhere; who connects to it finds out.
    private static List<InetAddress> meanings(String host) {
        try {
            return List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException unknown) {
            return List.of();
        }
    }
}
