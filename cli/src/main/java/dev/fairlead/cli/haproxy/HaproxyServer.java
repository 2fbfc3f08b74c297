package dev.fairlead.cli.haproxy;

import dev.fairlead.admin.command.CommandServer;
import dev.fairlead.admin.command.Steered;
import dev.fairlead.cli.daemon.Daemon;
import dev.fairlead.cli.daemon.LentSockets;
import dev.fairlead.cli.daemon.PidFile;
import dev.fairlead.cli.daemon.Privileges;
import dev.fairlead.cli.signal.SignalWatch;
import dev.fairlead.dialect.haproxy.Compiled;
import dev.fairlead.engine.generation.Engine;
import dev.fairlead.engine.generation.EngineOptions;
import dev.fairlead.engine.generation.PlanRefused;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.service.lifecycle.Signal;
import dev.fairlead.os.MasterLoop;
import dev.fairlead.os.NotifySocket;
import dev.fairlead.os.Processes;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Severity;
import dev.fairlead.time.Clock;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The program from start to end: it listens, writes its pid file, has older ones finish, and then does what
/// signals say: USR1 finishes what is open and ends, TERM and INT end at once, and in master-worker mode USR2 and
/// HUP read the configuration anew.
final class HaproxyServer {
    private static final Duration NO_LIMIT = Duration.ofDays(365);

    private final HaproxyConfiguration configuration;
    private final PrintStream out;
    private final PrintStream err;
    private final Clock clock = Clock.system();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final ExecutorService signals = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("haproxy-signals").daemon(true).factory());
    private @Nullable Running running;

    HaproxyServer(HaproxyConfiguration configuration, PrintStream out, PrintStream err) {
        this.configuration = configuration;
        this.out = out;
        this.err = err;
    }

    /// What there is once it serves.
    private record Running(Plan plan, Engine engine, Optional<PidFile> pidFile, CommandServer commands) {}

    /// Runs until it is told to end; or, where that is asked for, in the background.
    ///
    /// @return the exit status
    int run(Plan plan) {
        try {
            return Daemon.run(plan, false, err, ended, () -> start(plan));
        } catch (PlanRefused refused) {
            say(Severity.ERROR, faults(refused));
            return 1;
        } catch (IOException refused) {
            say(Severity.ERROR, "[haproxy.main()] " + refused.getMessage());
            return 1;
        }
    }

    private void start(Plan plan) throws IOException {
        Map<String, Integer> lent = LentSockets.of(
                plan,
                one -> say(Severity.WARNING, "nothing listens on the socket that was passed for " + one.address()));
        Engine engine = Engine.start(plan, EngineOptions.of(clock).lent(lent));
        Steered steered = new Steered(engine, HaproxyTexts.NAME, HaproxyTexts.IMITATED);
        CommandServer commands = CommandServer.open(plan.roster().sockets(), () -> steered);
        MasterLoop loop = MasterLoop.start("haproxy-master", clock);
        Optional<PidFile> pidFile = PidFile.of(plan);
        Privileges.giveUp(plan);
        running = new Running(plan, engine, pidFile, commands);
        SignalWatch.start(loop, SignalWatch.HANDLED, signal -> signals.execute(() -> signalled(signal)));
        replaceOlder();
        tellSystemd();
        out.flush();
    }

    private void replaceOlder() {
        HaproxyArguments arguments = configuration.arguments();
        Signal signal = arguments.endsOld() ? Signal.TERM : Signal.USR1;
        for (long pid : arguments.old()) {
            if (!Processes.signal((int) pid, signal.number())) {
                say(Severity.WARNING, "the older process " + pid + " is not there");
            }
        }
    }

    private static void tellSystemd() throws IOException {
        String socket = System.getenv().getOrDefault("NOTIFY_SOCKET", "");
        if (!socket.isEmpty()) {
            NotifySocket.send(socket, "READY=1");
        }
    }

    private void signalled(Signal signal) {
        Running present = running;
        if (present == null) {
            return;
        }
        if (signal.equals(Signal.USR1)) {
            endGracefully(present);
        } else if (signal.equals(Signal.USR2) || signal.equals(Signal.HUP)) {
            if (configuration.arguments().reloads()) {
                reload(present);
            }
        } else if (!signal.equals(Signal.WINCH)) {
            end(present);
        }
    }

    private void reload(Running present) {
        Compiled compiled = configuration.compile();
        compiled.diagnostics().stream()
                .filter(problem -> problem.severity() != Severity.NOTE)
                .map(HaproxyConfiguration::complaint)
                .forEach(err::println);
        if (compiled.plan().isEmpty()) {
            say(Severity.ERROR, "config : the configuration is not sound; what runs goes on");
            return;
        }
        try {
            present.engine().reload(compiled.plan().get());
            Plan next = compiled.plan().get();
            present.commands().replace(next.roster().sockets());
            running = new Running(next, present.engine(), present.pidFile(), present.commands());
            say(Severity.NOTE, "the new configuration is in use");
        } catch (PlanRefused refused) {
            say(Severity.ERROR, faults(refused));
        }
    }

    private static String faults(PlanRefused refused) {
        return refused.problems().all().stream()
                .filter(Diagnostic::isError)
                .map(problem -> problem.message()
                        + (problem.span().isBuiltIn()
                                ? ""
                                : " [" + problem.span().fileAndLine() + "]"))
                .distinct()
                .collect(Collectors.joining("\n"));
    }

    private void endGracefully(Running present) {
        present.engine().stopAccepting();
        try {
            present.engine().drain(present.plan().runtime().shutdownTimeout().orElse(NO_LIMIT));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        end(present);
    }

    private void end(Running present) {
        present.engine().stopAccepting();
        present.commands().close();
        present.engine().close();
        present.pidFile().ifPresent(PidFile::remove);
        ended.countDown();
    }

    private void say(Severity severity, String message) {
        message.lines().forEach(line -> err.println(HaproxyConfiguration.line(severity, line)));
    }
}
