package dev.fairlead.process.supervisor;

/// A unit that starts another one when something happens. Only on the master loop.
sealed interface Starter extends UnitRunner permits SocketRunner, TimerRunner, PathRunner {
    /// Whether it is this one that starts the other.
    boolean starts(String other);

    /// The other has taken a step.
    ///
    /// @param hasJob whether something is still to be done with it
    void otherMoved(UnitRunner other, boolean hasJob);

    /// Nothing of it runs, so that this is all in its activity.
    @Override
    default boolean isAtRest() {
        return switch (activity()) {
            case INACTIVE, FAILED -> true;
            case ACTIVE, ACTIVATING, DEACTIVATING, RELOADING -> false;
        };
    }

    /// A failure is forgotten.
    void resetFailed();
}
