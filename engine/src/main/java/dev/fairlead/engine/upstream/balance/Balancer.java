package dev.fairlead.engine.upstream.balance;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.upstream.server.Member;
import org.jspecify.annotations.Nullable;

/// Chooses a server among those of a tier that are available and were not tried for the request. Shared by all
/// event loops; what belongs to a request is in its [Selection].
public interface Balancer {
    /// Looking for a place in a hash ends after so many misses; then it is whoever's turn it is.
    int MOST_LOOKS = 20;

    /// Whether a request had better wait for the server that is chosen than go to another; then one that is full
    /// may be chosen.
    default boolean binds() {
        return false;
    }

    /// What binds clients to servers before there is anything to choose; null if nothing does.
    default @Nullable Bonds bonds() {
        return null;
    }

    /// Whether any server is as good as another for a request.
    default boolean goesInTurn() {
        return false;
    }

    /// @return null if none is available
    @Nullable
    Member choose(Selection selection, Exchange exchange, long now);
}
