package dev.fairlead.process.master;

import dev.fairlead.os.MasterLoop;
import dev.fairlead.worker.WorkerEnd;
import dev.fairlead.worker.WorkerGate;
import dev.fairlead.worker.WorkerGate.Served;
import dev.fairlead.worker.WorkerId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Counts what has become of an application's requests, by workers that are gone too. On the master loop.
final class Tally {
    private final MasterLoop loop;
    private final WorkerGate gate;
    private final String application;
    private final Set<WorkerId> present = new LinkedHashSet<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private Served gone = new Served(0, 0);
    private int unsettled;

    Tally(MasterLoop loop, WorkerGate gate, String application) {
        this.loop = loop;
        this.gate = gate;
        this.application = application;
    }

    void begins(WorkerId worker) {
        present.add(worker);
    }

    /// Tells traffic that a worker has ended; what it did counts once the last of its requests is settled.
    void ended(WorkerId worker, WorkerEnd how) {
        if (!present.remove(worker)) {
            return;
        }
        unsettled++;
        gate.ended(worker, how)
                .whenComplete((did, failure) -> loop.execute(() -> {
                    unsettled--;
                    if (failure == null) {
                        gone = sum(gone, did);
                    }
                    if (unsettled == 0) {
                        List<Runnable> due = List.copyOf(waiting);
                        waiting.clear();
                        due.forEach(Runnable::run);
                    }
                }));
    }

    /// What has been done so far, without workers that have just ended. What was refused because no worker was
    /// free in time has failed, too.
    Served now() {
        Served all = sum(gone, new Served(0, gate.load(application).refused()));
        for (WorkerId worker : present) {
            all = sum(all, gate.served(worker));
        }
        return all;
    }

    /// Calls back when [#now()] leaves nothing out.
    void whenSettled(Runnable task) {
        if (unsettled == 0) {
            task.run();
        } else {
            waiting.add(task);
        }
    }

    private static Served sum(Served one, Served other) {
        return new Served(one.requests() + other.requests(), one.failed() + other.failed());
    }
}
