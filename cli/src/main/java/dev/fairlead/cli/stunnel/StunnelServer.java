package dev.fairlead.cli.stunnel;

import dev.fairlead.cli.daemon.Daemon;
import dev.fairlead.cli.daemon.PidFile;
import dev.fairlead.cli.daemon.Privileges;
import dev.fairlead.cli.signal.SignalWatch;
import dev.fairlead.cli.stunnel.StunnelPersonality.StunnelConfiguration;
import dev.fairlead.dialect.stunnel.Compiled;
import dev.fairlead.engine.generation.Engine;
import dev.fairlead.engine.generation.PlanRefused;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.service.lifecycle.Signal;
import dev.fairlead.os.MasterLoop;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Severity;
import dev.fairlead.time.Clock;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The program stunnel's operators know, from start to end: it listens, writes its pid file, becomes another
/// user, and then does what signals say, one after the other.
final class StunnelServer {
    private final StunnelConfiguration configuration;
    private final PrintStream err;
    private final Clock clock = Clock.system();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final ExecutorService signals = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("stunnel-signals").daemon(true).factory());

    StunnelServer(StunnelConfiguration configuration, PrintStream err) {
        this.configuration = configuration;
        this.err = err;
    }

    /// Runs until it is told to end; in the background unless the configuration says otherwise.
    ///
    /// @return the exit status
    int run(Plan plan) {
        try {
            return Daemon.run(plan, false, err, ended, () -> start(plan));
        } catch (PlanRefused refused) {
            tell(refused.problems().all());
            err.println("[!] Configuration failed");
            return 1;
        } catch (IOException refused) {
            err.println("[!] " + refused.getMessage());
            return 1;
        }
    }

    private void start(Plan plan) throws IOException {
        Engine engine = Engine.start(plan, clock);
        MasterLoop loop = MasterLoop.start("stunnel-master", clock);
        Optional<PidFile> pidFile = PidFile.of(plan);
        Privileges.giveUp(plan);
        SignalWatch.start(
                loop, SignalWatch.HANDLED, signal -> signals.execute(() -> signalled(signal, engine, pidFile)));
    }

    private void signalled(Signal signal, Engine engine, Optional<PidFile> pidFile) {
        if (signal.equals(Signal.HUP)) {
            reload(engine);
        } else if (signal.equals(Signal.USR1)) {
            engine.reopenLogs();
        } else if (!signal.equals(Signal.USR2) && !signal.equals(Signal.WINCH)) {
            engine.stopAccepting();
            engine.close();
            pidFile.ifPresent(PidFile::remove);
            ended.countDown();
        }
    }

    private void reload(Engine engine) {
        Compiled compiled = configuration.compile();
        tell(compiled.diagnostics());
        if (compiled.plan().isEmpty()) {
            return;
        }
        try {
            engine.reload(compiled.plan().get());
        } catch (PlanRefused refused) {
            tell(refused.problems().all());
        }
    }

    private void tell(List<Diagnostic> problems) {
        problems.stream()
                .filter(problem -> problem.severity() != Severity.NOTE)
                .forEach(problem -> err.println((problem.isError() ? "[!] " : "[:] ") + problem.render()));
    }
}
