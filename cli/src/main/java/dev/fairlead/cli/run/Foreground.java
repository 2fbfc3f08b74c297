package dev.fairlead.cli.run;

import dev.fairlead.cli.control.SocketFolder;
import dev.fairlead.cli.daemon.Superior;
import dev.fairlead.cli.signal.SignalWatch;
import dev.fairlead.cli.stack.CompiledStack;
import dev.fairlead.cli.stack.StackSource;
import dev.fairlead.model.control.StackCommand;
import dev.fairlead.model.service.lifecycle.Signal;
import dev.fairlead.model.status.UnitStatus;
import dev.fairlead.process.baton.Baton;
import dev.fairlead.process.master.ApplicationChange;
import dev.fairlead.process.supervisor.UnitChange;
import dev.fairlead.source.Severity;
import dev.fairlead.time.AllowForbidden;
import dev.fairlead.time.Clock;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A stack in the foreground: says what it found and what happens, shows how it is doing, and ends when it is
/// told to.
public final class Foreground {
    private static final Duration READY_WITHIN = Duration.ofSeconds(10);
    private static final String CONTROL = "control";
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration SELDOM = Duration.ofHours(1);

    private final StackSource source;
    private final PrintStream out;
    private final PrintStream err;
    private final Clock clock = Clock.system();
    private final LiveLine live;
    private final Superior superior = Superior.of(System.getenv(), clock);
    private final AtomicBoolean announced = new AtomicBoolean();
    private final AtomicBoolean ending = new AtomicBoolean();
    private final AtomicBoolean signalledOnce = new AtomicBoolean();
    private final AtomicReference<@Nullable ControlServer> control = new AtomicReference<>();
    private final CompletableFuture<StackRun> running = new CompletableFuture<>();
    private final long begunMillis = clock.wallMillis();

    public Foreground(StackSource source, PrintStream out, PrintStream err) {
        this.source = source;
        this.out = out;
        this.err = err;
        this.live = new LiveLine(out, LiveLine.standardOutputIsTerminal());
    }

    /// Runs until it is told to end.
    ///
    /// @return the exit status
    public int run() {
        try {
            Baton baton = Relay.received();
            CompiledStack compiled = source.read();
            if (!Relay.isGoingOn(baton)) {
                out.println(Announcement.found(compiled.layout()));
                out.flush();
            }
            String complaints = compiled.complaints(Severity.WARNING);
            if (!complaints.isEmpty()) {
                err.println(complaints + "\n");
            }
            if (compiled.isBroken()) {
                err.println("fairlead: " + compiled.verdict() + "; nothing was started");
                return 1;
            }
            return run(compiled, baton);
        } catch (IOException refused) {
            err.println("fairlead: " + refused.getMessage() + "\nfairlead: nothing was started");
            return 1;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private int run(CompiledStack compiled, Baton baton) throws IOException, InterruptedException {
        SocketFolder folder = SocketFolder.current();
        Path location = compiled.layout().location();
        OptionalInt socket = baton.take(CONTROL);
        if (socket.isEmpty() && SocketFolder.isAnswered(folder.socketFor(location))) {
            throw new IOException("already running: " + location + " (see fairlead status, fairlead stop)");
        }
        StackRun stack = StackRun.start(source, compiled, clock, this::changed, this::changed, baton);
        running.complete(stack);
        ReportedStack reported = new ReportedStack(stack, superior, () -> ending.set(true));
        control.set(
                socket.isPresent()
                        ? ControlServer.adopt(folder, location, socket.getAsInt(), reported, clock)
                        : ControlServer.start(folder, location, reported, clock));
        baton.closeRest();
        stack.upgrades().carriedOutBy(next -> upgrade(next, reported, location));
        SignalWatch.start(stack.supervisor().loop(), SignalWatch.HANDLED, signal -> signalled(signal, reported));
        superior.watches(stack.supervisor().loop());
        if (Relay.isGoingOn(baton)) {
            goesOn(reported);
        } else {
            announce(stack, reported);
        }
        while (!stack.awaitEnd(live.isShown() ? TICK : SELDOM)) {
            if (live.isShown() && !ending.get()) {
                live.update(stack.status(), clock.monotonicNanos());
            }
        }
        live.end();
        Optional.ofNullable(control.get()).ifPresent(ControlServer::close);
        out.println("ended");
        return 0;
    }

    /// The program before this one had announced itself.
    private void goesOn(ReportedStack reported) {
        announced.set(true);
        live.event(reported.stack().upgrades().report().message());
        if (!ending.get()) {
            superior.isReady(reported.summary());
        }
    }

    /// Becomes the next program, or goes on if that is not possible.
    private void upgrade(NextProgram next, ReportedStack reported, Path location) {
        StackRun stack = reported.stack();
        try {
            superior.isReloading();
            ControlServer before = Objects.requireNonNull(control.get());
            int socket = before.leave();
            String why = stack.handOver(next, () -> !ending.get(), baton -> {
                live.end();
                out.flush();
                baton.hand(CONTROL, socket);
            });
            stack.upgrades().failed(why);
            live.event("nothing was upgraded: " + why);
            control.set(ControlServer.adopt(SocketFolder.current(), location, socket, reported, clock));
            if (!ending.get()) {
                superior.isReady(reported.summary());
            }
        } catch (IOException refused) {
            stack.upgrades().failed(String.valueOf(refused.getMessage()));
            err.println("fairlead: nobody can talk to this stack any more: " + refused.getMessage());
        }
    }

    private void announce(StackRun stack, ReportedStack reported) throws InterruptedException {
        List<String> missing = new Readiness(stack.plan(), stack.units(), stack::applications, stack::activities)
                .await(READY_WITHIN, clock, stack::awaitEnd);
        announced.set(true);
        if (ending.get()) {
            return;
        }
        out.print(Announcement.running(stack.status(), StartTime.millisAgo()));
        superior.isReady(reported.summary());
        missing.forEach(what -> out.println("but " + what));
        out.println(live.isShown() ? "Ctrl-C ends everything" : "");
        out.flush();
    }

    private void changed(UnitChange change) {
        boolean isNews = announced.get() || change.now() == UnitStatus.Activity.FAILED;
        if (isNews && !change.message().isEmpty()) {
            boolean namesUnit = change.message().startsWith(change.unit());
            live.event(namesUnit ? change.message() : change.unit() + ": " + change.message());
        }
        if (change.now() == UnitStatus.Activity.FAILED && change.before() != UnitStatus.Activity.FAILED) {
            running.thenAcceptAsync(stack -> tellLastWords(stack, change.unit()), Thread::startVirtualThread);
        }
    }

    private void tellLastWords(StackRun stack, String unit) {
        String words = LastWords.of(stack, unit, begunMillis);
        if (!words.isEmpty()) {
            live.event(words);
        }
    }

    private void changed(ApplicationChange change) {
        if (change.level() != ApplicationChange.Level.DETAIL) {
            live.event(change.application() + ": " + change.message());
        }
    }

    /// On the master thread: hands on what takes time.
    private void signalled(Signal signal, ReportedStack stack) {
        if (signal.equals(Signal.HUP)) {
            Thread.ofVirtual().start(() -> reload(stack));
        } else if (signal.equals(Signal.USR1)) {
            Thread.ofVirtual()
                    .start(() -> live.event(
                            stack.perform(new StackCommand.ReopenLogs()).message()));
        } else if (signal.equals(Signal.INT) || signal.equals(Signal.TERM) || signal.equals(Signal.QUIT)) {
            if (signalledOnce.getAndSet(true)) {
                endAtOnce(signal);
            }
            ending.set(true);
            live.end();
            live.event("ending: requests are finished, then units are stopped; once more to end at once");
            Thread.ofVirtual().start(() -> stack.perform(new StackCommand.Stop()));
        }
    }

    /// A terminal that was closed also sends this signal; then there is nobody left to say anything to.
    private void reload(ReportedStack stack) {
        live.event(stack.perform(new StackCommand.Reload()).message());
        if (live.isShown() && out.checkError()) {
            stack.perform(new StackCommand.Stop());
        }
    }

    @AllowForbidden("a person asked twice")
    private static void endAtOnce(Signal signal) {
        Runtime.getRuntime().halt(128 + signal.number());
    }
}
