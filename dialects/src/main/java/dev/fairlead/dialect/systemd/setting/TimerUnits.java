package dev.fairlead.dialect.systemd.setting;

import dev.fairlead.dialect.systemd.name.UnitOptions;
import dev.fairlead.model.service.Dependencies;
import dev.fairlead.model.service.TimerUnit;
import dev.fairlead.source.Problems;
import java.util.Optional;

/// Makes timers of drafts, refusing what systemd refuses.
final class TimerUnits {
    private static final String STAMPS = "/var/lib/systemd/timers/stamp-";

    private TimerUnits() {}

    static TimerUnit of(Draft draft, Dependencies dependencies, UnitOptions options, Problems problems) {
        TimerDraft timer = draft.timer;
        if (timer.elapses.isEmpty() && !timer.waitsForClock) {
            Drafts.refuse(
                    problems,
                    draft.origin,
                    "Timer unit lacks value setting.",
                    "OnCalendar= or OnUnitActiveSec= in [Timer] says when");
        }
        return new TimerUnit(
                draft.name.toString(),
                Drafts.description(draft),
                dependencies,
                Drafts.rules(draft),
                timer.elapses,
                starts(draft),
                timer.spread,
                timer.spreadIsFixed,
                timer.isPersistent ? Optional.of(options.resolve(STAMPS + draft.name)) : Optional.empty(),
                timer.remains,
                draft.sources,
                draft.origin);
    }

    static String starts(Draft draft) {
        return draft.timer.unit.orElseGet(() -> draft.name.withSuffix("service").toString());
    }
}
