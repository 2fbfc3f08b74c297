package dev.fairlead.dialect.haproxy.build.workshop;

import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.dialect.haproxy.value.Figures;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Proxies' numbers: as `id` says, else counted.
public final class ProxyNumbers {
    /// The number of the first proxy; HAProxy keeps 1 for the frontend of its own sockets.
    private static final int FIRST = 2;

    private final Map<Proxy, Integer> numbers = new HashMap<>();

    ProxyNumbers(List<Proxy> proxies) {
        Set<Integer> taken = new HashSet<>();
        proxies.forEach(proxy -> said(proxy).ifPresent(taken::add));
        int next = FIRST;
        for (Proxy proxy : proxies) {
            Optional<Integer> said = said(proxy);
            while (said.isEmpty() && taken.contains(next)) {
                next++;
            }
            numbers.put(proxy, said.orElse(next));
            next += said.isEmpty() ? 1 : 0;
        }
    }

    public int of(Proxy proxy) {
        return Objects.requireNonNull(numbers.get(proxy));
    }

    private static Optional<Integer> said(Proxy proxy) {
        return proxy.section().entries().stream()
                .filter(entry -> entry.name().equals("id"))
                .findFirst()
                .flatMap(entry -> Figures.between(entry.text(0), 1, Integer.MAX_VALUE));
    }
}
