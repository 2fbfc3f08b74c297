package dev.fairlead.engine.upstream.server;

import java.util.Arrays;
import java.util.List;

/// Servers of a group that are chosen from together.
public final class Tier {
    private final Member[] members;
    private volatile Turns turns;
    private volatile long totalWeight;

    private Tier(Member[] members) {
        this.members = members;
        this.turns = turns(members);
        this.totalWeight = total(members);
    }

    private static Turns turns(Member[] members) {
        return new Turns(Arrays.stream(members).mapToInt(Member::weight).toArray());
    }

    private static long total(Member[] members) {
        return Math.max(1, Arrays.stream(members).mapToLong(Member::weight).sum());
    }

    /// Takes up weights that were changed. The order of turns starts anew.
    public void weighAnew() {
        turns = turns(members);
        totalWeight = total(members);
    }

    /// Is from now on as a tier of the same servers is at this moment.
    void assume(Tier other) {
        for (int i = 0; i < members.length && i < other.members.length; i++) {
            members[i].state().assume(other.members[i].state());
        }
        weighAnew();
        turns.assume(other.turns);
    }

    public static Tier of(List<Member> members) {
        return new Tier(members.toArray(Member[]::new));
    }

    /// Whether there is only one server, empty places of names aside; it is the first then.
    boolean isSingle() {
        if (members.length == 1) {
            return true;
        }
        for (int i = 1; i < members.length; i++) {
            if (!members[i].isSpare()) {
                return false;
            }
        }
        return members.length > 0 && !members[0].isSpare();
    }

    public Member[] members() {
        return members;
    }

    public Turns turns() {
        return turns;
    }

    /// Of all members, those that are down included; at least 1.
    public long totalWeight() {
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
    public Member at(long number) {
        long left = number;
        for (Member member : members) {
            left -= member.weight();
            if (left < 0) {
                return member;
            }
        }
        // Weights were changed meanwhile, or all are zero.
        return members[members.length - 1];
    }
}
