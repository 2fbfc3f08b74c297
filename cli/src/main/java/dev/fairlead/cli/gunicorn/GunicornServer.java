package dev.fairlead.cli.gunicorn;

import dev.fairlead.cli.daemon.Background;
import dev.fairlead.cli.daemon.Inherited;
import dev.fairlead.cli.run.Relaunch;
import dev.fairlead.cli.signal.SignalWatch;
import dev.fairlead.dialect.gunicorn.Fault;
import dev.fairlead.engine.generation.Engine;
import dev.fairlead.engine.generation.EngineOptions;
import dev.fairlead.model.app.Application;
import dev.fairlead.model.control.Outcome;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.service.lifecycle.Signal;
import dev.fairlead.os.MasterLoop;
import dev.fairlead.process.journal.Journal;
import dev.fairlead.process.journal.JournalLimits;
import dev.fairlead.process.master.ApplicationChange;
import dev.fairlead.process.master.ApplicationMaster;
import dev.fairlead.process.master.MasterOptions;
import dev.fairlead.time.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The program gunicorn's operators know, from start to end.
final class GunicornServer {
    /// Where a configuration comes from; asked again for each reload.
    interface Source {
        Call read() throws Fault, IOException;
    }

    /// What is to be run.
    ///
    /// @param inherited listening sockets by address
    record Call(Configuration configuration, Plan plan, Application application, Map<String, Integer> inherited) {}

    private static final String WORKER_FAILED = "Worker failed to boot.";
    private static final int BOOT_ERROR = 3;

    private final Source source;
    private final ErrorLog file;
    private final MasterLines log;
    private final boolean isInPython;
    private final MasterOptions options;
    private final Clock clock;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final ExecutorService signals = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("gunicorn-signals").daemon(true).factory());
    private @Nullable Running running;
    private int status;

    /// What there is once it serves.
    private record Running(
            Call call, Engine engine, ApplicationMaster master, MasterLoop loop, Succession succession, int workers) {
        Running with(Call other, int count) {
            return new Running(other, engine, master, loop, succession, count);
        }
    }

    /// @param isInPython whether the lines of the error log are Python's loggers' to say
    GunicornServer(Source source, ErrorLog log, boolean isInPython, MasterOptions options, Clock clock) {
        this.source = source;
        this.file = log;
        this.isInPython = isInPython;
        this.log = new MasterLines(log, isInPython);
        this.options = options;
        this.clock = clock;
    }

    /// @param onServing run once it serves
    /// @return the exit status
    int run(Call call, Runnable onServing) throws IOException, InterruptedException {
        log.write("INFO", "Starting fairlead 0.1.0 as gunicorn");
        Engine engine = started(call);
        String addresses = engine.boundAddresses().values().stream()
                .map(address -> url(address, call))
                .collect(Collectors.joining(","));
        log.write(
                "INFO",
                "Listening at: " + addresses + " (" + ProcessHandle.current().pid() + ")");
        log.write("INFO", "Using worker: " + call.application().kind().word());
        MasterLoop loop = MasterLoop.start("gunicorn-master", clock);
        Journal journal = Journal.inMemory(new JournalLimits(1, 0, 0), clock);
        ApplicationMaster master =
                ApplicationMaster.start(loop, engine.workers(), options, clock, journal, this::changed);
        Succession succession = Succession.begin(pidPath(call), System.getenv());
        Running present = new Running(
                call, engine, master, loop, succession, call.application().workers());
        running = present;
        if (isInPython) {
            log.begin(loop, (level, message) -> master.log(call.application().name(), level, message));
        }
        SignalWatch.start(loop, SignalWatch.WITH_WORKERS, signal -> signals.execute(() -> signalled(signal)));
        master.apply(List.of(call.application()))
                .thenAccept(outcome -> signals.execute(() -> {
                    log.flush();
                    if (outcome.succeeded()) {
                        onServing.run();
                    } else {
                        log.write("ERROR", "Shutting down: Master");
                        log.write("ERROR", "Reason: " + WORKER_FAILED);
                        status = BOOT_ERROR;
                        end(present, false);
                    }
                }));
        ended.await();
        return status;
    }

    private Engine started(Call call) throws IOException {
        try {
            return Engine.start(call.plan(), EngineOptions.of(clock).inherited(call.inherited()));
        } catch (IOException refused) {
            log.flush();
            throw refused;
        }
    }

    private static Optional<Path> pidPath(Call call) {
        return Optional.of(call.configuration().settings().text("pidfile"))
                .filter(path -> !path.isEmpty())
                .map(Path.of(call.application().surroundings().directory())::resolve);
    }

    private static String url(Address address, Call call) {
        boolean isSecure = !call.configuration().settings().text("certfile").isEmpty();
        return switch (address) {
            case Address.Tcp tcp -> (isSecure ? "https://" : "http://") + tcp.text();
            case Address.Unix unix -> "unix:" + unix.path();
        };
    }

    private void changed(ApplicationChange change) {
        log.told(
                switch (change.level()) {
                    case DETAIL, INFO -> "INFO";
                    case WARNING -> "WARNING";
                    case ERROR -> "ERROR";
                },
                change.message());
    }

    private void signalled(Signal signal) {
        Running present = running;
        if (present == null || ended.getCount() == 0) {
            return;
        }
        String name = signal.shortName().toLowerCase(Locale.ROOT);
        log.write("INFO", "Handling signal: " + name);
        if (signal.equals(Signal.HUP)) {
            reload(present);
        } else if (signal.equals(Signal.USR1)) {
            present.engine().reopenLogs();
            file.reopen();
            present.master().reopenLogs();
        } else if (signal.equals(Signal.USR2)) {
            upgrade(present);
        } else if (signal.equals(Signal.TTIN)) {
            resize(present, present.workers() + 1);
        } else if (signal.equals(Signal.TTOU)) {
            resize(present, Math.max(1, present.workers() - 1));
        } else if (signal.equals(Signal.WINCH)) {
            if (present.call().configuration().settings().flag("daemon")) {
                resize(present, 0);
            }
        } else {
            log.write("INFO", "Shutting down: Master");
            end(present, signal.equals(Signal.TERM));
        }
    }

    private void resize(Running present, int workers) {
        running = present.with(present.call(), workers);
        present.master().resize(present.call().application().name(), workers);
    }

    /// What cannot run changes nothing.
    private void reload(Running present) {
        log.write("INFO", "Hang up: Master");
        try {
            Call next = source.read();
            present.engine().reload(next.plan());
            // What TTIN and TTOU changed does not outlive a reload.
            running = present.with(next, next.application().workers());
            present.master()
                    .resize(next.application().name(), next.application().workers());
            present.master()
                    .renew(List.of(next.application()))
                    .thenAccept(outcome -> log.write(
                            outcome instanceof Outcome.Done ? "INFO" : "ERROR", "Reload: " + outcome.message()));
        } catch (Fault | IOException refused) {
            log.write("ERROR", "Reload failed, nothing was changed: " + refused.getMessage());
        }
    }

    /// Starts the program anew with the same listeners; both serve until one is ended.
    private void upgrade(Running present) {
        Optional<String> obstacle = present.succession().obstacle();
        if (obstacle.isPresent()) {
            log.write("WARNING", "USR2 signal ignored. " + obstacle.get());
            return;
        }
        try {
            Inherited handed = new Inherited(present.engine().listeningDescriptors());
            Map<String, String> variables = new HashMap<>(Background.forgotten());
            variables.put(Inherited.VARIABLE, handed.text());
            variables.put(
                    Succession.VARIABLE, Long.toString(ProcessHandle.current().pid()));
            int pid = Relaunch.upgraded(variables, handed.descriptors());
            present.succession().succeededBy(pid);
            log.write("INFO", "Started a new master: " + pid);
        } catch (IOException refused) {
            log.write("ERROR", "The new master was not started: " + refused.getMessage());
        }
    }

    private void end(Running present, boolean graceful) {
        if (present.succession().isSucceeded()) {
            present.engine().leaveListeners();
        } else {
            present.engine().stopAccepting();
        }
        try {
            if (graceful) {
                Duration longest = present.call().application().timeouts().graceful();
                present.engine().drain(longest);
            }
            present.master().stopAll(graceful).toCompletableFuture().join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        present.engine().close();
        present.succession().end();
        ended.countDown();
    }
}
