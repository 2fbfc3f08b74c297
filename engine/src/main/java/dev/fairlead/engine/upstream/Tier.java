package dev.fairlead.engine.upstream;

import java.util.List;

/// Servers of a group that are chosen from together.
final class Tier {
    private final Member[] members;
    private final Turns turns;
    private final long totalWeight;

    private Tier(Member[] members, Turns turns, long totalWeight) {
        this.members = members;
        this.turns = turns;
        this.totalWeight = totalWeight;
    }

    static Tier of(List<Member> members) {
        Member[] all = members.toArray(Member[]::new);
        int[] weights = members.stream().mapToInt(Member::weight).toArray();
        return new Tier(
                all,
                new Turns(weights),
                members.stream().mapToLong(Member::weight).sum());
    }

    Member[] members() {
        return members;
    }

    Turns turns() {
        return turns;
    }

    /// Of all members, those that are down included.
    long totalWeight() {
        return totalWeight;
    }

    int upCount() {
        int count = 0;
        for (Member member : members) {
            if (!member.down()) {
                count++;
            }
        }
        return count;
    }

    /// The member on which a number below [#totalWeight] falls when each has a stretch as long as its weight.
    Member at(long number) {
        long left = number;
        for (Member member : members) {
            left -= member.weight();
            if (left < 0) {
                return member;
            }
        }
        throw new IllegalArgumentException("beyond the total weight: " + number);
    }
}
