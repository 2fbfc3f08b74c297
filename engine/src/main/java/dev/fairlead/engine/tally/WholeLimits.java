package dev.fairlead.engine.tally;

import dev.fairlead.model.roster.Rates;

/// How many clients' connections there may be over all: as the plan that runs has it, until an operator says
/// otherwise. Safe for use by several threads.
public final class WholeLimits {
    private volatile int planned;
    private volatile int most;
    private volatile Rates rates = Rates.NONE;

    /// A plan is about to run, or to follow another.
    ///
    /// @param connections at once; 0 for no limit
    public void plan(int connections, Rates perSecond) {
        planned = connections;
        most = connections;
        rates = perSecond;
    }

    /// At once, as the plan has it; 0 for no limit.
    public int planned() {
        return planned;
    }

    /// At once; 0 for no limit.
    public int most() {
        return most;
    }

    public void most(int connections) {
        most = connections;
    }

    public Rates rates() {
        return rates;
    }

    public void rates(Rates perSecond) {
        rates = perSecond;
    }
}
