package dev.fairlead.cli.daemon;

import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.Listener;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.os.Descriptors;
import dev.fairlead.os.ListeningSockets;
import dev.fairlead.os.OsException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Listening sockets that whoever starts this program has opened for it (sd_listen_fds(3)).
public record LentSockets(List<Lent> all) {
    private static final int FIRST = 3;
    private static final Map<String, Integer> PORTS = Map.of("http", 80, "https", 443);

    public LentSockets {
        all = List.copyOf(all);
    }

    /// One of them.
    ///
    /// @param name what it is called, if it is
    /// @param address where it listens: `0.0.0.0:80`, `[::]:80`, `unix:/run/app.sock`
    public record Lent(int descriptor, String name, String address) {}

    /// Those that were meant for this process.
    ///
    /// @throws OsException if one of them is no socket
    public static LentSockets of(Map<String, String> environment) throws OsException {
        String pid = environment.getOrDefault("LISTEN_PID", "");
        String count = environment.getOrDefault("LISTEN_FDS", "");
        boolean isMeant = pid.equals(Long.toString(ProcessHandle.current().pid()));
        List<Lent> all = new ArrayList<>();
        if (isMeant && count.matches("\\d{1,3}")) {
            String[] names = environment.getOrDefault("LISTEN_FDNAMES", "").split(":", -1);
            for (int i = 0; i < Integer.parseInt(count); i++) {
                Descriptors.closesOnExec(FIRST + i, true);
                String name = i < names.length ? names[i] : "";
                all.add(new Lent(FIRST + i, name, ListeningSockets.localName(FIRST + i)));
            }
        }
        return new LentSockets(all);
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    /// The sockets that these listeners find: the one at the same address; else one for all addresses of both
    /// families, where all of one are asked for; else one whose name is the port (`8080`, `http`, `https`) or the
    /// file of a unix socket.
    ///
    /// @return descriptors by the listeners' addresses
    public Map<String, Integer> matching(Collection<Address> listeners) {
        Map<String, Integer> found = new LinkedHashMap<>();
        List<Lent> left = new ArrayList<>(all);
        for (Way way : Way.values()) {
            for (Address listener : listeners) {
                if (found.containsKey(text(listener))) {
                    continue;
                }
                Optional<Lent> match = left.stream()
                        .filter(lent -> matches(way, lent, listener))
                        .findFirst();
                match.ifPresent(lent -> {
                    found.put(text(listener), lent.descriptor());
                    left.remove(lent);
                });
            }
        }
        return found;
    }

    /// The sockets this program was given, by the listeners of a plan that find them. Others are closed.
    ///
    /// @param unused is told of those
    /// @throws OsException as [#of]
    public static Map<String, Integer> of(Plan plan, Consumer<Lent> unused) throws OsException {
        LentSockets lent = of(System.getenv());
        List<Address> listeners =
                plan.listeners().stream().map(Listener::address).toList();
        for (Lent one : lent.unused(listeners)) {
            unused.accept(one);
            Descriptors.close(one.descriptor());
        }
        return lent.matching(listeners);
    }

    /// Those that none of these listeners finds.
    public List<Lent> unused(Collection<Address> listeners) {
        Collection<Integer> used = matching(listeners).values();
        return all.stream().filter(lent -> !used.contains(lent.descriptor())).toList();
    }

    /// How a listener finds its socket, in the order in which it is tried.
    private enum Way {
        ADDRESS,
        BOTH_FAMILIES,
        NAME
    }

    private static boolean matches(Way way, Lent lent, Address listener) {
        return switch (way) {
            case ADDRESS -> lent.address().equals(text(listener));
            case BOTH_FAMILIES ->
                listener instanceof Address.Tcp tcp
                        && text(listener).equals("0.0.0.0:" + tcp.port())
                        && lent.address().equals("[::]:" + tcp.port());
            case NAME ->
                switch (listener) {
                    case Address.Tcp tcp ->
                        lent.name().equals(Integer.toString(tcp.port()))
                                || PORTS.getOrDefault(lent.name(), 0) == tcp.port();
                    case Address.Unix unix ->
                        !lent.name().isEmpty() && unix.path().endsWith("/" + lent.name());
                };
        };
    }

    private static String text(Address address) {
        return address instanceof Address.Tcp tcp && tcp.host().equals("*") ? "0.0.0.0:" + tcp.port() : address.text();
    }
}
