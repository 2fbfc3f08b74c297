package dev.fairlead.engine.upstream.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.engine.upstream.server.Member;
import dev.fairlead.engine.upstream.server.ServerState;
import dev.fairlead.engine.upstream.server.Tier;
import dev.fairlead.model.upstream.Balance;
import io.netty.channel.unix.DomainSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashesTest {
    private static Tier tier(int... weights) {
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < weights.length; i++) {
            String name = String.valueOf((char) ('a' + i));
            ServerState state = new ServerState(name, new DomainSocketAddress("/" + name), 0);
            members.add(new Member(state, i, name, weights[i], 0, 0, 0, false));
        }
        return Tier.of(members);
    }

    @ParameterizedTest
    @CsvSource({"1:1:1, abc", "3:1, aaab", "10:5, aab", "0:2:2, bc"})
    void rotationLaysWeightsSideBySide(String weights, String order) {
        int[] each =
                Arrays.stream(weights.split(":")).mapToInt(Integer::parseInt).toArray();
        String laid = Arrays.stream(new Rotation(tier(each)).order(1))
                .map(member -> member.state().name())
                .collect(Collectors.joining());
        assertThat(laid).isEqualTo(order);
    }

    @Test
    void serverThatGoesDownLeavesTheRotationAtOnce() {
        Tier tier = tier(1, 1);
        Rotation rotation = new Rotation(tier);
        assertThat(rotation.order(1)).hasSize(2);
        tier.members()[0].state().failing(true, 1);
        assertThat(rotation.order(1)).containsExactly(tier.members()[1]);
    }

    @Test
    void onARingOnlyTheKeysOfALostServerMove() {
        Tier tier = tier(1, 1, 1, 1);
        Ring ring = new Ring(tier);
        Set<Integer> moved = new HashSet<>();
        for (int key = 0; key < 1000; key++) {
            int hash = Hashes.avalanche(key);
            Member before = ring.nearest(hash, member -> true);
            Member after = ring.nearest(hash, member -> member.index() != 2);
            if (before != null && !before.equals(after)) {
                moved.add(before.index());
            }
        }
        assertThat(moved).containsExactly(2);
    }

    /// What HAProxy 2.6 chose for `/p0/q`, `/p1/q` … or their parts among servers of weights 1, 1, 2, 1.
    @ParameterizedTest(name = "{0} avalanche={1} ring={2} {3}")
    @CsvSource({
        "SDBM, false, false, /p%d/q, aaaaaaaaaaaaaaaaaaaaddddddddddcccccccccc",
        "SDBM, true, true, /p%d/q, adcbdaadcdbdaabaababdbcaccdcccacdbbdcdac",
        "WT6, true, false, /p%d/q, cacaddaacbdcbcdccccccbadccbbcacbbbbcbccc",
        "DJB2, false, true, /p%d/q, ddddddddddbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
        "CRC32, false, false, /p%d, cdccccddddbbccacdacbdbbddcbbcccbccbbdacc",
        "WT6, true, true, key%d, bdaaccacddcbccaaaaaacaacbcdacaccdddccdab"
    })
    void keysGoWhereHaproxySendsThem(
            Balance.HashFunction function, boolean avalanche, boolean isRing, String pattern, String expected) {
        Tier tier = tier(1, 1, 2, 1);
        Ring ring = new Ring(tier);
        Member[] order = new Rotation(tier).order(1);
        StringBuilder chosen = new StringBuilder();
        for (int i = 0; i < expected.length(); i++) {
            String key = String.format(Locale.ROOT, pattern, i);
            int plain = Hashes.of(function, key, key.length());
            int hash = avalanche ? Hashes.avalanche(plain) : plain;
            Member member =
                    isRing ? ring.nearest(hash, each -> true) : order[Integer.remainderUnsigned(hash, order.length)];
            chosen.append(member == null ? "-" : member.state().name());
        }
        assertThat(chosen).hasToString(expected);
    }
}
