package dev.fairlead.engine.upstream;

import dev.fairlead.engine.http.Exchange;
import org.jspecify.annotations.Nullable;

/// Chooses a server among those of a tier that are available and were not tried for the request. Shared by all
/// event loops; what belongs to a request is in its [Selection].
interface Balancer {
    /// Looking for a place in a hash ends after so many misses; then it is whoever's turn it is.
    int MOST_LOOKS = 20;

    /// @return null if none is available
    @Nullable
    Member choose(Selection selection, Exchange exchange, long now);
}
