package dev.fairlead.model.service;

/// What one unit says about another.
public enum Relation {
    /// Started with it; if one of them fails to start first, this one is not started; stopping one stops this.
    REQUIRES,
    /// Must be active already when this one is started, else this one is not; stopping one stops this.
    REQUISITE,
    /// Started with it, whatever becomes of them.
    WANTS,
    /// As [#REQUIRES], and this unit also stops when one of them ends by itself.
    BINDS_TO,
    /// As [#WANTS], and started again whenever they are down while this one is up.
    UPHOLDS,
    /// Stopped and restarted with them.
    PART_OF,
    /// Stopped when this one starts, and the other way round.
    CONFLICTS,
    /// Start only once these have finished starting; stop before them.
    AFTER,
    /// The other way round.
    BEFORE,
    /// Started when this one has failed.
    ON_FAILURE,
    /// Started when this one has ended well.
    ON_SUCCESS,
    /// Started by this one when what it waits for happens.
    TRIGGERS,
    /// Reloaded with this one.
    PROPAGATES_RELOAD_TO,
    /// This one is reloaded with them.
    RELOAD_PROPAGATED_FROM,
    /// Stopped with this one.
    PROPAGATES_STOP_TO,
    /// This one is stopped with them.
    STOP_PROPAGATED_FROM
}
