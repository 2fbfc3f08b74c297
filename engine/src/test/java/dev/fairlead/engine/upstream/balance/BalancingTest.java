package dev.fairlead.engine.upstream.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.engine.upstream.Exchanges;
import dev.fairlead.engine.upstream.server.Member;
import dev.fairlead.engine.upstream.server.ServerGroup;
import dev.fairlead.engine.upstream.server.ServerState;
import dev.fairlead.engine.upstream.server.Tier;
import io.netty.channel.unix.DomainSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The sequences are those of nginx.
class BalancingTest {
    private static final long WINDOW = 10_000_000_000L;

    private static List<Member> members(int... weights) {
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < weights.length; i++) {
            String name = String.valueOf((char) ('a' + i));
            members.add(new Member(
                    new ServerState(name, new DomainSocketAddress("/" + name), 0),
                    i,
                    name,
                    weights[i],
                    0,
                    1,
                    WINDOW,
                    false));
        }
        return members;
    }

    private static String turns(Tier tier, int count) {
        StringBuilder order = new StringBuilder();
        boolean[] all = new boolean[tier.members().length];
        Arrays.fill(all, true);
        for (int i = 0; i < count; i++) {
            order.append((char) ('a' + tier.turns().take(all, true)));
        }
        return order.toString();
    }

    @ParameterizedTest
    @CsvSource({"1:1:1,abcabcabc", "5:1:1,aabacaaaabacaa", "3:2:1,abacbaabacba", "1:2,babbab", "4,aaaa"})
    void turnsAreSmoothlyInterleavedByWeight(String weights, String order) {
        int[] each =
                Arrays.stream(weights.split(":")).mapToInt(Integer::parseInt).toArray();
        assertThat(turns(Tier.of(members(each)), order.length())).isEqualTo(order);
    }

    @Test
    void failedServerComesBackGradually() {
        Tier tier = Tier.of(members(4, 4));
        tier.turns().lower(0, 4);
        assertThat(turns(tier, 10)).isEqualTo("bbababab" + "ab");
    }

    @Test
    void oneServerLeftTakesEveryTurn() {
        Tier tier = Tier.of(members(1, 1, 1));
        boolean[] only = {false, true, false};
        for (int i = 0; i < 5; i++) {
            assertThat(tier.turns().take(only, false)).isEqualTo(1);
        }
        assertThat(tier.turns().take(new boolean[3], false)).isEqualTo(-1);
    }

    @Test
    void fewestConnectionsForTheWeightWin() {
        List<Member> members = members(1, 2, 1);
        ServerGroup group = ServerGroup.of("app", members, List.of());
        Balancer balancer = new Balancers.LeastConnections();
        members.get(0).state().enter(0);
        members.get(1).state().enter(0);
        members.get(2).state().enter(0);
        assertThat(chosen(group, balancer)).isEqualTo("b");
        assertThat(chosen(group, balancer)).isIn("a", "b", "c");
    }

    private static String chosen(ServerGroup group, Balancer balancer) {
        Selection selection = new Selection();
        selection.begin(group, 0);
        Member member = selection.next(balancer, Exchanges.of("127.0.0.1", ""), 1);
        return member == null ? "none" : member.state().name();
    }

    @Test
    void failedServersRestAndAreTriedAgainWhenTheirTimeIsOver() {
        List<Member> members = members(1, 1);
        ServerGroup group = ServerGroup.of("app", members, List.of());
        Selection selection = new Selection();
        Balancer balancer = new Balancers.RoundRobin();
        selection.begin(group, 0);
        assertThat(selection.next(balancer, Exchanges.of("127.0.0.1", ""), 1)).isSameAs(members.get(0));
        assertThat(selection.release(Selection.Outcome.FAILED, 2)).isTrue();
        for (int i = 0; i < 3; i++) {
            selection.begin(group, 0);
            assertThat(selection.next(balancer, Exchanges.of("127.0.0.1", ""), 3))
                    .isSameAs(members.get(1));
            selection.release(Selection.Outcome.WELL, 3);
        }
        // Its effective weight starts from nothing, so the other one has this turn still.
        for (Member expected : List.of(members.get(1), members.get(1), members.get(0))) {
            selection.begin(group, 0);
            assertThat(selection.next(balancer, Exchanges.of("127.0.0.1", ""), 3 + WINDOW))
                    .isSameAs(expected);
            selection.release(Selection.Outcome.WELL, 3 + WINDOW);
        }
        selection.begin(group, 0);
        assertThat(selection.next(balancer, Exchanges.of("127.0.0.1", ""), 4 + WINDOW))
                .isNotNull();
        selection.release(Selection.Outcome.WELL, 4 + WINDOW);
        assertThat(members.get(0).state().fails()).isZero();
    }

    @Test
    void noServerGetsMoreConnectionsThanAllowed() {
        Member limited =
                new Member(new ServerState("a", new DomainSocketAddress("/a"), 0), 0, "a", 1, 1, 1, WINDOW, false);
        ServerGroup group = ServerGroup.of("app", List.of(limited), List.of());
        assertThat(chosen(group, new Balancers.RoundRobin())).isEqualTo("a");
        assertThat(chosen(group, new Balancers.RoundRobin())).isEqualTo("none");
    }
}
