package dev.fairlead.engine.app;

import dev.fairlead.engine.app.environ.RequestEncoder;
import dev.fairlead.engine.compile.Shared;
import dev.fairlead.time.Clock;
import dev.fairlead.worker.WorkerEnd;
import dev.fairlead.worker.WorkerGate;
import dev.fairlead.worker.WorkerId;
import dev.fairlead.worker.WorkerWatch;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The workers that the master has announced, and what it asks to be done with them. One for each engine;
/// outlives generations.
public final class WorkerRegister implements WorkerGate, AutoCloseable {
    private final ConcurrentHashMap<WorkerId, WorkerProcess> workers = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, WorkerProcess> byToken = new ConcurrentHashMap<>();
    private final List<EventLoop> loops;
    private final Clock clock;
    private final ApplicationPools pools;
    private final ApplicationShares shares;
    private final Doors doors;

    private WorkerRegister(List<EventLoop> loops, Clock clock, Shared shared) {
        this.loops = loops;
        this.clock = clock;
        this.pools = shared.part(ApplicationPools.class, ApplicationPools::new);
        this.shares = shared.part(ApplicationShares.class, ApplicationShares::new);
        this.doors = Doors.open(loops, this);
    }

    /// Opens the doors.
    public static WorkerRegister open(List<EventLoop> loops, Clock clock, Shared shared) {
        return new WorkerRegister(loops, clock, shared);
    }

    @Override
    public List<String> doors() {
        return doors.names();
    }

    /// Whose token that is.
    @Nullable
    WorkerProcess worker(String token) {
        return byToken.get(token);
    }

    /// On an event loop: a worker has come in.
    void joined(int index) {
        shares.of(loops.get(index), clock).index(index);
    }

    @Override
    public void expect(WorkerId worker, String token, long requestLimit, WorkerWatch watch) {
        WorkerProcess process = new WorkerProcess(worker, token, requestLimit, watch, loops.size());
        workers.put(worker, process);
        byToken.put(token, process);
    }

    @Override
    public CompletionStage<Integer> probe(WorkerId worker, String path, Duration timeout) {
        CompletableFuture<Integer> status = new CompletableFuture<>();
        WorkerProcess process = workers.get(worker);
        WorkerConnection connection = process == null ? null : process.connection(0);
        RequestEncoder encoder = pools.of(worker.application()).encoder();
        if (process == null || connection == null || encoder == null) {
            status.completeExceptionally(new IllegalStateException(worker + " is not connected"));
            return status;
        }
        loops.getFirst().execute(() -> Probe.send(process, connection, encoder, path, status));
        return status.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void admit(WorkerId worker) {
        WorkerProcess process = workers.get(worker);
        if (process != null) {
            ApplicationPool pool = pools.of(worker.application());
            pool.add(process);
            pool.pump();
        }
    }

    @Override
    public CompletionStage<Served> retire(WorkerId worker) {
        WorkerProcess process = workers.get(worker);
        if (process == null) {
            return CompletableFuture.completedFuture(new Served(0, 0));
        }
        pools.of(worker.application()).remove(process);
        return process.retire();
    }

    @Override
    public CompletionStage<Served> ended(WorkerId worker, WorkerEnd end) {
        WorkerProcess process = workers.remove(worker);
        if (process == null) {
            return CompletableFuture.completedFuture(new Served(0, 0));
        }
        byToken.remove(process.token());
        ApplicationPool pool = pools.of(worker.application());
        pool.remove(process);
        pool.pins().forget(process);
        process.end(end);
        CompletableFuture<Served> settled = new CompletableFuture<>();
        AtomicInteger unsettled = new AtomicInteger(loops.size());
        Runnable isSettled = () -> {
            if (unsettled.decrementAndGet() == 0) {
                settled.complete(process.served());
            }
        };
        for (int i = 0; i < loops.size(); i++) {
            EventLoop loop = loops.get(i);
            WorkerConnection connection = process.connection(i);
            loop.execute(() -> {
                shares.of(loop, clock).ended(process);
                if (connection != null) {
                    connection.close();
                }
                // What closing does to requests is done by the loop's next tasks.
                loop.execute(isSettled);
            });
        }
        return settled;
    }

    @Override
    public Served served(WorkerId worker) {
        WorkerProcess process = workers.get(worker);
        return process == null ? new Served(0, 0) : process.served();
    }

    @Override
    public void open(String application, boolean isOpen) {
        pools.of(application).open(isOpen);
    }

    @Override
    public Load load(String application) {
        ApplicationPool pool = pools.of(application);
        return new Load(pool.waiting(), pool.running(), pool.refused());
    }

    @Override
    public void close() {
        doors.close();
    }
}
