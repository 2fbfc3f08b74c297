package dev.fairlead.engine.upstream.balance;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.upstream.server.Member;
import org.jspecify.annotations.Nullable;

/// A way to choose for those that nothing binds.
record Bonded(Balancer others, Bonds bonds) implements Balancer {
    @Override
    public boolean binds() {
        return others.binds();
    }

    @Override
    public boolean goesInTurn() {
        return others.goesInTurn();
    }

    @Override
    public @Nullable Member choose(Selection selection, Exchange exchange, long now) {
        return others.choose(selection, exchange, now);
    }
}
