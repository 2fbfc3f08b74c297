package dev.fairlead.process.master;

import dev.fairlead.model.app.Application;
import dev.fairlead.model.app.Application.HealthCheck;
import dev.fairlead.os.ProcessTable;
import dev.fairlead.process.arbiter.Event;
import dev.fairlead.process.arbiter.WorkerState.Phase;
import dev.fairlead.process.master.Generation.Context;
import dev.fairlead.worker.WorkerId;
import dev.fairlead.worker.WorkerWatch;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// What is seen of a generation's workers from outside their processes: what traffic notices, whether they are
/// healthy, and how much memory they use.
final class Watch implements WorkerWatch {
    private static final Duration WEIGHED_EVERY = Duration.ofSeconds(2);
    private static final Duration DEAF_AFTER = Duration.ofSeconds(5);
    private static final int HEALTHY_BELOW = 400;

    private final Context context;
    private final Application application;
    private final Generation generation;
    private final Generation.Owner owner;

    Watch(Context context, Application application, Generation generation, Generation.Owner owner) {
        this.context = context;
        this.application = application;
        this.generation = generation;
        this.owner = owner;
    }

    @Override
    public void connected(WorkerId worker) {
        context.loop()
                .execute(() -> application
                        .health()
                        .ifPresentOrElse(
                                health -> check(worker, health),
                                () -> owner.happened(new Event.Ready(worker.number()))));
    }

    private void check(WorkerId worker, HealthCheck health) {
        context.gate()
                .probe(worker, health.path(), health.timeout())
                .whenComplete((status, failure) -> context.loop().execute(() -> {
                    if (failure == null && status < HEALTHY_BELOW) {
                        owner.happened(new Event.Ready(worker.number()));
                    } else {
                        String answer = failure == null ? "was answered " + status : reason(failure, health);
                        owner.happened(new Event.Unfit(
                                worker.number(),
                                "the health check " + health.path() + " " + answer + " ["
                                        + health.origin().fileAndLine() + "]"));
                    }
                }));
    }

    private static String reason(@Nullable Throwable failure, HealthCheck health) {
        return failure instanceof TimeoutException
                ? "was not answered within " + Texts.seconds(health.timeout())
                : "was not answered: " + (failure == null ? "" : failure.getMessage());
    }

    @Override
    public void worn(WorkerId worker) {
        context.loop().execute(() -> owner.happened(new Event.Worn(worker.number(), "has had its requests")));
    }

    @Override
    public void overdue(WorkerId worker, String request, Duration after) {
        context.loop()
                .execute(() -> owner.happened(
                        new Event.Overdue(worker.number(), request + " took longer than " + Texts.seconds(after))));
    }

    @Override
    public void disconnected(WorkerId worker) {
        // Usually its process has ended, which is seen as well.
        context.loop()
                .execute(() ->
                        context.loop().schedule(DEAF_AFTER, () -> owner.happened(new Event.Deaf(worker.number()))));
    }

    /// Looks at the workers' memory every few seconds, as long as the generation has any.
    void weigh() {
        long most = application.recycling().residentBytes();
        if (most == 0) {
            return;
        }
        for (ManagedWorker worker : generation.workers()) {
            boolean isServing = owner.state(worker)
                    .filter(state -> state.phase() == Phase.SERVING)
                    .isPresent();
            long bytes = isServing
                    ? ProcessTable.of(worker.pid())
                            .map(ProcessTable.Row::residentBytes)
                            .orElse(0L)
                    : 0;
            if (bytes > most) {
                owner.happened(new Event.Worn(worker.number(), "uses " + (bytes >> 20) + " MiB"));
            }
        }
        context.loop().schedule(WEIGHED_EVERY, () -> {
            if (!generation.isOver()) {
                weigh();
            }
        });
    }
}
