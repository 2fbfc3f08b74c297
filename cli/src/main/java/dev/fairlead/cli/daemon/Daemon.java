package dev.fairlead.cli.daemon;

import dev.fairlead.model.plan.Plan;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// Such a program from its start to its end.
public final class Daemon {
    private Daemon() {}

    /// Has it serve.
    @FunctionalInterface
    public interface Start {
        void run() throws IOException;
    }

    /// Goes to the background where the plan says so, starts, tells who waits for it, and stays until it has ended.
    ///
    /// @param isTakenOver whether it was started by an older one of its kind and so is where it belongs
    /// @return the exit status
    /// @throws IOException whatever starting throws
    public static int run(Plan plan, boolean isTakenOver, PrintStream err, CountDownLatch ended, Start start)
            throws IOException {
        if (plan.runtime().background() && !isTakenOver && !Background.isThere()) {
            return Background.start(plan.runtime(), err);
        }
        Optional<OutputStream> channel = Background.channel();
        start.run();
        if (channel.isPresent()) {
            Background.serves(channel.get());
        }
        try {
            ended.await();
            return 0;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }
}
