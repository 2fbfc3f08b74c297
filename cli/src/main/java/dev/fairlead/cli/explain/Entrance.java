package dev.fairlead.cli.explain;

import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.Listener;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.plan.PortMap;
import io.netty.util.NetUtil;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Finds the listener that a client would reach.
final class Entrance {
    private static final int HERE = 3;
    private static final int EVERYWHERE = 2;
    private static final int ELSEWHERE = 1;

    private final Plan plan;
    private final Map<Integer, Integer> moved;

    /// @param plan before its listeners are moved
    Entrance(Plan plan, PortMap ports) {
        this.plan = plan;
        this.moved = ports.ports();
    }

    /// Empty where nothing listens on that port, or at that address. What addresses a name has is not known here.
    Optional<Listener> of(Asked asked) {
        boolean isAddress = NetUtil.createByteArrayFromIpAddressString(asked.host()) != null;
        return candidates(asked.port()).stream()
                .filter(listener -> !isAddress || nearness(listener, asked) > ELSEWHERE)
                .max((one, other) -> Integer.compare(nearness(one, asked), nearness(other, asked)));
    }

    /// The port of the URL may be that of the configuration, or the one it is moved to.
    private List<Listener> candidates(int port) {
        List<Listener> found = new ArrayList<>();
        for (Listener listener : plan.listeners()) {
            if (listener.address() instanceof Address.Tcp tcp && moved.getOrDefault(tcp.port(), tcp.port()) == port) {
                found.add(listener);
            }
        }
        if (found.isEmpty()) {
            plan.listeners().stream()
                    .filter(listener -> listener.address() instanceof Address.Tcp tcp && tcp.port() == port)
                    .forEach(found::add);
        }
        return found;
    }

    private static int nearness(Listener listener, Asked asked) {
        if (!(listener.address() instanceof Address.Tcp tcp)) {
            return 0;
        }
        boolean isHere = asked.host().equals("localhost")
                ? isLoopback(tcp.host())
                : tcp.host().equals(asked.host());
        if (isHere) {
            return HERE;
        }
        return tcp.isEveryAddress() && takes(listener, tcp, asked.host()) ? EVERYWHERE : ELSEWHERE;
    }

    /// Whether clients of an address of that kind get to a listener of every address.
    private static boolean takes(Listener listener, Address.Tcp every, String host) {
        boolean isSix = every.host().equals("::");
        return NetUtil.isValidIpV4Address(host)
                ? !isSix || !listener.options().ipv6Only()
                : !NetUtil.isValidIpV6Address(host) || isSix;
    }

    private static boolean isLoopback(String host) {
        return host.startsWith("127.") || host.equals("::1") || host.equals("localhost");
    }

    Step step(Listener listener, Asked asked) {
        String where = listener.address().text();
        String to = listener.address() instanceof Address.Tcp tcp && moved.containsKey(tcp.port())
                ? ", moved to " + moved.get(tcp.port())
                : "";
        Step step = Step.at("listener", "listener " + where + to + (listener.tls() ? ", TLS" : ""), listener.origin());
        for (Listener other : candidates(asked.port())) {
            if (!other.address().equals(listener.address())) {
                step.add(Step.at("not", "not " + other.address().text() + ": for another address", other.origin()));
            }
        }
        if (listener.address() instanceof Address.Tcp tcp && isLoopback(tcp.host()) && !isLoopback(asked.from())) {
            step.add(Step.of("note", "reached from this machine alone"));
        }
        return step;
    }

    /// Why nobody takes the request, and who is nearest.
    String nobody(Asked asked) {
        String text = "nothing listens "
                + (candidates(asked.port()).isEmpty() ? "on port " : "at " + asked.host() + ":") + asked.port();
        Optional<Listener> nearest = plan.listeners().stream()
                .filter(listener -> listener.address() instanceof Address.Tcp)
                .min(Comparator.comparingInt((Listener listener) -> listener.tls() == asked.isTls() ? 0 : 1)
                        .thenComparingInt(listener -> Math.abs(port(listener) - asked.port())));
        if (nearest.isEmpty()) {
            return "fairlead explain: " + text + "; the stack listens on no port";
        }
        Listener listener = nearest.get();
        String scheme = listener.tls() ? "https://" : "http://";
        String at = listener.address() instanceof Address.Tcp tcp && !tcp.isEveryAddress() ? tcp.host() : asked.host();
        String host = at.indexOf(':') >= 0 ? "[" + at + "]" : at;
        return "fairlead explain: " + text + ": the nearest listener is "
                + listener.address().text() + " [" + listener.origin().fileAndLine() + "]; try " + scheme + host + ":"
                + port(listener) + asked.target() + "\nlisteners: " + all();
    }

    private int port(Listener listener) {
        int port = listener.address() instanceof Address.Tcp tcp ? tcp.port() : 0;
        return moved.getOrDefault(port, port);
    }

    private String all() {
        return plan.listeners().stream()
                .map(listener -> listener.address().text())
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
