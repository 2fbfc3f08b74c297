package dev.fairlead.engine.upstream.balance;

import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.connection.Peer;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.upstream.server.Member;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongUnaryOperator;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// The ways to choose that need nothing but the tier itself. Each makes the same choices as nginx's of that name.
public final class Balancers {
    private static final int[] NO_ADDRESS = {0, 0, 0};

    private Balancers() {}

    /// In turn.
    public record RoundRobin() implements Balancer {
        @Override
        public boolean goesInTurn() {
            return true;
        }

        @Override
        public @Nullable Member choose(Selection selection, Exchange exchange, long now) {
            return selection.takeTurn(now);
        }
    }

    /// The first that is available.
    record InOrder() implements Balancer {
        @Override
        public @Nullable Member choose(Selection selection, Exchange exchange, long now) {
            for (Member member : selection.tier().members()) {
                if (selection.isOpen(member, now)) {
                    return member;
                }
            }
            return null;
        }
    }

    /// The one with the fewest active requests for its weight; in turn among equals.
    record LeastConnections() implements Balancer {
        @Override
        public @Nullable Member choose(Selection selection, Exchange exchange, long now) {
            Member best = null;
            boolean[] candidates = selection.candidates();
            for (Member member : selection.tier().members()) {
                int index = member.index();
                candidates[index] = false;
                if (!selection.isOpen(member, now)) {
                    continue;
                }
                int comparison = best == null ? -1 : load(member, best);
                if (comparison < 0) {
                    Arrays.fill(candidates, 0, index, false);
                    best = member;
                }
                candidates[index] = comparison <= 0;
            }
            return best == null ? null : selection.takeTurnAmong(candidates);
        }

        private static int load(Member one, Member other) {
            return Long.compare(
                    (long) one.state().active() * other.weight(),
                    (long) other.state().active() * one.weight());
        }
    }

    /// By the client's address: the first three bytes of IPv4, all of IPv6.
    record ClientAddress() implements Balancer {
        private static final int START = 89;

        @Override
        public @Nullable Member choose(Selection selection, Exchange exchange, long now) {
            Peer client = exchange.client();
            long hash = selection.looks == 0 ? START : selection.position;
            while (selection.looks <= MOST_LOOKS) {
                hash = step(hash, client);
                Member member = selection.tier().at(hash % selection.tier().totalWeight());
                if (selection.isOpen(member, now)) {
                    selection.position = hash;
                    selection.looks = Math.max(1, selection.looks);
                    return member;
                }
                selection.looks++;
            }
            return selection.takeTurn(now);
        }

        private static long step(long start, Peer client) {
            long hash = start;
            int count = client.isUnix() ? NO_ADDRESS.length : client.address().length == 4 ? 3 : 16;
            for (int i = 0; i < count; i++) {
                int octet = client.isUnix() ? 0 : client.address()[i] & 0xff;
                hash = (hash * 113 + octet) % 6271;
            }
            return hash;
        }
    }

    /// By the hash of a text; a miss hashes the number of the miss and the text, and adds that.
    record Hash(Text key) implements Balancer {
        @Override
        public @Nullable Member choose(Selection selection, Exchange exchange, long now) {
            String text = key.of(exchange);
            if (text.isEmpty()) {
                return selection.takeTurn(now);
            }
            while (selection.looks <= MOST_LOOKS) {
                selection.position += hash(selection.looks, text);
                selection.looks++;
                Member member = selection
                        .tier()
                        .at(selection.position % selection.tier().totalWeight());
                if (selection.isOpen(member, now)) {
                    return member;
                }
            }
            return selection.takeTurn(now);
        }

        private static long hash(int misses, String text) {
            CRC32 crc = new CRC32();
            if (misses > 0) {
                crc.update(Ketama.bytes(Integer.toString(misses)));
            }
            crc.update(Ketama.bytes(text));
            return crc.getValue() >> 16 & 0x7fff;
        }
    }

    /// By chance, by weight.
    ///
    /// @param bestOfTwo whether two are drawn and the one with fewer active requests is taken
    /// @param random asked for numbers; several threads may do so at once
    record Chance(boolean bestOfTwo, LongUnaryOperator random) implements Balancer {
        Chance(boolean bestOfTwo) {
            this(bestOfTwo, bound -> ThreadLocalRandom.current().nextLong(bound));
        }

        @Override
        public @Nullable Member choose(Selection selection, Exchange exchange, long now) {
            Member earlier = null;
            for (int looks = 0; looks <= MOST_LOOKS; looks++) {
                Member member =
                        selection.tier().at(random.applyAsLong(selection.tier().totalWeight()));
                if (member.equals(earlier) || !selection.isOpen(member, now)) {
                    continue;
                }
                if (!bestOfTwo) {
                    return member;
                }
                if (earlier != null) {
                    return LeastConnections.load(member, earlier) > 0 ? earlier : member;
                }
                earlier = member;
            }
            return selection.takeTurn(now);
        }
    }
}
