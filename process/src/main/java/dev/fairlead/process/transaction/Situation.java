package dev.fairlead.process.transaction;

import dev.fairlead.model.status.UnitStatus.Activity;
import java.util.Optional;

/// What a transaction has to know about this moment.
public interface Situation {
    Links links();

    /// What a unit of [#links] does.
    Activity activity(String unit);

    /// The job that waits or runs for it already.
    Optional<JobType> queued(String unit);

    /// Whether that job may not be replaced.
    boolean isIrreversible(String unit);

    boolean canReload(String unit);
}
