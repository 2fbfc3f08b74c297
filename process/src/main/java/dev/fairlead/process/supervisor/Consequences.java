package dev.fairlead.process.supervisor;

import dev.fairlead.model.service.JobMode;
import dev.fairlead.model.service.Relation;
import dev.fairlead.model.service.Unit;
import dev.fairlead.model.status.UnitStatus.Activity;
import dev.fairlead.process.transaction.JobType;
import dev.fairlead.process.transaction.Links;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// What the steps of one unit mean for others, without anybody having asked: units for the end of another,
/// units bound to one that is gone, those nobody needs any more, those that another one holds up. Only on the
/// master loop.
final class Consequences {
    /// So that two units which undo each other's work do not keep the machine busy.
    private static final int MOST_CHANGES = 16;
    private static final long CHANGES_NANOS = 10_000_000_000L;

    private final Host host;
    private final Graph graph;
    private final Jobs jobs;
    private final Map<String, Deque<Long>> changes = new HashMap<>();
    private final Set<String> toLookAt = new LinkedHashSet<>();
    private boolean isOver;

    Consequences(Host host, Graph graph, Jobs jobs) {
        this.host = host;
        this.graph = graph;
        this.jobs = jobs;
    }

    /// Everything is being stopped: nothing is started any more.
    void end() {
        isOver = true;
    }

    /// @param isUnexpected whether no job asked for it
    void follow(UnitRunner runner, Activity before, Activity now, boolean isUnexpected) {
        if (isOver) {
            return;
        }
        String name = runner.name();
        Links links = graph.links();
        if (isUnexpected && !isUpOrComing(before) && isUpOrComing(now)) {
            startLate(name, links);
        } else if (isUnexpected && isUpOrComing(before) && !isUpOrComing(now)) {
            links.boundTo(name).forEach(this::stopUnlessDown);
        }
        if (!runner.comesBack()) {
            if (now == Activity.FAILED && before != Activity.FAILED) {
                startFor(runner.unit(), Relation.ON_FAILURE);
            } else if (now == Activity.INACTIVE && !JobType.isDown(before)) {
                startFor(runner.unit(), Relation.ON_SUCCESS);
            }
        }
        if (before != now) {
            lookAt(name, links);
        }
    }

    /// The unit was not started because of another one.
    void dependencyFailed(String name) {
        if (!isOver) {
            graph.links().unit(name).ifPresent(unit -> startFor(unit, Relation.ON_FAILURE));
        }
    }

    private void startFor(Unit unit, Relation relation) {
        Set<String> names = unit.dependencies().names(relation);
        if (names.isEmpty()) {
            return;
        }
        boolean hasFailed = relation == Relation.ON_FAILURE;
        host.say(
                unit.name(),
                unit.name() + ": Triggering " + (hasFailed ? "OnFailure" : "OnSuccess") + "= dependencies.");
        JobMode mode = hasFailed ? unit.rules().onFailure() : unit.rules().onSuccess();
        for (String name : names) {
            // After the step that led here is over.
            host.loop().execute(() -> jobs.wish(name, JobType.START, mode));
        }
    }

    /// It came up by itself: what it would have pulled in and stopped comes now.
    private void startLate(String name, Links links) {
        Set<String> earlier = links.before(name);
        for (String other : links.of(name, Relation.REQUIRES, Relation.BINDS_TO, Relation.UPHOLDS)) {
            if (!earlier.contains(other) && isKnown(other) && !isUpOrComing(jobs.activity(other))) {
                jobs.wish(other, JobType.START, JobMode.REPLACE);
            }
        }
        for (String other : links.of(name, Relation.WANTS)) {
            if (!earlier.contains(other) && isKnown(other) && !isUpOrComing(jobs.activity(other))) {
                jobs.wish(other, JobType.START, JobMode.FAIL);
            }
        }
        links.of(name, Relation.CONFLICTS).forEach(this::stopUnlessDown);
        links.naming(name, Relation.CONFLICTS).forEach(this::stopUnlessDown);
    }

    private boolean isKnown(String name) {
        return graph.runner(name).isPresent();
    }

    private void stopUnlessDown(String name) {
        if (isKnown(name) && isUpOrComing(jobs.activity(name))) {
            jobs.wish(name, JobType.STOP, JobMode.REPLACE);
        }
    }

    /// Looks, once the present step is over, whether anything around this unit is to be started or stopped.
    private void lookAt(String name, Links links) {
        if (toLookAt.isEmpty()) {
            host.loop().execute(this::look);
        }
        toLookAt.add(name);
        links.unit(name).ifPresent(unit -> unit.dependencies().names().values().forEach(toLookAt::addAll));
        toLookAt.addAll(links.naming(name, Relation.BINDS_TO));
    }

    private void look() {
        Set<String> names = new LinkedHashSet<>(toLookAt);
        toLookAt.clear();
        for (String name : names) {
            if (!isOver && isKnown(name) && !jobs.isQueued(name)) {
                look(name, graph.links());
            }
        }
    }

    private void look(String name, Links links) {
        Activity activity = jobs.activity(name);
        if (Jobs.isUp(activity)) {
            boolean isUnneeded = links.unit(name)
                            .filter(unit -> unit.rules().stopsWhenUnneeded())
                            .isPresent()
                    && links.needing(name).stream().noneMatch(this::isInUse);
            if (isUnneeded && mayChange(name)) {
                host.say(name, name + ": Unit not needed anymore. Stopping.");
                jobs.wish(name, JobType.STOP, JobMode.FAIL);
                return;
            }
            for (String other : links.of(name, Relation.BINDS_TO)) {
                boolean isGone = isKnown(other) && !jobs.isQueued(other) && JobType.isDown(jobs.activity(other));
                if (isGone && mayChange(name)) {
                    host.say(name, name + ": Unit is bound to inactive unit " + other + ". Stopping, too.");
                    jobs.wish(name, JobType.STOP, JobMode.REPLACE);
                    return;
                }
            }
        } else if (JobType.isDown(activity)) {
            for (String holder : links.naming(name, Relation.UPHOLDS)) {
                if (isUpOrComing(jobs.activity(holder)) && mayChange(name)) {
                    host.say(name, name + ": Unit has to be up because of " + holder + ". Starting.");
                    jobs.wish(name, JobType.START, JobMode.FAIL);
                    return;
                }
            }
        }
    }

    private boolean isInUse(String name) {
        return isKnown(name) && (jobs.isQueued(name) || !JobType.isDown(jobs.activity(name)));
    }

    private boolean mayChange(String name) {
        Deque<Long> recent = changes.computeIfAbsent(name, none -> new ArrayDeque<>());
        long now = host.clock().monotonicNanos();
        while (!recent.isEmpty() && now - recent.peekFirst() > CHANGES_NANOS) {
            recent.removeFirst();
        }
        if (recent.size() >= MOST_CHANGES) {
            host.say(name, name + ": Unit was started and stopped too often of late; it stays as it is.");
            return false;
        }
        recent.addLast(now);
        return true;
    }

    private static boolean isUpOrComing(Activity activity) {
        return Jobs.isUp(activity) || activity == Activity.ACTIVATING;
    }
}
