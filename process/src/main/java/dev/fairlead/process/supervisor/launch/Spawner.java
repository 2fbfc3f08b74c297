package dev.fairlead.process.supervisor.launch;

import dev.fairlead.os.MasterLoop;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Starts processes on threads of its own. Whoever asks the kernel for a process waits until it runs its program;
/// on a machine that starts two hundred services these are milliseconds for each, in which the next ones can be
/// made ready. To whom a child belongs does not depend on the thread that started it. Only on the master loop.
public final class Spawner {
    private static final int THREADS = 4;
    /// Each holds descriptors until it is started.
    private static final int MOST_UNDER_WAY = 16;
    private static final long IDLE_MILLIS = 500;

    private final MasterLoop loop;
    private final Deque<Begun> underWay = new ArrayDeque<>();
    private final ThreadPoolExecutor threads;

    public Spawner(MasterLoop loop) {
        this.loop = loop;
        this.threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                IDLE_MILLIS,
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(),
                task -> Thread.ofPlatform().name("fairlead-spawn").daemon(true).unstarted(task));
        threads.allowCoreThreadTimeOut(true);
    }

    /// @param whenThere takes what has become of it
    private record Begun(Launch launch, Runnable whenThere) {}

    /// Has a process started.
    ///
    /// @param whenThere is called once there is one, or none can be made; more than once, perhaps
    public void begin(Launch launch, Runnable whenThere) {
        if (underWay.size() >= MOST_UNDER_WAY) {
            underWay.getFirst().whenThere.run();
        }
        Begun begun = new Begun(launch, whenThere);
        underWay.add(begun);
        threads.execute(() -> {
            launch.start();
            loop.execute(whenThere);
        });
    }

    /// Whoever began it has taken what has become of it.
    public void taken(Launch launch) {
        underWay.removeIf(begun -> begun.launch.equals(launch));
    }

    /// Whether there may be processes of which nobody knows yet whose they are.
    public boolean isBusy() {
        return !underWay.isEmpty();
    }

    /// Waits for one that was begun.
    public void finish(Launch launch) {
        List.copyOf(underWay).stream()
                .filter(begun -> begun.launch.equals(launch))
                .forEach(begun -> begun.whenThere.run());
    }

    /// Waits for all that were begun.
    public void settle() {
        List.copyOf(underWay).forEach(begun -> begun.whenThere.run());
    }

    /// Those that were begun, once the loop has ended and nobody takes them any more.
    public List<Launch> left() {
        threads.shutdown();
        return underWay.stream().map(Begun::launch).toList();
    }
}
