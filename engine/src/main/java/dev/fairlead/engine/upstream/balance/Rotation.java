package dev.fairlead.engine.upstream.balance;

import dev.fairlead.engine.upstream.server.Member;
import dev.fairlead.engine.upstream.server.Tier;
import java.util.Arrays;

/// The servers of a tier that are willing, as often as they weigh, in an order that interleaves them. Made anew
/// only when a server comes, goes or weighs differently; the order is HAProxy's. Safe for use by several threads.
final class Rotation {
    private final Tier tier;
    private volatile Laid latest = new Laid(new int[0], new Member[0]);

    Rotation(Tier tier) {
        this.tier = tier;
    }

    /// @param weights of all members, 0 for those that are not willing
    @SuppressWarnings("ArrayRecordComponent") // compared by hand
    private record Laid(int[] weights, Member[] order) {
        boolean holds(Tier tier, long now) {
            Member[] members = tier.members();
            if (weights.length != members.length) {
                return false;
            }
            for (int i = 0; i < members.length; i++) {
                if (weights[i] != weight(members[i], now)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static int weight(Member member, long now) {
        return member.isWilling(now) ? member.weight() : 0;
    }

    /// Not to be changed. Empty if no server is willing.
    Member[] order(long now) {
        Laid present = latest;
        if (!present.holds(tier, now)) {
            present = lay(now);
            latest = present;
        }
        return present.order();
    }

    private Laid lay(long now) {
        Member[] members = tier.members();
        int[] weights = new int[members.length];
        int divisor = 0;
        for (int i = 0; i < members.length; i++) {
            weights[i] = weight(members[i], now);
            divisor = divisor(weights[i], divisor);
        }
        int total = divisor == 0 ? 0 : Arrays.stream(weights).sum() / divisor;
        int[] scores = new int[members.length];
        Member[] order = new Member[total];
        for (int place = 0; place < total; place++) {
            int best = -1;
            int most = 0;
            for (int i = 0; i < members.length; i++) {
                scores[i] += weights[i] / divisor;
                // Three steps of how much is due are told apart, no more; among equals the first is taken.
                int due = weights[i] == 0 ? 0 : (scores[i] + total) / total;
                if (due > most) {
                    most = due;
                    best = i;
                }
            }
            scores[best] -= total;
            order[place] = members[best];
        }
        return new Laid(weights, order);
    }

    private static int divisor(int one, int other) {
        return other == 0 ? one : divisor(other, one % other);
    }
}
