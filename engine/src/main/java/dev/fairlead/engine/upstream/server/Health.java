package dev.fairlead.engine.upstream.server;

/// Counts how checks of one server went, and says what they come to: it takes `rise` in a row to bring a server
/// up and `fall` to bring it down. What speaks against the present state is forgotten with the first check that
/// speaks for it. No I/O, no clock.
public final class Health {
    private final int rise;
    private final int fall;
    private boolean isUp;
    private int against;

    /// @param isUp how it begins
    /// @param isSure whether it takes the full count to change that; else one check does
    public Health(int rise, int fall, boolean isUp, boolean isSure) {
        this.rise = Math.max(1, rise);
        this.fall = Math.max(1, fall);
        this.isUp = isUp;
        this.against = isSure ? 0 : needed() - 1;
    }

    private int needed() {
        return isUp ? fall : rise;
    }

    public boolean isUp() {
        return isUp;
    }

    /// Whether the last checks speak against the present state.
    public boolean isChanging() {
        return against > 0;
    }

    /// Whether nothing speaks against the present state.
    public boolean isSure() {
        return against == 0;
    }

    /// Checks that speak against it.
    public int gathered() {
        return against;
    }

    /// Further ones that it bears.
    public int left() {
        return needed() - against;
    }

    public int rise() {
        return rise;
    }

    public int fall() {
        return fall;
    }

    /// One more check that fails brings it down.
    public void doubt() {
        if (isUp) {
            against = Math.max(against, fall - 1);
        }
    }

    /// @return whether it changed
    public boolean passed() {
        return count(isUp);
    }

    /// @return whether it changed
    public boolean failed() {
        return count(!isUp);
    }

    /// Somebody else decided.
    public void force(boolean up) {
        isUp = up;
        against = 0;
    }

    private boolean count(boolean speaksForIt) {
        if (speaksForIt) {
            against = 0;
            return false;
        }
        against++;
        if (against < needed()) {
            return false;
        }
        isUp = !isUp;
        against = 0;
        return true;
    }
}
