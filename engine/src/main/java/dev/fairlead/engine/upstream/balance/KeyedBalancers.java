package dev.fairlead.engine.upstream.balance;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.upstream.server.Member;
import dev.fairlead.engine.upstream.server.Tier;
import dev.fairlead.model.upstream.Balance;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The ways to choose that see only servers that are up. Each makes the same choices as HAProxy's of that name.
final class KeyedBalancers {
    private KeyedBalancers() {}

    static Balancer keyed(Balance.Keyed how, Tier tier, CompileContext context) {
        Key key = Key.compile(how, context);
        return how.consistent()
                ? new OnRing(key, new Ring(tier), tier, how.mostLoadPercent())
                : new SideBySide(key, new Rotation(tier), tier);
    }

    /// In turn by a rotation that is made once.
    static final class Fixed implements Balancer {
        private final Tier tier;
        private final Rotation rotation;
        private final AtomicInteger next = new AtomicInteger();

        Fixed(Tier tier) {
            this.tier = tier;
            this.rotation = new Rotation(tier);
        }

        @Override
        public boolean goesInTurn() {
            return true;
        }

        @Override
        public @Nullable Member choose(Selection selection, Exchange exchange, long now) {
            if (selection.tier() != tier) {
                return selection.takeTurn(now);
            }
            Member[] order = rotation.order(now);
            for (int i = 0; i < order.length; i++) {
                Member member = order[Math.floorMod(next.getAndIncrement(), order.length)];
                if (selection.isOpen(member, now)) {
                    return member;
                }
            }
            return null;
        }
    }

    /// All weights laid side by side; the remainder of the hash decides.
    private record SideBySide(Key key, Rotation rotation, Tier tier) implements Balancer {
        @Override
        public boolean binds() {
            return true;
        }

        @Override
        public @Nullable Member choose(Selection selection, Exchange exchange, long now) {
            if (selection.tier() != tier || !selection.isFirstTry() || !key.isGiven(exchange)) {
                return selection.takeTurn(now);
            }
            Member[] order = rotation.order(now);
            return order.length == 0 ? null : order[Integer.remainderUnsigned(key.hash(exchange), order.length)];
        }
    }

    /// The nearest on a ring.
    private record OnRing(Key key, Ring ring, Tier tier, int mostLoadPercent) implements Balancer {
        @Override
        public boolean binds() {
            return true;
        }

        @Override
        public @Nullable Member choose(Selection selection, Exchange exchange, long now) {
            if (selection.tier() != tier || !key.isGiven(exchange)) {
                return selection.takeTurn(now);
            }
            int hash = key.hash(exchange);
            Member near = mostLoadPercent == 0
                    ? null
                    : ring.nearest(hash, member -> selection.isUntried(member, now) && !isOverloaded(member));
            return near != null ? near : ring.nearest(hash, member -> selection.isUntried(member, now));
        }

        private boolean isOverloaded(Member member) {
            long active = 1;
            for (Member each : tier.members()) {
                active += each.state().active();
            }
            long most = (active * member.weight() * mostLoadPercent + 100 * tier.totalWeight() - 1)
                    / (100 * tier.totalWeight());
            return member.state().active() >= Math.max(1, most);
        }
    }

    /// What is hashed, and how.
    private record Key(Balance.Key of, @Nullable Text text, Balance.HashFunction function, boolean avalanche) {
        static Key compile(Balance.Keyed how, CompileContext context) {
            Text text = how.key() instanceof Balance.Key.Text(var template) ? context.text(template) : null;
            return new Key(how.key(), text, how.function(), how.avalanche());
        }

        boolean isGiven(Exchange exchange) {
            Text value = text;
            return value == null || !value.of(exchange).isEmpty();
        }

        int hash(Exchange exchange) {
            int hash = switch (of) {
                case Balance.Key.SourceAddress() -> folded(exchange.client().address());
                case Balance.Key.Target(int length, int depth, boolean whole) -> {
                    String target = exchange.isTargetReplaced()
                            ? exchange.sentTarget()
                            : exchange.head().target().raw();
                    yield Hashes.of(function, target, end(target, length, depth, whole));
                }
                case Balance.Key.Text ignored -> {
                    String value = text == null ? "" : text.of(exchange);
                    yield Hashes.of(function, value, value.length());
                }
            };
            return avalanche ? Hashes.avalanche(hash) : hash;
        }

        private static int folded(byte[] address) {
            int hash = 0;
            for (int i = 0; i + 3 < address.length; i += 4) {
                hash ^= (address[i] & 0xff) << 24
                        | (address[i + 1] & 0xff) << 16
                        | (address[i + 2] & 0xff) << 8
                        | (address[i + 3] & 0xff);
            }
            return hash;
        }

        private static int end(String target, int length, int depth, boolean whole) {
            int most = length == 0 ? target.length() : Math.min(length, target.length());
            int slashes = 0;
            for (int i = 0; i < most; i++) {
                char at = target.charAt(i);
                if (at == '/' && ++slashes == depth + 1 && depth > 0) {
                    return i;
                }
                if (at == '?' && !whole) {
                    return i;
                }
            }
            return most;
        }
    }
}
