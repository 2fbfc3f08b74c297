package dev.fairlead.engine.upstream.name;

import dev.fairlead.model.net.AddressRange;
import dev.fairlead.model.upstream.NameLookup;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which server of a group gets which address of a name, and which place of a service: who has one that is still
/// there keeps it.
final class Tenancy {
    private static final int OF_THE_FAMILY = 8;
    private static final int OF_THE_NETWORK = 4;
    private static final int UNUSED = 2;

    private Tenancy() {}

    /// @param followers those of one group that follow what was looked for, in its order
    static void settle(Look look, List<Follower> followers) {
        List<Reply.Service> services = look.services();
        if (services.isEmpty()) {
            addresses(look, followers);
        } else {
            services(services, followers);
        }
    }

    private static void addresses(Look look, List<Follower> followers) {
        List<InetAddress> known = look.addresses();
        boolean isFresh = true;
        for (Follower follower : followers) {
            InetAddress present = follower.settled();
            if (present != null && known.contains(present)) {
                continue;
            }
            InetAddress chosen = best(known, follower, followers);
            if (chosen == null) {
                follower.lost("no IP for server");
            } else {
                follower.settle(chosen, look, isFresh);
                isFresh = false;
            }
        }
    }

    private static @Nullable InetAddress best(List<InetAddress> known, Follower follower, List<Follower> all) {
        InetAddress best = null;
        int most = -1;
        for (InetAddress address : known) {
            boolean isUsed = all.stream().anyMatch(other -> other != follower && address.equals(other.settled()));
            if (isUsed && !follower.lookup().choice().mayShare()) {
                continue;
            }
            int score = score(address, follower) + (isUsed ? 0 : UNUSED);
            if (score > most) {
                best = address;
                most = score;
            }
        }
        return best;
    }

    private static int score(InetAddress address, Follower follower) {
        NameLookup.Choice choice = follower.lookup().choice();
        boolean isIpv4 = address instanceof Inet4Address;
        boolean isPreferred = switch (choice.family()) {
            case IPV4_FIRST, IPV4 -> isIpv4;
            case IPV6_FIRST, IPV6 -> !isIpv4;
            case BOTH -> true;
        };
        boolean isNear = choice.networks().stream()
                .anyMatch(range -> range instanceof AddressRange.Block block && block.contains(address.getAddress()));
        boolean isPresent =
                follower.state().address() instanceof InetSocketAddress inet && address.equals(inet.getAddress());
        return (isPreferred ? OF_THE_FAMILY : 0) + (isNear ? OF_THE_NETWORK : 0) + (isPresent ? 1 : 0);
    }

    private static void services(List<Reply.Service> known, List<Follower> followers) {
        List<Reply.Service> free = new ArrayList<>(known);
        List<Follower> idle = new ArrayList<>();
        for (Follower follower : followers) {
            Reply.Service present = follower.service();
            Reply.Service same = present == null ? null : take(present, free);
            if (same != null) {
                follower.serve(same);
            } else {
                if (present != null) {
                    follower.retire();
                }
                idle.add(follower);
            }
        }
        for (int i = 0; i < free.size() && i < idle.size(); i++) {
            idle.get(i).serve(free.get(i));
        }
    }

    private static Reply.@Nullable Service take(Reply.Service place, List<Reply.Service> from) {
        for (Reply.Service each : from) {
            if (each.isSamePlace(place)) {
                from.remove(each);
                return each;
            }
        }
        return null;
    }
}
