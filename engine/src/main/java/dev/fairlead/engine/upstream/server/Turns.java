package dev.fairlead.engine.upstream.server;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Whose turn it is: weights smoothly interleaved, as nginx does it. Each candidate's present weight grows by its
/// effective weight, the heaviest is taken and loses the sum of all. A failure lowers an effective weight, each
/// turn gives one of it back.
///
/// Shared by all event loops and exact without a lock: the state is one immutable value, replaced by
/// compare-and-set. While all servers are well, the values form a ring that is computed once, so that taking a
/// turn allocates nothing.
public final class Turns {
    /// Longer rings are computed anew every time instead of being remembered.
    private static final long LONGEST_RING = 4096;

    private final int[] weights;
    private final boolean[] everyone;
    private final boolean isRingRemembered;
    private final Turn start;
    private final AtomicReference<Turn> latest;

    Turns(int[] weights) {
        this.weights = weights;
        this.everyone = new boolean[weights.length];
        Arrays.fill(everyone, true);
        this.isRingRemembered = Arrays.stream(weights).asLongStream().sum() <= LONGEST_RING;
        this.start = new Turn(new int[weights.length], weights, -1, true);
        this.latest = new AtomicReference<>(start);
    }

    /// Takes a turn among the candidates.
    ///
    /// @param all whether all are candidates
    /// @return the place of the one whose turn it is, or -1 without candidates
    public int take(boolean[] candidates, boolean all) {
        while (true) {
            Turn present = latest.get();
            Turn next = all && present.rested ? ringAfter(present) : after(present, candidates);
            if (next.chosen < 0) {
                return -1;
            }
            if (latest.compareAndSet(present, next)) {
                return next.chosen;
            }
        }
    }

    /// Goes on from where another rotation with the same weights is.
    void assume(Turns other) {
        if (Arrays.equals(weights, other.weights)) {
            latest.set(other.latest.get());
        }
    }

    /// Lowers an effective weight after a failure.
    public void lower(int index, int by) {
        while (true) {
            Turn present = latest.get();
            int[] effective = present.effective.clone();
            effective[index] = Math.max(0, effective[index] - by);
            if (latest.compareAndSet(present, new Turn(present.current, effective, present.chosen, false))) {
                return;
            }
        }
    }

    private Turn ringAfter(Turn present) {
        Turn known = present.next;
        if (known != null) {
            return known;
        }
        Turn computed = after(present, everyone);
        if (!isRingRemembered) {
            return computed;
        }
        if (computed.isStart()) {
            computed.next = start.next;
        }
        present.next = computed;
        return computed;
    }

    @SuppressWarnings("ReferenceEquality") // whether the array is still the shared one
    private Turn after(Turn present, boolean[] candidates) {
        int[] current = present.current.clone();
        int[] effective = present.effective;
        int total = 0;
        int best = -1;
        for (int i = 0; i < current.length; i++) {
            if (!candidates[i]) {
                continue;
            }
            current[i] += effective[i];
            total += effective[i];
            if (effective[i] < weights[i]) {
                if (effective == present.effective) {
                    effective = effective.clone();
                }
                effective[i]++;
            }
            if (best < 0 || current[i] > current[best]) {
                best = i;
            }
        }
        if (best >= 0) {
            current[best] -= total;
        }
        return new Turn(current, effective, best, Arrays.equals(effective, weights));
    }

    /// One state of the rotation, and who was chosen to reach it.
    private static final class Turn {
        private final int[] current;
        private final int[] effective;
        private final int chosen;
        private final boolean rested;

        /// The state after it when everyone is a candidate. Set by whoever computes it first; all compute the
        /// same.
        private @Nullable Turn next;

        private Turn(int[] current, int[] effective, int chosen, boolean rested) {
            this.current = current;
            this.effective = effective;
            this.chosen = chosen;
            this.rested = rested;
        }

        private boolean isStart() {
            for (int weight : current) {
                if (weight != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
