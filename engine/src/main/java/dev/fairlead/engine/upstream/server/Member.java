package dev.fairlead.engine.upstream.server;

import dev.fairlead.model.upstream.Duty;
import dev.fairlead.model.upstream.ServerTraits;
import java.util.concurrent.ThreadLocalRandom;

/// A server in a group, with what the configuration says of it.
///
/// @param index its place in its tier
/// @param configured the address as the configuration has it; several members share it when a name has several
///     addresses
/// @param share its weight as configured
/// @param limit most connections at once as configured; 0 for no limit
public record Member(
        ServerState state,
        int index,
        String configured,
        int share,
        int limit,
        int maxFailures,
        long windowNanos,
        boolean down,
        ServerTraits traits) {

    public Member(
            ServerState state,
            int index,
            String configured,
            int share,
            int limit,
            int maxFailures,
            long windowNanos,
            boolean down) {
        this(state, index, configured, share, limit, maxFailures, windowNanos, down, ServerTraits.NONE);
    }

    /// Its name, or its address.
    public String name() {
        return traits.name().isEmpty() ? state.name() : traits.name();
    }

    public boolean isNamed(String text) {
        return traits.name().equals(text) || state.name().equals(text) || configured.equals(text);
    }

    /// Its share at present: one of several places of a name that is empty has none.
    public int weight() {
        return isSpare() ? 0 : state.weight(share);
    }

    /// Whether it is one of several places of a name, and empty.
    public boolean isSpare() {
        return !state.place().isKnown()
                && traits.lookup().filter(lookup -> lookup.addresses() > 1).isPresent();
    }

    int maxConnections() {
        return state.most(limit);
    }

    /// The same at the load of this moment.
    public int mostNow() {
        return state.mostNow(limit);
    }

    /// What is wanted of it: by an operator, or else by the configuration.
    public Duty duty() {
        Duty said = state.duty();
        if (said != null) {
            return said;
        }
        return down ? Duty.MAINTENANCE : Duty.READY;
    }

    /// Whether nothing at all is wanted of it.
    public boolean isPaused() {
        return duty() == Duty.MAINTENANCE;
    }

    /// Connections to it are remembered from now on, so that they can be ended.
    public void keepConnections() {
        state.keepsConnections();
    }

    /// Whether requests of clients that are bound to it may be sent.
    public boolean isUsable() {
        return duty() != Duty.MAINTENANCE && !state.isFailing();
    }

    /// Whether any request may be sent, were there room for it.
    public boolean isWilling(long now) {
        return duty() == Duty.READY
                && !state.isFailing()
                && !state.isLeaving()
                && weight() > 0
                && !state.isResting(maxFailures, windowNanos, now);
    }

    /// Whether this turn is not its, because it came back a short while ago: by chance, the less likely the
    /// longer it is back.
    public boolean isSlowNow(long now) {
        if (traits.slowStart().isZero()) {
            return false;
        }
        long whole = traits.slowStart().toNanos();
        long back = now - state.upSinceNanos();
        return back < whole && ThreadLocalRandom.current().nextLong(whole) >= back;
    }

    boolean isFull() {
        int most = mostNow();
        return most > 0 && state.active() >= most;
    }

    public boolean isAvailable(long now) {
        return isWilling(now) && !isFull();
    }
}
