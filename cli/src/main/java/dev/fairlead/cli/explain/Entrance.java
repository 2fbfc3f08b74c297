package dev.fairlead.cli.explain;

import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.Listener;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.plan.PortMap;
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

    /// Empty where nothing listens on that port.
    Optional<Listener> of(Asked asked) {
        return candidates(asked.port()).stream()
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
        return found.reversed();
    }

    private static int nearness(Listener listener, Asked asked) {
        if (!(listener.address() instanceof Address.Tcp tcp)) {
            return 0;
        }
        if (tcp.host().equals(asked.host())) {
            return HERE;
        }
        return tcp.isEveryAddress() ? EVERYWHERE : ELSEWHERE;
    }

    Step step(Listener listener, Asked asked) {
        String where = listener.address().text();
        String to = listener.address() instanceof Address.Tcp tcp && moved.containsKey(tcp.port())
                ? ", moved to " + moved.get(tcp.port())
                : "";
        Step step = Step.at("listener", "listener " + where + to + (listener.tls() ? ", TLS" : ""), listener.origin());
        for (Listener other : candidates(asked.port()).reversed()) {
            if (!other.address().equals(listener.address())) {
                step.add(Step.at("not", "not " + other.address().text() + ": for another address", other.origin()));
            }
        }
        return step;
    }

    /// Why nobody takes the request, and who is nearest.
    String nobody(Asked asked) {
        String text = "nothing listens on port " + asked.port();
        Optional<Listener> nearest = plan.listeners().stream()
                .filter(listener -> listener.address() instanceof Address.Tcp)
                .min(Comparator.comparingInt((Listener listener) -> listener.tls() == asked.isTls() ? 0 : 1)
                        .thenComparingInt(listener -> Math.abs(port(listener) - asked.port())));
        if (nearest.isEmpty()) {
            return "fairlead explain: " + text + "; the stack listens on no port";
        }
        Listener listener = nearest.get();
        String scheme = listener.tls() ? "https://" : "http://";
        String host = asked.host().indexOf(':') >= 0 ? "[" + asked.host() + "]" : asked.host();
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
