package dev.fairlead.model.plan;

import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.Listener;
import dev.fairlead.source.Problems;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which part of a stack listens where, so that two that want the same address are told apart before either
/// is opened. As between programs of their own, an address of a host is the same as that port of every address.
public final class Claims {
    private final PortMap ports;
    private final Problems problems;
    private final List<Claim> known = new ArrayList<>();

    private record Claim(Address written, Address moved, boolean ipv6Only, Span origin) {}

    /// @param ports where listeners are moved to; what counts is where they are then
    public Claims(PortMap ports, Problems problems) {
        this.ports = ports;
        this.problems = problems;
    }

    /// Adds the listeners of one configuration. Within it only what the port map brings together is a problem:
    /// what else it may say twice is its own dialect's affair.
    public void add(List<? extends Listener> listeners) {
        List<Claim> own = new ArrayList<>();
        for (Listener listener : listeners) {
            Claim claim = new Claim(
                    listener.address(),
                    ports.moved(listener.address()),
                    listener.options().ipv6Only(),
                    listener.origin());
            Optional<Claim> other = known.stream()
                    .filter(each -> isSame(each, claim))
                    .findFirst()
                    .or(() -> own.stream()
                            .filter(each -> each.moved().equals(claim.moved())
                                    && !each.written().equals(claim.written()))
                            .findFirst());
            other.ifPresent(first -> report(first, claim));
            own.add(claim);
        }
        known.addAll(own);
    }

    private void report(Claim first, Claim second) {
        problems.error(
                "stack.address",
                second.origin(),
                text(second) + " is listened on by " + first.origin().fileAndLine() + " already"
                        + (first.moved().equals(second.moved()) ? "" : ": " + text(first)),
                second.written().equals(second.moved()) && first.written().equals(first.moved())
                        ? "have one of them listen elsewhere"
                        : "give each a port of its own with --ports");
    }

    private static String text(Claim claim) {
        return claim.moved().text()
                + (claim.written().equals(claim.moved())
                        ? ""
                        : " (moved from " + claim.written().text() + ")");
    }

    private static boolean isSame(Claim one, Claim other) {
        if (one.moved() instanceof Address.Tcp a && other.moved() instanceof Address.Tcp b) {
            return a.port() != 0
                    && a.port() == b.port()
                    && (isSameHost(a, b) || isWithin(a, one.ipv6Only(), b) || isWithin(b, other.ipv6Only(), a));
        }
        return one.moved().equals(other.moved());
    }

    private static boolean isSameHost(Address.Tcp a, Address.Tcp b) {
        return a.host().equalsIgnoreCase(b.host());
    }

    private static boolean isWithin(Address.Tcp all, boolean ipv6Only, Address.Tcp one) {
        if (!all.isEveryAddress()) {
            return false;
        }
        boolean isSix = one.host().indexOf(':') >= 0;
        return all.host().equals("::") ? isSix || !ipv6Only : !isSix;
    }
}
