package dev.fairlead.process.supervisor;

import dev.fairlead.model.service.execution.Command;
import dev.fairlead.model.service.lifecycle.Startup;
import dev.fairlead.process.state.Ending;
import dev.fairlead.process.state.Event;
import dev.fairlead.process.state.Phase;
import dev.fairlead.process.state.Result;
import dev.fairlead.process.supervisor.launch.StartFailure;
import java.time.Duration;

/// Starts the main process of a service, and tells its table when that counts as done.
final class MainStart {
    private static final Duration EXEC_PAUSE = Duration.ofMillis(2);

    private final ServiceRunner runner;
    private final Host host;
    private final ServiceProcesses processes;
    private int starts;
    private boolean isWaiting;

    MainStart(ServiceRunner runner, Host host, ServiceProcesses processes) {
        this.runner = runner;
        this.host = host;
        this.processes = processes;
    }

    void begin() {
        starts++;
        if (runner.service().startup() != Startup.IDLE) {
            spawn();
            return;
        }
        // Waiting for it does not keep others from being started.
        int own = starts;
        isWaiting = true;
        host.quiet().await(() -> {
            if (own == starts) {
                isWaiting = false;
                if (isWanted()) {
                    spawn();
                }
            }
        });
        runner.handle(new Event.MainStarted());
    }

    /// Whether the process is still to be started, or being started.
    boolean isWaiting() {
        return isWaiting || processes.isStarting();
    }

    /// Whether the service still counts as started, or is about to.
    private boolean isWanted() {
        Phase phase = runner.state().phase();
        return phase == Phase.START || phase == Phase.START_POST || phase == Phase.RUNNING || phase == Phase.RELOAD;
    }

    private void spawn() {
        Command command = runner.service().commands().start().getFirst();
        Startup startup = runner.service().startup();
        try {
            processes.launchMain(
                    runner.service(),
                    command,
                    ending -> runner.ofMain(command, ending),
                    () -> started(startup),
                    failure -> failed(command, startup, failure));
        } catch (StartFailure failure) {
            failed(command, startup, failure);
        }
    }

    private void started(Startup startup) {
        if (startup == Startup.EXEC) {
            awaitProgram();
        } else if (startup != Startup.IDLE) {
            runner.handle(new Event.MainStarted());
        }
    }

    private void failed(Command command, Startup startup, StartFailure failure) {
        runner.failed(failure);
        if (failure.status() == StartFailure.ENVIRONMENT && startup == Startup.IDLE) {
            // It counts as started already.
            runner.handle(new Event.MainEnded(new Ending.Exited(failure.status()), Result.RESOURCES));
            return;
        }
        if (failure.status() == StartFailure.ENVIRONMENT) {
            runner.handle(new Event.CommandsFailed(Result.RESOURCES));
            return;
        }
        if (startup == Startup.SIMPLE) {
            // It counts as started as soon as there is a process, whatever becomes of its program.
            runner.handle(new Event.MainStarted());
        }
        runner.mainEnded(command, new Ending.Exited(failure.status()));
    }

    /// It has started once the tools of its chain are behind it.
    private void awaitProgram() {
        if (runner.state().phase() != Phase.START || processes.main().isEmpty()) {
            return;
        }
        if (processes.mainIsExecuted()) {
            runner.handle(new Event.MainStarted());
        } else {
            host.loop().schedule(EXEC_PAUSE, this::awaitProgram);
        }
    }
}
