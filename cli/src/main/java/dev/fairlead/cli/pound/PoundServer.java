package dev.fairlead.cli.pound;

import dev.fairlead.cli.control.BoardSockets;
import dev.fairlead.cli.daemon.Daemon;
import dev.fairlead.cli.daemon.PidFile;
import dev.fairlead.cli.daemon.Privileges;
import dev.fairlead.cli.signal.SignalWatch;
import dev.fairlead.engine.generation.Engine;
import dev.fairlead.engine.generation.EngineOptions;
import dev.fairlead.engine.generation.PlanRefused;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.service.lifecycle.Signal;
import dev.fairlead.os.MasterLoop;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.time.Clock;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The program from start to end: HUP and INT finish what is open and end, TERM and QUIT end at once.
final class PoundServer {
    private static final Duration NO_LIMIT = Duration.ofDays(365);

    private final PrintStream err;
    private final Clock clock = Clock.system();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final ExecutorService signals = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("pound-signals").daemon(true).factory());

    PoundServer(PrintStream err) {
        this.err = err;
    }

    /// What there is once it serves.
    private record Running(Plan plan, Engine engine, BoardSockets boards, Optional<PidFile> pidFile) {}

    /// Runs until it is told to end; or, where that is asked for, in the background.
    ///
    /// @return the exit status
    int run(Plan plan) {
        try {
            return Daemon.run(plan, false, err, ended, () -> start(plan));
        } catch (PlanRefused refused) {
            refused.problems().all().stream()
                    .filter(Diagnostic::isError)
                    .map(Diagnostic::render)
                    .distinct()
                    .forEach(problem -> err.println("pound: " + problem));
            return 1;
        } catch (IOException refused) {
            err.println("pound: " + refused.getMessage());
            return 1;
        }
    }

    private void start(Plan plan) throws IOException {
        Engine engine = Engine.start(plan, EngineOptions.of(clock));
        MasterLoop loop = MasterLoop.start("pound-master", clock);
        BoardSockets boards = BoardSockets.open(plan.roster().boards(), engine, clock);
        Optional<PidFile> pidFile = PidFile.of(plan);
        Privileges.giveUp(plan);
        Running running = new Running(plan, engine, boards, pidFile);
        SignalWatch.start(loop, SignalWatch.HANDLED, signal -> signals.execute(() -> signalled(signal, running)));
    }

    private void signalled(Signal signal, Running running) {
        Engine engine = running.engine();
        if (signal.equals(Signal.USR1) || signal.equals(Signal.USR2) || signal.equals(Signal.WINCH)) {
            return;
        }
        engine.stopAccepting();
        if (signal.equals(Signal.HUP) || signal.equals(Signal.INT)) {
            try {
                engine.drain(running.plan().runtime().shutdownTimeout().orElse(NO_LIMIT));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        running.boards().close();
        engine.close();
        running.pidFile().ifPresent(PidFile::remove);
        ended.countDown();
    }
}
