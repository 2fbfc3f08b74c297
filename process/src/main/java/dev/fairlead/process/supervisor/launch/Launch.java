package dev.fairlead.process.supervisor.launch;

import dev.fairlead.model.service.Service;
import dev.fairlead.model.service.execution.Command;
import dev.fairlead.os.Descriptors;
import dev.fairlead.os.OsException;
import dev.fairlead.os.Processes;
import dev.fairlead.os.Spawn;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// A process of a service that is about to be there: it has all it is given, and only has to be started, by
/// whatever thread comes first.
public final class Launch {
    private final Service service;
    private final Command command;
    private final boolean isMain;
    private final Optional<Integer> output;
    private final String identifier;
    private final ChainEnd end;
    private final FutureTask<Integer> start;

    /// @param output where what it prints is read; closed if it cannot be started
    /// @param identifier what its lines in the journal are from
    /// @param end tells when the tools of its chain are behind it
    Launch(
            Service service,
            Command command,
            boolean isMain,
            Spawn.Prepared process,
            Optional<Integer> output,
            String identifier,
            ChainEnd end) {
        this.service = service;
        this.command = command;
        this.isMain = isMain;
        this.output = output;
        this.identifier = identifier;
        this.end = end;
        this.start = new FutureTask<>(process::start);
    }

    Service service() {
        return service;
    }

    public boolean isMain() {
        return isMain;
    }

    Optional<Integer> output() {
        return output;
    }

    String identifier() {
        return identifier;
    }

    public ChainEnd end() {
        return end;
    }

    /// Starts it, unless that was done or another thread is about it.
    void start() {
        start.run();
    }

    /// Starts it, or waits for the thread that does.
    ///
    /// @return its process id
    int await() throws StartFailure {
        start.run();
        boolean wasInterrupted = false;
        try {
            while (true) {
                try {
                    return start.get();
                } catch (InterruptedException _) {
                    wasInterrupted = true;
                }
            }
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof OsException refused) {
                throw failure(refused);
            }
            throw new IllegalStateException(failed.getCause());
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Has it stopped as soon as it is there: nobody looks after it any more.
    public void endAtOnce() {
        try {
            Processes.signal(await(), service.kill().signal().number());
        } catch (StartFailure neverThere) {
            return;
        }
    }

    /// What is told when it cannot be started; nobody prints any more.
    StartFailure failure(OsException refused) {
        output.ifPresent(Descriptors::close);
        return failure(command, refused);
    }

    static StartFailure failure(Command command, OsException refused) {
        return new StartFailure(StartFailure.EXEC, "Failed to spawn: " + refused.getMessage(), command.origin());
    }
}
