package dev.fairlead.engine.upstream.server;

import dev.fairlead.model.upstream.ServerTraits;

/// The limit of a server's connections that grows with the load of its upstream.
///
/// @param group whose load counts
public record Ceiling(ServerTraits.Growth growth, ServerGroup group) {
    /// @param most the server's own limit
    /// @param arriving requests that are not counted yet
    int now(int most, int arriving) {
        if (most == 0) {
            return 0;
        }
        long load = (long) arriving + group.load();
        if (load >= growth.full()) {
            return most;
        }
        return Math.clamp(load * most / growth.full(), Math.min(growth.least(), most), most);
    }
}
