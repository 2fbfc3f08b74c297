package dev.fairlead.process.supervisor;

import dev.fairlead.model.status.UnitStatus.Activity;
import dev.fairlead.process.baton.Baton;

/// Since when a unit without processes is what it is, and who hears of its steps.
final class Standing {
    private final Host host;
    private final UnitRunner runner;
    private long sinceMillis;

    Standing(Host host, UnitRunner runner) {
        this.host = host;
        this.runner = runner;
        this.sinceMillis = host.clock().wallMillis();
    }

    /// When it entered its activity, in milliseconds since 1970.
    long sinceMillis() {
        return sinceMillis;
    }

    void save(Baton part) {
        part.put("since", sinceMillis);
    }

    void resume(Baton part) {
        sinceMillis = part.number("since", sinceMillis);
    }

    /// The unit has taken a step.
    ///
    /// @param before its activity until then
    /// @param message for its log; empty for none
    void moved(Activity before, String subState, String message) {
        Activity now = runner.activity();
        if (before != now) {
            sinceMillis = host.clock().wallMillis();
        }
        if (!message.isEmpty()) {
            host.say(runner.name(), message);
        }
        host.changed().accept(runner, new UnitChange(runner.name(), before, now, subState, message));
    }
}
