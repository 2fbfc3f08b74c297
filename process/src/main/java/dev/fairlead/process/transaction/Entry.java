package dev.fairlead.process.transaction;

import java.util.ArrayList;
import java.util.List;

/// A job while its transaction is made.
final class Entry {
    final String unit;
    JobType type;
    /// Whether the wish itself fails without it.
    boolean matters;
    final boolean ignoresOrder;
    final List<Pull> pulls = new ArrayList<>();
    final List<Pull> pulledBy = new ArrayList<>();

    Entry(String unit, JobType type, boolean ignoresOrder) {
        this.unit = unit;
        this.type = type;
        this.ignoresOrder = ignoresOrder;
    }

    /// Why a job is there.
    ///
    /// @param by the one that brought it; the wish itself is an entry without a unit
    /// @param matters whether `by` fails without it
    /// @param conflicts whether it is there because the two cannot be up together
    record Pull(Entry by, Entry job, boolean matters, boolean conflicts) {}

    /// Whether something stops it because the two cannot be up together.
    boolean isStoppedByConflict() {
        return pulledBy.stream().anyMatch(Pull::conflicts);
    }

    String told() {
        return unit + "/" + type.word();
    }
}
