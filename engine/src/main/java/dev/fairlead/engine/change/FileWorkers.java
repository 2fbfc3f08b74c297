package dev.fairlead.engine.change;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The threads that change files, for all of a process; there are none while nothing is changed.
final class FileWorkers {
    private static final int MOST = 4;

    /// Requests that may wait; more are turned away.
    private static final int MOST_WAITING = 1000;

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            MOST,
            MOST,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            Thread.ofPlatform().daemon().name("fairlead-files").factory());

    FileWorkers() {
        threads.allowCoreThreadTimeOut(true);
    }

    /// @throws RejectedExecutionException if too many are waiting
    void run(Runnable change) {
        threads.execute(change);
    }
}
