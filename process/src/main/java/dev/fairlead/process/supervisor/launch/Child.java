package dev.fairlead.process.supervisor.launch;

import dev.fairlead.os.Descriptors;
import dev.fairlead.os.MasterLoop;
import dev.fairlead.os.OsException;
import dev.fairlead.os.Processes;
import dev.fairlead.process.state.Ending;
import java.util.Optional;
import java.util.function.Consumer;

/// A process that is watched until it ends: one that was started here, or a daemon it left behind.
public final class Child {
    private final MasterLoop loop;
    private final int pid;
    private final int descriptor;
    private final Optional<Capture> capture;
    private final Consumer<Ending> whenEnded;
    private boolean isWatched = true;

    private Child(MasterLoop loop, int pid, int descriptor, Optional<Capture> capture, Consumer<Ending> whenEnded) {
        this.loop = loop;
        this.pid = pid;
        this.descriptor = descriptor;
        this.capture = capture;
        this.whenEnded = whenEnded;
    }

    public static Child watch(MasterLoop loop, int pid, Optional<Capture> capture, Consumer<Ending> whenEnded)
            throws OsException {
        Child child = new Child(loop, pid, Processes.watch(pid), capture, whenEnded);
        loop.watch(child.descriptor, child::ended);
        return child;
    }

    public int pid() {
        return pid;
    }

    private void ended() {
        if (!isWatched) {
            return;
        }
        isWatched = false;
        loop.unwatch(descriptor);
        Descriptors.close(descriptor);
        // Another process' child cannot be asked how it ended.
        Ending ending = Processes.collect(pid)
                .map(exit -> exit.signalled()
                        ? (Ending) new Ending.Killed(exit.code(), exit.dumpedCore())
                        : new Ending.Exited(exit.code()))
                .orElse(new Ending.Exited(0));
        capture.ifPresent(Capture::drain);
        whenEnded.accept(ending);
    }

    public void signal(int number) {
        if (isWatched) {
            Processes.signal(pid, number);
        }
    }
}
