package dev.fairlead.engine.upstream.balance;

import dev.fairlead.engine.upstream.server.Member;
import dev.fairlead.engine.upstream.server.Tier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Places of a tier's servers on a ring of 32 bits, 16 for each unit of weight, where HAProxy puts them. Safe for
/// use by several threads.
final class Ring {
    private static final int PLACES = 16;
    private static final int PLACES_OF_ONE = 256 * PLACES;

    private final Tier tier;
    private volatile Laid latest = new Laid(new int[0], new int[0], new Member[0]);

    Ring(Tier tier) {
        this.tier = tier;
    }

    /// @param weights that it was made from
    /// @param keys without sign, in order
    @SuppressWarnings("ArrayRecordComponent") // compared by hand
    private record Laid(int[] weights, int[] keys, Member[] members) {
        boolean holds(Member[] all) {
            if (weights.length != all.length) {
                return false;
            }
            for (int i = 0; i < all.length; i++) {
                if (weights[i] != all[i].weight()) {
                    return false;
                }
            }
            return true;
        }
    }

    private record Place(int key, Member member) {}

    /// The server nearest to the hash that may be taken; going up from there if it may not.
    @Nullable
    Member nearest(int hash, Taking mayBeTaken) {
        Laid ring = ring();
        int count = ring.keys().length;
        if (count == 0) {
            return null;
        }
        int above = above(ring.keys(), hash);
        int next = seek(ring, above, 1, mayBeTaken);
        int previous = seek(ring, above - 1, -1, mayBeTaken);
        if (next < 0 || previous < 0) {
            return null;
        }
        int up = ring.keys()[next] - hash;
        int down = hash - ring.keys()[previous];
        return ring.members()[Integer.compareUnsigned(down, up) <= 0 ? previous : next];
    }

    /// Which servers are on the ring at present, as if others had no place.
    interface Taking {
        boolean mayBeTaken(Member member);
    }

    /// The first place whose server may be taken, in steps around the ring; -1 if there is none.
    private static int seek(Laid ring, int from, int step, Taking mayBeTaken) {
        int count = ring.keys().length;
        for (int i = 0; i < count; i++) {
            int at = Math.floorMod(from + i * step, count);
            if (mayBeTaken.mayBeTaken(ring.members()[at])) {
                return at;
            }
        }
        return -1;
    }

    private static int above(int[] keys, int hash) {
        int from = 0;
        int to = keys.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (Integer.compareUnsigned(keys[middle], hash) < 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    private Laid ring() {
        Laid present = latest;
        if (!present.holds(tier.members())) {
            present = lay();
            latest = present;
        }
        return present;
    }

    private Laid lay() {
        Member[] members = tier.members();
        List<Place> places = new ArrayList<>();
        int[] weights = new int[members.length];
        for (int i = 0; i < members.length; i++) {
            weights[i] = members[i].weight();
            for (int j = 0; j < weights[i] * PLACES; j++) {
                int number = members[i].traits().number() == 0
                        ? i + 1
                        : members[i].traits().number();
                places.add(new Place(Hashes.avalanche(number * PLACES_OF_ONE + j), members[i]));
            }
        }
        places.sort(Comparator.comparingInt(place -> place.key() ^ Integer.MIN_VALUE));
        return new Laid(
                weights,
                places.stream().mapToInt(Place::key).toArray(),
                places.stream().map(Place::member).toArray(Member[]::new));
    }
}
