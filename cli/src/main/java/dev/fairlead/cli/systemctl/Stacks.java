package dev.fairlead.cli.systemctl;

import dev.fairlead.cli.control.ControlClient;
import dev.fairlead.cli.control.SocketFolder;
import dev.fairlead.cli.control.StackChoice;
import dev.fairlead.cli.run.Relaunch;
import dev.fairlead.time.Clock;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// Finds the stack a verb is for.
///
/// @param err where it is said that one was started
record Stacks(Arguments arguments, Clock clock, PrintStream err) {
    private static final Duration STARTED_WITHIN = Duration.ofMinutes(2);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    /// The running one: that of `--root`, else the one that `fairlead status` would talk to; empty if there is
    /// none.
    Optional<Path> socket() throws Fault {
        SocketFolder folder = SocketFolder.current();
        if (arguments.has("root")) {
            Path socket = folder.socketFor(Path.of(arguments.value("root").orElse("")));
            return Optional.of(socket).filter(SocketFolder::isAnswered);
        }
        if (folder.running().isEmpty() && arguments.value("stack").isEmpty()) {
            return Optional.empty();
        }
        return switch (StackChoice.of(folder, arguments.value("stack"), Path.of(""))) {
            case StackChoice.Chosen(Path socket) -> Optional.of(socket);
            case StackChoice.Unclear(String message) -> throw new Fault("systemctl: " + message);
        };
    }

    /// The running one.
    RunningStack running() throws Fault {
        return new RunningStack(new ControlClient(
                socket().orElseThrow(() -> new Fault("No stack is running; start one with: fairlead up"))));
    }

    /// The running one; for `--root` one is started if none runs.
    RunningStack started() throws Fault {
        Optional<Path> socket = socket();
        if (socket.isPresent() || !arguments.has("root")) {
            return running();
        }
        Path root = Path.of(arguments.value("root").orElse("")).toAbsolutePath().normalize();
        try {
            int pid = Relaunch.background(java.util.List.of("up", root.toString()));
            Path answering = SocketFolder.current().socketFor(root);
            long until = clock.monotonicNanos() + STARTED_WITHIN.toNanos();
            while (!SocketFolder.isAnswered(answering)) {
                if (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty()) {
                    throw new Fault("No supervisor for " + root + " comes up; see: fairlead up " + root);
                }
                if (clock.monotonicNanos() > until) {
                    throw new Fault("The supervisor for " + root + " does not answer (process " + pid + ")");
                }
                LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            }
            if (!arguments.isQuiet()) {
                err.println("Started a supervisor for " + root + " (process " + pid + ").");
            }
            return new RunningStack(new ControlClient(answering));
        } catch (IOException refused) {
            throw new Fault("No supervisor can be started for " + root + ": " + refused.getMessage());
        }
    }
}
