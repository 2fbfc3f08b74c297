package dev.fairlead.model.plan;

import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.Listener;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Which listener a connection to an address ends up at, as far as the text of both tells. Host names other than
/// `localhost` are the same place only where they are written alike; addresses of this machine's own other than
/// the loopback's are not known here.
final class Reach {
    private static final byte[] LOOPBACK_4 = {127, 0, 0, 1};
    private static final byte[] LOOPBACK_6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private final List<Listener> listeners;

    Reach(List<Listener> listeners) {
        this.listeners = listeners;
    }

    /// The listener of exactly that address, or else the one of every address.
    Optional<Listener> from(Address to) {
        return listeners.stream()
                .filter(listener -> isExactly(listener.address(), to))
                .findFirst()
                .or(() -> listeners.stream()
                        .filter(listener -> isWithin(listener, to))
                        .findFirst());
    }

    private static boolean isExactly(Address listening, Address to) {
        return switch (listening) {
            case Address.Unix(String path) ->
                to instanceof Address.Unix(String other) && plain(path).equals(plain(other));
            case Address.Tcp tcp -> to instanceof Address.Tcp other && isPort(tcp, other) && isSameHost(tcp, other);
        };
    }

    private static boolean isPort(Address.Tcp listening, Address.Tcp to) {
        return listening.port() != 0 && listening.port() == to.port();
    }

    private static boolean isSameHost(Address.Tcp listening, Address.Tcp to) {
        if (listening.isEveryAddress()) {
            return false;
        }
        if (listening.host().equalsIgnoreCase(to.host())) {
            return true;
        }
        List<byte[]> here = meanings(listening.host());
        return meanings(to.host()).stream().anyMatch(there -> here.stream().anyMatch(at -> Arrays.equals(at, there)));
    }

    /// Connecting to the address of all zeros reaches this machine too.
    private static boolean isWithin(Listener listener, Address to) {
        return listener.address() instanceof Address.Tcp all
                && all.isEveryAddress()
                && to instanceof Address.Tcp tcp
                && isPort(all, tcp)
                && meanings(tcp.host()).stream()
                        .anyMatch(there -> (HostBytes.isLoopback(there) || HostBytes.isEvery(there))
                                && isFamily(all, there, listener.options().ipv6Only()));
    }

    private static boolean isFamily(Address.Tcp all, byte[] there, boolean ipv6Only) {
        boolean isFour = there.length == 4 || HostBytes.isMapped(there);
        return all.host().equals("::") ? !isFour || !ipv6Only : isFour;
    }

    private static List<byte[]> meanings(String host) {
        if (host.equalsIgnoreCase("localhost")) {
            return List.of(LOOPBACK_4, LOOPBACK_6);
        }
        return HostBytes.of(host).stream().toList();
    }

    private static String plain(String path) {
        return path.replaceAll("/(\\./|/)+", "/");
    }
}
