package dev.fairlead.process.supervisor;

import dev.fairlead.model.service.PathUnit;
import dev.fairlead.model.service.Unit;
import dev.fairlead.model.service.Watched;
import dev.fairlead.model.status.UnitStatus;
import dev.fairlead.model.status.UnitStatus.Activity;
import dev.fairlead.model.status.Waiting;
import dev.fairlead.os.OsException;
import dev.fairlead.os.ProcessTable;
import dev.fairlead.process.baton.Baton;
import dev.fairlead.process.supervisor.socket.Permissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// Runs one path unit: watches until something is there or changes, has its unit started, and watches again
/// once that has ended.
final class PathRunner implements Starter {
    /// Where a path unit stands, in systemd's words.
    enum Phase {
        DEAD(Activity.INACTIVE),
        WAITING(Activity.ACTIVE),
        RUNNING(Activity.ACTIVE),
        FAILED(Activity.FAILED);

        private final Activity activity;

        Phase(Activity activity) {
            this.activity = activity;
        }
    }

    private final Host host;
    private final TriggerHistory triggers = new TriggerHistory();
    private final PathWatch watch;
    private final Definition<PathUnit> definition;
    private Phase phase = Phase.DEAD;
    private final UnitResult result = new UnitResult();
    private final Standing standing;

    PathRunner(Host host, PathUnit unit) {
        this.host = host;
        this.definition = new Definition<>(unit);
        this.watch = new PathWatch(host.loop(), this::happened);
        this.standing = new Standing(host, this);
    }

    @Override
    public PathUnit unit() {
        return definition.present();
    }

    @Override
    public void redefine(Unit other) {
        if (other instanceof PathUnit path) {
            definition.offer(path, isAtRest());
        }
    }

    @Override
    public void start() {
        if (!isAtRest()) {
            return;
        }
        definition.take();
        result.forget();
        if (host.triggers().bring(unit().starts()).isEmpty()) {
            String problem = "Refusing to start, unit " + unit().starts() + " to trigger not loaded.";
            result.problem(problem);
            result.failed("resources");
            become(Phase.DEAD, name() + ": " + problem);
            return;
        }
        unit().folderMode().ifPresent(this::makeFolders);
        watch.watches(unit().watched());
        await(true, false, "Started " + unit().description() + ".");
    }

    private void makeFolders(int mode) {
        for (Watched one : unit().watched()) {
            if (one.kind() == Watched.Kind.EXISTS || one.kind() == Watched.Kind.EXISTS_MATCHING) {
                continue;
            }
            Path folder = Path.of(one.path());
            try {
                if (!Files.exists(folder)) {
                    Files.createDirectories(folder);
                    Files.setPosixFilePermissions(folder, Permissions.of(mode));
                }
            } catch (IOException refused) {
                host.say(name(), name() + ": Failed to create " + folder + ": " + refused.getMessage());
            }
        }
    }

    /// Waits, unless what it waits for is there already, or its unit still runs.
    ///
    /// @param isFirst whether nothing can have changed yet
    /// @param isAfterUnit whether that unit has just ended
    private void await(boolean isFirst, boolean isAfterUnit, String message) {
        Optional<UnitRunner> started = host.triggers().runner(unit().starts());
        if (started.isPresent() && !started.get().isAtRest()) {
            watch.stop();
            become(Phase.RUNNING, message);
            return;
        }
        if (watch.isThere(isFirst, isAfterUnit)) {
            trigger(message);
            return;
        }
        try {
            watch.start();
        } catch (OsException refused) {
            fail("resources", "Failed to enter waiting state: " + refused.getMessage());
            return;
        }
        // It may have come between looking and watching.
        if (watch.isThere(false, isAfterUnit)) {
            trigger(message);
        } else {
            become(Phase.WAITING, message);
        }
    }

    /// @param isChange whether it happened to what is watched itself, and that is what counts
    private void happened(boolean isChange) {
        if (phase != Phase.WAITING) {
            return;
        }
        if (isChange) {
            trigger("");
        } else {
            await(false, false, "");
        }
    }

    private void trigger(String message) {
        if (!triggers.allows(unit().triggerLimit(), host.clock().monotonicNanos())) {
            fail("trigger-limit-hit", "Trigger limit hit, refusing further activation.");
            return;
        }
        watch.stop();
        become(Phase.RUNNING, message);
        host.triggers().start(unit().starts());
        // A unit that could not be started at all takes no step.
        host.loop()
                .execute(() -> host.triggers()
                        .runner(unit().starts())
                        .ifPresent(other -> otherMoved(other, host.triggers().hasJob(other.name()))));
    }

    @Override
    public boolean starts(String other) {
        return unit().starts().equals(other);
    }

    @Override
    public void otherMoved(UnitRunner other, boolean hasJob) {
        boolean isStarting = phase == Phase.RUNNING || phase == Phase.WAITING;
        if (isStarting && other instanceof ServiceRunner service && service.hasHitStartLimit() && other.isAtRest()) {
            fail("unit-start-limit-hit", other.name() + " was started too often.");
        } else if (phase == Phase.RUNNING && other.isAtRest() && !hasJob) {
            await(false, true, "");
        } else if (phase == Phase.WAITING && !other.isAtRest()) {
            watch.stop();
            become(Phase.RUNNING, "");
        }
    }

    @Override
    public void stop() {
        watch.stop();
        if (!isAtRest()) {
            become(Phase.DEAD, "Stopped " + unit().description() + ".");
            definition.take();
        }
    }

    private void fail(String why, String message) {
        watch.stop();
        result.problem(message);
        result.failed(why);
        host.say(name(), name() + ": " + message);
        become(Phase.FAILED, name() + ": Failed with result '" + why + "'.");
    }

    @Override
    public void resetFailed() {
        if (phase == Phase.FAILED) {
            result.forget();
            become(Phase.DEAD, "");
        }
    }

    @Override
    public Optional<String> unsettled() {
        return Optional.empty();
    }

    @Override
    public void save(Baton part) {
        part.put("phase", phase.name());
        result.save(part);
        standing.save(part);
        triggers.save(part);
        watch.save(part);
    }

    @Override
    public void resume(Baton part) {
        phase = Phase.valueOf(part.text("phase", Phase.DEAD.name()));
        result.resume(part);
        standing.resume(part);
        triggers.resume(part);
        watch.watches(unit().watched());
        boolean hasChanged = watch.resume(part);
        if (phase == Phase.WAITING && hasChanged) {
            host.loop().execute(() -> happened(true));
        } else if (phase == Phase.WAITING) {
            host.loop().execute(() -> await(false, false, ""));
        }
    }

    private void become(Phase to, String message) {
        Activity before = activity();
        boolean isNew = phase != to;
        phase = to;
        if (isNew || !message.isEmpty()) {
            standing.moved(before, subState(), message);
        }
    }

    private String subState() {
        return phase.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Activity activity() {
        return phase.activity;
    }

    @Override
    public boolean hasSucceeded() {
        return phase != Phase.FAILED && result.isSuccess();
    }

    @Override
    public UnitStatus status(boolean isEnabled, List<ProcessTable.Row> processes) {
        return UnitStatuses.without(
                unit(),
                new UnitStatuses.State(activity(), subState(), result.word(), standing.sinceMillis(), result.problem()),
                isEnabled,
                definition.isOutdated(),
                Optional.of(new Waiting(
                        unit().watched().stream().map(Watched::path).toList(),
                        List.of(unit().starts()),
                        OptionalLong.empty(),
                        OptionalLong.empty())));
    }
}
