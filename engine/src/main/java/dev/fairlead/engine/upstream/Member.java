package dev.fairlead.engine.upstream;

/// A server in a group, with what the configuration says of it.
///
/// @param index its place in its tier
/// @param configured the address as the configuration has it; several members share it when a name has several
///     addresses
record Member(
        ServerState state,
        int index,
        String configured,
        int weight,
        int maxConnections,
        int maxFailures,
        long windowNanos,
        boolean down) {

    boolean isAvailable(long now) {
        return !down
                && !state.isTakenOut()
                && !state.isResting(maxFailures, windowNanos, now)
                && (maxConnections == 0 || state.active() < maxConnections);
    }
}
