package dev.fairlead.process.supervisor;

import dev.fairlead.model.service.Target;
import dev.fairlead.model.service.Unit;
import dev.fairlead.model.status.UnitStatus;
import dev.fairlead.model.status.UnitStatus.Activity;
import dev.fairlead.os.ProcessTable;
import dev.fairlead.process.baton.Baton;
import java.util.List;
import java.util.Optional;

/// A target: reached or not.
final class TargetRunner implements UnitRunner {
    private final Host host;
    private Unit target;
    private Activity activity = Activity.INACTIVE;
    private long sinceMillis;

    TargetRunner(Host host, Target target) {
        this.host = host;
        this.target = target;
        this.sinceMillis = host.clock().wallMillis();
    }

    @Override
    public Unit unit() {
        return target;
    }

    @Override
    public void redefine(Unit unit) {
        target = unit;
    }

    @Override
    public void start() {
        become(Activity.ACTIVE, "Reached target " + target.description() + ".");
    }

    @Override
    public void stop() {
        become(Activity.INACTIVE, "Stopped target " + target.description() + ".");
    }

    private void become(Activity next, String message) {
        Activity before = activity;
        activity = next;
        if (before != next) {
            sinceMillis = host.clock().wallMillis();
            host.say(name(), message);
        }
        host.changed().accept(this, new UnitChange(name(), before, next, next.word(), message));
    }

    @Override
    public Optional<String> unsettled() {
        return Optional.empty();
    }

    @Override
    public void save(Baton part) {
        part.put("active", activity == Activity.ACTIVE).put("since", sinceMillis);
    }

    @Override
    public void resume(Baton part) {
        activity = part.is("active") ? Activity.ACTIVE : Activity.INACTIVE;
        sinceMillis = part.number("since", sinceMillis);
    }

    @Override
    public Activity activity() {
        return activity;
    }

    @Override
    public boolean isAtRest() {
        return activity == Activity.INACTIVE;
    }

    @Override
    public UnitStatus status(boolean isEnabled, List<ProcessTable.Row> processes) {
        String subState = activity == Activity.ACTIVE ? "active" : "dead";
        return UnitStatuses.without(
                target,
                new UnitStatuses.State(activity, subState, "success", sinceMillis, Optional.empty()),
                isEnabled,
                false,
                Optional.empty());
    }
}
