package dev.fairlead.process.supervisor;

import dev.fairlead.model.service.Service;
import dev.fairlead.model.service.SocketUnit;
import dev.fairlead.model.service.Unit;
import dev.fairlead.model.service.execution.Command;
import dev.fairlead.model.service.socket.Activation;
import dev.fairlead.model.service.socket.ListenPoint;
import dev.fairlead.model.status.UnitStatus;
import dev.fairlead.model.status.UnitStatus.Activity;
import dev.fairlead.model.status.Waiting;
import dev.fairlead.os.Descriptors;
import dev.fairlead.os.OsException;
import dev.fairlead.os.ProcessTable;
import dev.fairlead.os.ServiceSockets;
import dev.fairlead.process.baton.Baton;
import dev.fairlead.process.supervisor.launch.Handed;
import dev.fairlead.process.supervisor.socket.OpenSocket;
import dev.fairlead.process.supervisor.socket.SocketOpening;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Runs the sockets of one unit: opens them, waits for the first to be used, has the service behind them
/// started, and waits again once that has ended. The sockets stay open all the while.
final class SocketRunner implements Starter {
    /// Where a socket unit stands, in systemd's words.
    enum Phase {
        DEAD(Activity.INACTIVE),
        START_PRE(Activity.ACTIVATING),
        START_POST(Activity.ACTIVATING),
        LISTENING(Activity.ACTIVE),
        RUNNING(Activity.ACTIVE),
        STOP_PRE(Activity.DEACTIVATING),
        STOP_POST(Activity.DEACTIVATING),
        FAILED(Activity.FAILED);

        private final Activity activity;

        Phase(Activity activity) {
            this.activity = activity;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final Host host;
    private final TriggerHistory triggers = new TriggerHistory();
    private final List<OpenSocket> open = new ArrayList<>();
    private final Connections connections;
    private final UnitCommands commands;
    private final Definition<SocketUnit> definition;
    private Phase phase = Phase.DEAD;
    private final UnitResult result = new UnitResult();
    private boolean isWatching;
    private boolean startsAgain;
    private final Standing standing;

    SocketRunner(Host host, SocketUnit unit) {
        this.host = host;
        this.definition = new Definition<>(unit);
        this.commands = new UnitCommands(host);
        this.connections = new Connections(host, this);
        this.standing = new Standing(host, this);
    }

    @Override
    public SocketUnit unit() {
        return definition.present();
    }

    @Override
    public void redefine(Unit other) {
        if (other instanceof SocketUnit socket) {
            definition.offer(socket, isAtRest());
        }
    }

    @Override
    public void start() {
        if (!isAtRest()) {
            return;
        }
        definition.take();
        result.forget();
        Optional<String> obstacle = obstacle();
        if (obstacle.isPresent()) {
            result.problem(obstacle.get());
            result.failed("resources");
            become(Phase.DEAD, name() + ": " + obstacle.get());
            return;
        }
        become(Phase.START_PRE, "");
        run(unit().commands().startPre(), this::listen);
    }

    /// Why it makes no sense to wait for this service.
    private Optional<String> obstacle() {
        if (!(unit().activation() instanceof Activation.OneService one)) {
            return Optional.empty();
        }
        Optional<UnitRunner> service = host.triggers().bring(one.service());
        if (service.isEmpty()) {
            return Optional.of("Socket service " + one.service() + " not loaded, refusing.");
        }
        boolean isTaken =
                !service.get().isAtRest() && !startsAgain && !host.triggers().hasJob(one.service());
        return isTaken
                ? Optional.of("Socket service " + one.service() + " already active, refusing.")
                : Optional.empty();
    }

    private void listen() {
        SocketOpening opening = new SocketOpening(unit(), warning -> host.say(name(), name() + ": " + warning));
        for (ListenPoint point : unit().listens()) {
            try {
                open.add(opening.open(point));
            } catch (IOException refused) {
                fail(
                        "resources",
                        "Failed to create listening socket (" + point.text() + "): " + refused.getMessage() + " ["
                                + point.origin().fileAndLine() + "]");
                return;
            }
        }
        opening.link();
        become(Phase.START_POST, "");
        run(unit().commands().startPost(), () -> {
            startsAgain = false;
            await("Listening on " + unit().description() + ".");
        });
    }

    /// Waits for the first use.
    private void await(String message) {
        if (unit().activation() instanceof Activation.OneService one && one.dropsWaiting()) {
            open.forEach(SocketRunner::drop);
        }
        watch(true);
        become(Phase.LISTENING, message);
    }

    private static void drop(OpenSocket socket) {
        if (!socket.point().isConnected()) {
            ServiceSockets.drop(socket.descriptor(), socket.point() instanceof ListenPoint.Fifo);
            return;
        }
        try {
            OptionalInt waiting = ServiceSockets.accept(socket.descriptor());
            while (waiting.isPresent()) {
                Descriptors.close(waiting.getAsInt());
                waiting = ServiceSockets.accept(socket.descriptor());
            }
        } catch (OsException nothingToDrop) {
            // Whoever is handed the socket next sees the same.
            return;
        }
    }

    private void watch(boolean watches) {
        if (watches == isWatching) {
            return;
        }
        isWatching = watches;
        for (OpenSocket socket : open) {
            if (!watches) {
                host.loop().unwatch(socket.descriptor());
                continue;
            }
            try {
                host.loop().watch(socket.descriptor(), () -> used(socket));
            } catch (OsException refused) {
                host.say(name(), name() + ": Failed to watch listening fds: " + refused.reason());
            }
        }
    }

    private void used(OpenSocket socket) {
        if (phase != Phase.LISTENING) {
            return;
        }
        switch (unit().activation()) {
            case Activation.OneService one -> activate(one.service());
            case Activation.PerConnection each -> connections.accept(socket, each);
        }
    }

    private void activate(String service) {
        if (!mayTrigger()) {
            return;
        }
        watch(false);
        become(Phase.RUNNING, "");
        Optional<UnitRunner> runner = host.triggers().bring(service);
        if (runner.isEmpty()) {
            fail("resources", "Failed to queue service startup job: Unit " + service + " not found.");
        } else if (runner.get().isAtRest() || runner.get().activity() == Activity.ACTIVATING) {
            host.triggers().start(service);
            // A unit that could not be started at all takes no step.
            host.loop().execute(() -> otherMoved(runner.get(), host.triggers().hasJob(service)));
        }
    }

    /// Counts one activation; a unit that is triggered too often fails.
    boolean mayTrigger() {
        if (triggers.allows(unit().triggerLimit(), host.clock().monotonicNanos())) {
            return true;
        }
        fail("trigger-limit-hit", "Trigger limit hit, refusing further activation.");
        return false;
    }

    void fail(String why, String message) {
        result.problem(message);
        host.say(name(), name() + ": " + message);
        end(why);
    }

    @Override
    public boolean starts(String other) {
        return switch (unit().activation()) {
            case Activation.OneService one -> one.service().equals(other);
            case Activation.PerConnection _ -> connections.concern(other);
        };
    }

    @Override
    public void otherMoved(UnitRunner other, boolean hasJob) {
        if (unit().activation() instanceof Activation.PerConnection) {
            connections.moved(other);
            return;
        }
        if (phase != Phase.LISTENING && phase != Phase.RUNNING) {
            return;
        }
        if (other instanceof ServiceRunner service && service.isAtRest() && service.hasHitStartLimit()) {
            fail("service-start-limit-hit", other.name() + " was started too often.");
        } else if (hasJob) {
            return;
        } else if (phase == Phase.RUNNING && (other.isAtRest() || isComingBack(other))) {
            await("");
        } else if (phase == Phase.LISTENING && other.activity() == Activity.ACTIVE) {
            watch(false);
            become(Phase.RUNNING, "");
        }
    }

    private static boolean isComingBack(UnitRunner other) {
        return other instanceof ServiceRunner service
                && service.state().phase() == dev.fairlead.process.state.Phase.AUTO_RESTART;
    }

    /// What of its sockets a service is given.
    Handed handed(Service service) {
        boolean isFor = unit().activation() instanceof Activation.OneService one
                && (one.service().equals(service.name())
                        || service.handover().sockets().contains(name()));
        if (!isFor) {
            return connections.handed(service.name());
        }
        List<Integer> descriptors = open.stream().map(OpenSocket::descriptor).toList();
        return new Handed(
                descriptors,
                descriptors.stream().map(_ -> unit().descriptorName()).toList(),
                Map.of());
    }

    /// Where it listens now.
    List<ListenPoint> listening() {
        return open.stream().map(OpenSocket::point).toList();
    }

    @Override
    public void stop() {
        if (!isAtRest() && phase != Phase.STOP_PRE && phase != Phase.STOP_POST) {
            end("success");
        }
    }

    @Override
    public void stopForRestart() {
        startsAgain = true;
        stop();
    }

    private void end(String why) {
        result.failed(why);
        commands.abandon();
        watch(false);
        become(Phase.STOP_PRE, "");
        run(unit().commands().stopPre(), this::close);
    }

    private void close() {
        open.forEach(socket -> Descriptors.close(socket.descriptor()));
        open.clear();
        if (unit().files().areRemoved()) {
            new SocketOpening(unit(), warning -> host.say(name(), name() + ": " + warning)).remove();
        }
        become(Phase.STOP_POST, "");
        run(unit().commands().stopPost(), this::ended);
    }

    private void ended() {
        boolean hasFailed = !result.isSuccess();
        startsAgain &= !hasFailed;
        String failure = name() + ": Failed with result '" + result.word() + "'.";
        become(hasFailed ? Phase.FAILED : Phase.DEAD, hasFailed ? failure : "Closed " + unit().description() + ".");
        definition.take();
    }

    /// Failing commands end the unit; those that end it do not keep it from ending.
    private void run(List<Command> list, Runnable next) {
        Phase step = phase;
        commands.run(unit(), list, succeeded -> {
            if (phase != step) {
                return;
            }
            if (!succeeded) {
                result.failed("exit-code");
            }
            if (succeeded || step == Phase.STOP_PRE || step == Phase.STOP_POST) {
                next.run();
            } else if (step == Phase.START_PRE) {
                // Nothing is open yet that the commands of the end could be about.
                ended();
            } else {
                end("exit-code");
            }
        });
    }

    /// A failure is forgotten.
    @Override
    public void resetFailed() {
        if (phase == Phase.FAILED) {
            result.forget();
            become(Phase.DEAD, "");
        }
    }

    private void become(Phase next, String message) {
        Activity before = activity();
        phase = next;
        standing.moved(before, subState(), message);
    }

    @Override
    public Optional<String> unsettled() {
        return switch (phase) {
            case DEAD, FAILED, LISTENING, RUNNING -> Optional.empty();
            case START_PRE, START_POST, STOP_PRE, STOP_POST -> Optional.of("in " + phase.word());
        };
    }

    @Override
    public void save(Baton part) {
        part.put("phase", phase.name());
        result.save(part);
        standing.save(part);
        triggers.save(part);
        connections.save(part);
        open.forEach(socket -> part.add("sockets")
                .put("point", socket.point().text())
                .put("six", socket.isSix())
                .hand("socket", socket.descriptor()));
    }

    @Override
    public void resume(Baton part) {
        phase = Phase.valueOf(part.text("phase", Phase.DEAD.name()));
        result.resume(part);
        standing.resume(part);
        triggers.resume(part);
        connections.resume(part);
        for (Baton socket : part.parts("sockets")) {
            unit().listens().stream()
                    .filter(point -> point.text().equals(socket.text("point", "")))
                    .findFirst()
                    .ifPresent(point -> socket.take("socket")
                            .ifPresent(descriptor -> open.add(new OpenSocket(point, descriptor, socket.is("six")))));
        }
        watch(phase == Phase.LISTENING);
    }

    private String started() {
        return switch (unit().activation()) {
            case Activation.OneService one -> one.service();
            case Activation.PerConnection each -> each.template();
        };
    }

    private String subState() {
        return phase.word();
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
                        unit().listens().stream().map(ListenPoint::text).toList(),
                        List.of(started()),
                        OptionalLong.empty(),
                        OptionalLong.empty())));
    }
}
