package dev.fairlead.engine.upstream;

import dev.fairlead.engine.upstream.server.ServerState;
import dev.fairlead.model.upstream.Duty;
import dev.fairlead.model.upstream.Upstream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The idle connections of one event loop to the servers of one upstream, the last used first. Belongs to that
/// loop.
final class ConnectionPool {
    private @Nullable UpstreamConnection newest;
    private @Nullable UpstreamConnection oldest;
    private int size;

    /// The idle connection to a server that was used last, taken out of the pool; null if there is none.
    @Nullable
    UpstreamConnection take(ServerState server) {
        for (UpstreamConnection each = newest; each != null; each = each.older) {
            if (each.server() == server && each.leadsThere()) {
                remove(each);
                return each;
            }
        }
        return null;
    }

    /// Keeps a connection whose request ended, or closes it. Closes the one idle for longest when there are too
    /// many.
    void offer(UpstreamConnection connection, Optional<Upstream.IdlePool> limits, long now) {
        if (limits.isEmpty()) {
            connection.close();
            return;
        }
        Upstream.IdlePool idle = limits.get();
        if (idle.perLoop() <= 0
                || !connection.leadsThere()
                || connection.requests() >= idle.maxRequests()
                || now - connection.openedNanos() >= idle.maxAge().toNanos()
                || connection.server().duty() == Duty.MAINTENANCE) {
            connection.close();
            return;
        }
        while (size >= idle.perLoop() && oldest != null) {
            UpstreamConnection surplus = oldest;
            remove(surplus);
            surplus.close();
        }
        add(connection);
        connection.idle(idle.idleTimeout().toNanos());
    }

    private void add(UpstreamConnection connection) {
        UpstreamConnection second = newest;
        connection.older = second;
        connection.newer = null;
        if (second == null) {
            oldest = connection;
        } else {
            second.newer = connection;
        }
        newest = connection;
        connection.isPooled = true;
        size++;
        connection.server().idle(1);
    }

    /// Takes a connection out, if it is in.
    void remove(UpstreamConnection connection) {
        if (!connection.isPooled) {
            return;
        }
        UpstreamConnection newer = connection.newer;
        UpstreamConnection older = connection.older;
        if (newer == null) {
            newest = older;
        } else {
            newer.older = older;
        }
        if (older == null) {
            oldest = newer;
        } else {
            older.newer = newer;
        }
        connection.newer = null;
        connection.older = null;
        connection.isPooled = false;
        size--;
        connection.server().idle(-1);
    }
}
