package dev.fairlead.process.supervisor;

import dev.fairlead.model.service.TimerUnit;
import dev.fairlead.model.service.Unit;
import dev.fairlead.model.service.timer.Elapse;
import dev.fairlead.model.status.UnitStatus;
import dev.fairlead.model.status.UnitStatus.Activity;
import dev.fairlead.model.status.Waiting;
import dev.fairlead.os.MasterLoop;
import dev.fairlead.os.ProcessTable;
import dev.fairlead.process.baton.Baton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Runs one timer: works out when it elapses next, has its unit started then, and works it out again once that
/// has ended.
final class TimerRunner implements Starter {
    /// The clock may be set: times of the calendar are looked at this often, at least.
    private static final Duration LONGEST_SLEEP = Duration.ofMinutes(1);

    /// Where a timer stands, in systemd's words.
    enum Phase {
        DEAD(Activity.INACTIVE),
        WAITING(Activity.ACTIVE),
        RUNNING(Activity.ACTIVE),
        ELAPSED(Activity.ACTIVE),
        FAILED(Activity.FAILED);

        private final Activity activity;

        Phase(Activity activity) {
            this.activity = activity;
        }
    }

    /// A moment by both clocks.
    private record Moment(Instant wall, long nanos) {
        /// The same moment, so much later.
        Moment plus(Duration delay) {
            return new Moment(wall.plus(delay), nanos + delay.toNanos());
        }
    }

    private final Host host;
    private final Set<Elapse> spent = new HashSet<>();
    private TimerUnit unit;
    private Phase phase = Phase.DEAD;
    private Optional<String> problem = Optional.empty();
    private Optional<MasterLoop.Timer> alarm = Optional.empty();
    private Optional<Moment> startedAt = Optional.empty();
    private Optional<Moment> lastTrigger = Optional.empty();
    private Optional<Moment> lastUnitStart = Optional.empty();
    private Optional<Moment> lastUnitEnd = Optional.empty();
    private Optional<Instant> next = Optional.empty();
    private boolean unitWasAtRest = true;
    private boolean isRefused;
    private final Standing standing;

    TimerRunner(Host host, TimerUnit unit) {
        this.host = host;
        this.unit = unit;
        this.standing = new Standing(host, this);
    }

    private Moment now() {
        return new Moment(
                Instant.ofEpochMilli(host.clock().wallMillis()), host.clock().monotonicNanos());
    }

    @Override
    public Unit unit() {
        return unit;
    }

    /// A timer waits by its new definition at once: nothing of it runs.
    @Override
    public void redefine(Unit other) {
        if (other instanceof TimerUnit timer && !timer.equals(unit)) {
            unit = timer;
            spent.clear();
            if (phase == Phase.WAITING || phase == Phase.ELAPSED) {
                await();
            }
        }
    }

    @Override
    public void start() {
        if (!isAtRest()) {
            return;
        }
        isRefused = host.triggers().bring(unit.starts()).isEmpty();
        if (isRefused) {
            problem = Optional.of("Unit " + unit.starts() + " not found.");
            become(Phase.DEAD, name() + ": Refusing to start, unit " + unit.starts() + " to trigger not loaded.");
            return;
        }
        problem = Optional.empty();
        spent.removeIf(elapse -> elapse instanceof Elapse.After after && after.base() == Elapse.Base.ACTIVATION);
        startedAt = Optional.of(now());
        lastTrigger = Optional.empty();
        unit.stamp().ifPresent(this::readStamp);
        await();
    }

    private void readStamp(Path stamp) {
        try {
            Instant time = Files.getLastModifiedTime(stamp).toInstant();
            if (time.isBefore(now().wall())) {
                lastTrigger = Optional.of(new Moment(time, host.born().nanos()));
            } else {
                host.say(name(), name() + ": Not using persistent file timestamp " + time + " as it is in the future.");
            }
        } catch (NoSuchFileException first) {
            writeStamp(stamp);
        } catch (IOException refused) {
            host.say(name(), name() + ": Failed to read " + stamp + ": " + refused.getMessage());
        }
    }

    private void writeStamp(Path stamp) {
        try {
            Files.createDirectories(stamp.getParent());
            if (!Files.exists(stamp)) {
                Files.createFile(stamp);
            }
            Files.setLastModifiedTime(stamp, FileTime.from(now().wall()));
        } catch (IOException refused) {
            host.say(
                    name(),
                    name() + ": Failed to write " + stamp + ", what is missed while nothing runs is not made up for: "
                            + refused.getMessage());
        }
    }

    /// Works out when it elapses next, and sleeps until then.
    private void await() {
        alarm.ifPresent(MasterLoop.Timer::cancel);
        Moment now = now();
        Optional<Moment> soonest = Optional.empty();
        boolean isByWall = false;
        boolean staysAround = false;
        for (Elapse elapse : unit.elapses()) {
            boolean isByUnit = elapse instanceof Elapse.After after
                    && (after.base() == Elapse.Base.UNIT_ACTIVE || after.base() == Elapse.Base.UNIT_INACTIVE);
            staysAround |= isByUnit;
            Optional<Moment> time = spent.contains(elapse) ? Optional.empty() : next(elapse, now);
            if (time.isPresent()
                    && (soonest.isEmpty() || left(time.get(), now).compareTo(left(soonest.get(), now)) < 0)) {
                soonest = time;
                isByWall = elapse instanceof Elapse.OnCalendar;
            }
        }
        if (soonest.isEmpty()) {
            next = Optional.empty();
            become(unit.remains() || staysAround ? Phase.ELAPSED : Phase.DEAD, "");
            return;
        }
        Moment due = soonest.get().plus(spread());
        next = Optional.of(due.wall());
        boolean isNew = phase != Phase.WAITING;
        boolean begins = isAtRest();
        phase = Phase.WAITING;
        sleep(due, isByWall);
        if (isNew) {
            standing.moved(
                    begins ? Activity.INACTIVE : Activity.ACTIVE,
                    subState(),
                    begins ? "Started " + unit.description() + "." : "");
        }
    }

    private Duration spread() {
        long most = unit.spread().toMillis();
        RandomGenerator chance = unit.spreadIsFixed() ? new Random(name().hashCode()) : RandomGenerator.getDefault();
        return most <= 0 ? Duration.ZERO : Duration.ofMillis(chance.nextLong(most));
    }

    private static Duration left(Moment due, Moment now) {
        return Duration.ofNanos(due.nanos() - now.nanos());
    }

    private Optional<Moment> next(Elapse elapse, Moment now) {
        return switch (elapse) {
            case Elapse.OnCalendar calendar -> {
                Moment base = lastTrigger.or(() -> startedAt).orElse(now);
                yield calendar.time()
                        .next(base.wall(), ZoneId.systemDefault())
                        .map(time ->
                                time.isBefore(host.born().wall()) ? host.born().wall() : time)
                        .map(time -> now.plus(Duration.between(now.wall(), time)));
            }
            case Elapse.After after -> {
                Optional<Moment> time = base(after.base()).map(base -> base.plus(after.delay()));
                boolean isSpent = lastTrigger.isPresent()
                        && time.isPresent()
                        && time.get().nanos() < now.nanos()
                        && isOnce(after.base());
                if (isSpent) {
                    spent.add(elapse);
                }
                yield isSpent ? Optional.empty() : time;
            }
        };
    }

    private static boolean isOnce(Elapse.Base base) {
        return switch (base) {
            case ACTIVATION, BOOT, STARTUP -> true;
            case UNIT_ACTIVE, UNIT_INACTIVE -> false;
        };
    }

    private Optional<Moment> base(Elapse.Base base) {
        return switch (base) {
            case ACTIVATION -> startedAt;
            case BOOT, STARTUP ->
                Optional.of(new Moment(host.born().wall(), host.born().nanos()));
            case UNIT_ACTIVE -> later(lastUnitStart, lastTrigger);
            case UNIT_INACTIVE -> later(lastUnitEnd, lastTrigger);
        };
    }

    private static Optional<Moment> later(Optional<Moment> one, Optional<Moment> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.or(() -> other);
        }
        return one.get().nanos() - other.get().nanos() >= 0 ? one : other;
    }

    /// @param isByWall whether it moves when the clock is set
    private void sleep(Moment due, boolean isByWall) {
        Duration left = isByWall ? Duration.between(now().wall(), due.wall()) : left(due, now());
        Duration most = left.compareTo(LONGEST_SLEEP) > 0 ? LONGEST_SLEEP : left.isNegative() ? Duration.ZERO : left;
        alarm = Optional.of(host.loop().schedule(most, () -> {
            if (phase != Phase.WAITING) {
                return;
            }
            boolean isEarly = isByWall
                    ? now().wall().isBefore(due.wall())
                    : left(due, now()).isPositive();
            if (isEarly) {
                sleep(due, isByWall);
            } else {
                elapse();
            }
        }));
    }

    private void elapse() {
        lastTrigger = Optional.of(now());
        next = Optional.empty();
        unit.stamp().ifPresent(this::writeStamp);
        become(Phase.RUNNING, "");
        if (host.triggers().bring(unit.starts()).isEmpty()) {
            problem = Optional.of("Unit " + unit.starts() + " not found.");
            become(Phase.FAILED, name() + ": Failed to queue unit startup job: " + problem.get());
            return;
        }
        host.triggers().start(unit.starts());
        // A unit that could not be started at all takes no step.
        host.loop()
                .execute(() -> host.triggers().runner(unit.starts()).ifPresent(other -> {
                    if (phase == Phase.RUNNING
                            && other.isAtRest()
                            && !host.triggers().hasJob(other.name())) {
                        await();
                    }
                }));
    }

    @Override
    public boolean starts(String other) {
        return unit.starts().equals(other);
    }

    @Override
    public void otherMoved(UnitRunner other, boolean hasJob) {
        boolean isAtRest = other.isAtRest();
        if (isAtRest != unitWasAtRest) {
            unitWasAtRest = isAtRest;
            if (isAtRest) {
                lastUnitEnd = Optional.of(now());
            } else {
                lastUnitStart = Optional.of(now());
            }
        } else if (phase != Phase.RUNNING) {
            return;
        }
        switch (phase) {
            case WAITING, ELAPSED -> await();
            case RUNNING -> {
                if (isAtRest) {
                    await();
                }
            }
            case DEAD, FAILED -> {}
        }
    }

    @Override
    public void stop() {
        alarm.ifPresent(MasterLoop.Timer::cancel);
        next = Optional.empty();
        if (!isAtRest()) {
            become(Phase.DEAD, "Stopped " + unit.description() + ".");
        }
    }

    /// A failure is forgotten.
    @Override
    public void resetFailed() {
        if (phase == Phase.FAILED) {
            problem = Optional.empty();
            become(Phase.DEAD, "");
        }
    }

    @Override
    public Optional<String> unsettled() {
        return Optional.empty();
    }

    @Override
    public void save(Baton part) {
        List<Elapse> all = unit.elapses();
        part.put("phase", phase.name())
                .put("problem", problem)
                .put("unit-at-rest", unitWasAtRest)
                .put(
                        "spent",
                        spent.stream()
                                .map(one -> Integer.toString(all.indexOf(one)))
                                .toList());
        standing.save(part);
        save(part, "started", startedAt);
        save(part, "triggered", lastTrigger);
        save(part, "unit-started", lastUnitStart);
        save(part, "unit-ended", lastUnitEnd);
    }

    private static void save(Baton part, String name, Optional<Moment> moment) {
        moment.ifPresent(at -> part.put(name, at.wall().toEpochMilli()).put(name + "-nanos", at.nanos()));
    }

    private static Optional<Moment> moment(Baton part, String name) {
        return part.text(name)
                .map(at -> new Moment(Instant.ofEpochMilli(part.number(name, 0)), part.number(name + "-nanos", 0)));
    }

    @Override
    public void resume(Baton part) {
        phase = Phase.valueOf(part.text("phase", Phase.DEAD.name()));
        problem = part.text("problem");
        standing.resume(part);
        unitWasAtRest = part.is("unit-at-rest");
        for (String index : part.texts("spent")) {
            int number = Integer.parseInt(index);
            if (number >= 0 && number < unit.elapses().size()) {
                spent.add(unit.elapses().get(number));
            }
        }
        startedAt = moment(part, "started");
        lastTrigger = moment(part, "triggered");
        lastUnitStart = moment(part, "unit-started");
        lastUnitEnd = moment(part, "unit-ended");
        if (phase == Phase.WAITING) {
            host.loop().execute(this::await);
        }
    }

    private void become(Phase to, String message) {
        Activity before = activity();
        phase = to;
        standing.moved(before, subState(), message);
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
        return phase != Phase.FAILED && !isRefused;
    }

    @Override
    public UnitStatus status(boolean isEnabled, List<ProcessTable.Row> processes) {
        String result = phase == Phase.FAILED ? "resources" : "success";
        Waiting waiting =
                new Waiting(List.of(), List.of(unit.starts()), millis(next), millis(lastTrigger.map(Moment::wall)));
        return UnitStatuses.without(
                unit,
                new UnitStatuses.State(activity(), subState(), result, standing.sinceMillis(), problem),
                isEnabled,
                false,
                Optional.of(waiting));
    }

    private static OptionalLong millis(Optional<Instant> time) {
        return time.map(one -> OptionalLong.of(one.toEpochMilli())).orElse(OptionalLong.empty());
    }
}
