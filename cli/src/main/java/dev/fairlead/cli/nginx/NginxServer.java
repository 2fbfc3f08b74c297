package dev.fairlead.cli.nginx;

import dev.fairlead.cli.daemon.Background;
import dev.fairlead.cli.daemon.Daemon;
import dev.fairlead.cli.daemon.Inherited;
import dev.fairlead.cli.daemon.LentSockets;
import dev.fairlead.cli.daemon.PidFile;
import dev.fairlead.cli.daemon.Privileges;
import dev.fairlead.cli.run.Relaunch;
import dev.fairlead.cli.signal.SignalWatch;
import dev.fairlead.dialect.nginx.Compiled;
import dev.fairlead.engine.generation.Engine;
import dev.fairlead.engine.generation.EngineOptions;
import dev.fairlead.engine.generation.PlanRefused;
import dev.fairlead.model.http.LogLevel;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.service.lifecycle.Signal;
import dev.fairlead.os.Descriptors;
import dev.fairlead.os.MasterLoop;
import dev.fairlead.os.OsException;
import dev.fairlead.os.Processes;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Severity;
import dev.fairlead.time.Clock;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The program nginx's operators know, from start to end: it listens, writes its pid file, gives up root, and
/// then does what signals say, one after the other.
final class NginxServer {
    private static final Duration NO_LIMIT = Duration.ofDays(365);

    private final NginxConfiguration configuration;
    private final PrintStream err;
    private final Clock clock = Clock.system();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final ExecutorService signals = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("nginx-signals").daemon(true).factory());
    private final Map<String, Integer> setAside = new LinkedHashMap<>();
    private @Nullable Running running;

    NginxServer(NginxConfiguration configuration, PrintStream err) {
        this.configuration = configuration;
        this.err = err;
    }

    /// What there is once it serves.
    private record Running(Plan plan, Engine engine, MasterLog log, MasterLoop loop, Optional<PidFile> pidFile) {
        Running with(Plan otherPlan, Engine otherEngine) {
            return new Running(otherPlan, otherEngine, log, loop, pidFile);
        }
    }

    /// Finds out whether the plan would run, as `-t` does: an address that is taken is no fault, for it may be
    /// taken by the program that this configuration is for.
    ///
    /// @return what would keep it from running, a line for each thing in nginx's form; empty if nothing
    static Optional<String> rehearse(Plan plan) {
        try {
            Engine.test(plan, Clock.system());
        } catch (PlanRefused refused) {
            String faults = faults(refused.problems().all().stream()
                    .filter(problem -> !problem.message().contains("(98: Address already in use)"))
                    .toList());
            if (!faults.isEmpty()) {
                return Optional.of(faults);
            }
        }
        return plan.runtime()
                .pidFile()
                .flatMap(file -> PidFile.obstacle(Path.of(file.path())))
                .map(obstacle -> "nginx: [emerg] " + obstacle);
    }

    /// The same fault may concern many places; it is told once.
    private static String faults(List<Diagnostic> problems) {
        return problems.stream()
                .filter(Diagnostic::isError)
                .map(problem -> NginxConfiguration.complaint(problem).stripTrailing())
                .distinct()
                .collect(Collectors.joining("\n"));
    }

    /// Runs until it is told to end; or, where the configuration says so, in the background.
    ///
    /// @return the exit status
    int run(Plan plan) {
        try {
            Inherited inherited = Inherited.own();
            return Daemon.run(plan, !inherited.isEmpty(), err, ended, () -> start(plan, inherited));
        } catch (PlanRefused refused) {
            err.println(faults(refused.problems().all()));
            return 1;
        } catch (IOException refused) {
            err.println("nginx: [emerg] " + refused.getMessage());
            return 1;
        }
    }

    private void start(Plan plan, Inherited inherited) throws IOException {
        EngineOptions options = EngineOptions.of(clock);
        Engine engine = Engine.start(
                plan,
                inherited.isEmpty()
                        ? options.lent(LentSockets.of(
                                plan,
                                one -> err.println("nginx: [warn] nothing listens on the socket that was passed for "
                                        + one.address())))
                        : options.inherited(inherited.sockets()));
        MasterLog log = new MasterLog(plan.runtime().errorLogs(), clock, err);
        MasterLoop loop = MasterLoop.start("nginx-master", clock);
        Optional<PidFile> pidFile = PidFile.of(plan);
        Privileges.giveUp(plan);
        running = new Running(plan, engine, log, loop, pidFile);
        SignalWatch.start(loop, SignalWatch.HANDLED, signal -> signals.execute(() -> signalled(signal)));
    }

    private void signalled(Signal signal) {
        Running present = running;
        if (present == null) {
            return;
        }
        present.log().write(LogLevel.NOTICE, "signal " + signal.number() + " (" + signal + ") received");
        if (signal.equals(Signal.HUP)) {
            reload(present);
        } else if (signal.equals(Signal.USR1)) {
            present.engine().reopenLogs();
            present.log().open();
        } else if (signal.equals(Signal.USR2)) {
            upgrade(present);
        } else if (signal.equals(Signal.WINCH)) {
            setAside(present);
        } else if (signal.equals(Signal.QUIT)) {
            endGracefully(present);
        } else {
            end(present);
        }
    }

    private void reload(Running present) {
        Compiled compiled = configuration.compile();
        compiled.diagnostics().stream()
                .filter(problem -> problem.severity() != Severity.NOTE)
                .forEach(problem -> log(present, problem));
        if (compiled.plan().isEmpty()) {
            return;
        }
        Plan plan = compiled.plan().get();
        try {
            if (setAside.isEmpty()) {
                present.engine().reload(plan);
                running = present.with(plan, present.engine());
            } else {
                Engine engine = Engine.start(plan, EngineOptions.of(clock).inherited(new HashMap<>(setAside)));
                setAside.clear();
                running = present.with(plan, engine);
                finish(present.engine());
            }
            present.log().use(plan.runtime().errorLogs());
        } catch (PlanRefused refused) {
            refused.problems().all().forEach(problem -> log(present, problem));
        }
    }

    private static void log(Running present, Diagnostic problem) {
        String place = problem.span().isBuiltIn() ? "" : " in " + problem.span().fileAndLine();
        present.log().write(problem.isError() ? LogLevel.EMERG : LogLevel.WARN, problem.message() + place);
    }

    /// Starts the program anew with the same listeners. Both serve until the operator ends one of them.
    private void upgrade(Running present) {
        try {
            if (present.pidFile().isPresent()) {
                if (present.pidFile().get().isAside()) {
                    present.log().write(LogLevel.CRIT, "the changing binary signal is ignored: one is under way");
                    return;
                }
                present.pidFile().get().stepAside();
            }
            Inherited handed =
                    new Inherited(setAside.isEmpty() ? present.engine().listeningDescriptors() : setAside);
            Map<String, String> variables = new HashMap<>(Background.forgotten());
            variables.put(Inherited.VARIABLE, handed.text());
            int pid = Relaunch.upgraded(variables, handed.descriptors());
            present.log().write(LogLevel.NOTICE, "start new binary process " + pid);
            present.loop().execute(() -> watch(present, pid));
        } catch (IOException refused) {
            present.log().write(LogLevel.ALERT, "the new program was not started: " + refused.getMessage());
            takePlaceBack(present);
        }
    }

    /// If the newer program ends before this one, this one is the program again.
    private void watch(Running present, int pid) {
        try {
            int descriptor = Processes.watch(pid);
            present.loop().watch(descriptor, () -> {
                present.loop().unwatch(descriptor);
                Descriptors.close(descriptor);
                Processes.collect(pid);
                present.log().write(LogLevel.ALERT, "new binary process " + pid + " exited");
                takePlaceBack(present);
            });
        } catch (OsException gone) {
            takePlaceBack(present);
        }
    }

    private static void takePlaceBack(Running present) {
        try {
            if (present.pidFile().isPresent()) {
                present.pidFile().get().stepBack();
            }
        } catch (IOException refused) {
            present.log().write(LogLevel.ALERT, "the pid file was not renamed back: " + refused.getMessage());
        }
    }

    /// Accepts no more, but keeps the sockets, so that a later reload can take them up again.
    private void setAside(Running present) {
        if (!setAside.isEmpty()) {
            return;
        }
        try {
            for (Map.Entry<String, Integer> socket :
                    present.engine().listeningDescriptors().entrySet()) {
                setAside.put(socket.getKey(), Descriptors.duplicate(socket.getValue()));
            }
            finish(present.engine());
        } catch (OsException refused) {
            present.log().write(LogLevel.ALERT, "listeners were not set aside: " + refused.getMessage());
        }
    }

    /// Lets an engine finish what is open, beside everything else.
    private static void finish(Engine engine) {
        engine.leaveListeners();
        Thread.ofVirtual().start(() -> {
            try {
                engine.drain(NO_LIMIT);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void endGracefully(Running present) {
        leave(present);
        try {
            present.engine().drain(present.plan().runtime().shutdownTimeout().orElse(NO_LIMIT));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        end(present);
    }

    /// Unix sockets' files stay for a newer program that listens on the same sockets.
    private static void leave(Running present) {
        boolean replaced = present.pidFile().filter(PidFile::isAside).isPresent();
        if (replaced) {
            present.engine().leaveListeners();
        } else {
            present.engine().stopAccepting();
        }
    }

    private void end(Running present) {
        leave(present);
        present.engine().close();
        present.pidFile().ifPresent(PidFile::remove);
        present.log().write(LogLevel.NOTICE, "exit");
        ended.countDown();
    }
}
