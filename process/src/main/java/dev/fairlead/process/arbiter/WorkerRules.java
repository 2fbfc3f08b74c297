package dev.fairlead.process.arbiter;

import dev.fairlead.process.arbiter.GenerationState.Stage;
import dev.fairlead.process.arbiter.WorkerState.Phase;
import java.time.Duration;

/// What is done about something that happened to one worker.
final class WorkerRules {
    private WorkerRules() {}

    static void happened(Turn turn, GenerationState generation, Event.OfWorker event) {
        WorkerState worker = generation.workers().stream()
                .filter(one -> one.number() == event.worker())
                .findFirst()
                .orElseThrow();
        switch (event) {
            case Event.Forked _ -> forked(turn, generation, worker);
            case Event.Ready _ -> ready(turn, generation, worker);
            case Event.Unfit unfit -> unfit(turn, generation, worker, unfit.why());
            case Event.Late _ -> late(turn, generation, worker);
            case Event.Worn worn -> worn(turn, generation, worker, worn.why());
            case Event.Overdue overdue -> overdue(turn, generation, worker, overdue.why());
            case Event.Idle _ -> idle(turn, generation, worker);
            case Event.Lingering _ -> {
                if (worker.is(Phase.ENDING)) {
                    turn.act(new Action.Kill(worker.number(), "it was told to end and did not"));
                }
            }
            case Event.Deaf _ -> deaf(turn, generation, worker);
            case Event.Ended ended -> ended(turn, generation, worker, ended);
        }
    }

    private static void forked(Turn turn, GenerationState generation, WorkerState worker) {
        if (!worker.is(Phase.FORKING)) {
            return;
        }
        WorkerState booting = worker.phase(Phase.BOOTING);
        turn.put(generation, booting);
        if (generation.is(Stage.RETIRING) || generation.is(Stage.ENDING)) {
            turn.act(new Action.Kill(worker.number(), "it is not needed any more"));
        } else if (booting.isEarly()) {
            ready(turn, turn.now(generation), booting);
        }
    }

    private static void ready(Turn turn, GenerationState generation, WorkerState worker) {
        if (worker.is(Phase.FORKING)) {
            // Until its process is known nothing could be done about it.
            turn.put(generation, worker.early());
            return;
        }
        if (!worker.is(Phase.BOOTING) || worker.isUnwanted()) {
            return;
        }
        switch (generation.stage()) {
            case COMING -> {
                turn.put(generation, worker.phase(Phase.READY));
                turn.takeOverIfComplete(generation);
            }
            case SERVING -> {
                turn.put(generation.zygoteEnds(0));
                turn.admit(generation, worker);
                turn.trim(generation);
            }
            case RETIRING, ENDING -> {}
        }
    }

    private static void unfit(Turn turn, GenerationState generation, WorkerState worker, String why) {
        switch (generation.stage()) {
            case COMING -> turn.breakDown(generation, why);
            case SERVING -> {
                turn.put(generation, worker.unwanted());
                turn.act(new Action.SayUnfit(worker.number(), why));
                // Its end decides when the next one is tried.
                turn.act(new Action.Kill(worker.number(), why));
            }
            case RETIRING, ENDING -> {}
        }
    }

    /// A generation that comes up has a limit of its own.
    private static void late(Turn turn, GenerationState generation, WorkerState worker) {
        if (!generation.is(Stage.SERVING)) {
            return;
        }
        if (worker.is(Phase.FORKING)) {
            // The zygote hangs.
            turn.endZygote(generation, true);
        } else if (worker.is(Phase.BOOTING)) {
            turn.put(generation, worker.unwanted());
            turn.act(new Action.Examine(worker.number(), "it did not become ready in time"));
        }
    }

    /// It serves until the next one does.
    private static void worn(Turn turn, GenerationState generation, WorkerState worker, String why) {
        if (generation.is(Stage.SERVING) && worker.is(Phase.SERVING) && !worker.isUnwanted()) {
            turn.put(generation.quickEnds(0, generation.lastQuickEnd()).with(worker.unwanted()));
            turn.act(new Action.SayReplaced(worker.number(), why));
            turn.refill(generation);
        }
    }

    private static void overdue(Turn turn, GenerationState generation, WorkerState worker, String why) {
        turn.put(generation, worker.unwanted());
        turn.refill(generation);
        turn.act(new Action.Examine(worker.number(), why));
    }

    private static void idle(Turn turn, GenerationState generation, WorkerState worker) {
        if (worker.is(Phase.RETIRING)) {
            turn.put(generation, worker.phase(Phase.ENDING));
            turn.act(new Action.Terminate(worker.number()));
        }
    }

    private static void deaf(Turn turn, GenerationState generation, WorkerState worker) {
        switch (worker.phase()) {
            case BOOTING, READY, SERVING -> {
                turn.put(generation, worker.unwanted());
                turn.act(new Action.Kill(worker.number(), "it closed its connections"));
            }
            case RETIRING -> idle(turn, generation, worker);
            case FORKING, ENDING -> {}
        }
    }

    private static void ended(Turn turn, GenerationState generation, WorkerState worker, Event.Ended ended) {
        turn.put(generation.without(worker));
        switch (generation.stage()) {
            case COMING -> turn.breakDown(generation, "a worker ended while it started: " + ended.cause());
            case SERVING -> {
                if (!worker.is(Phase.RETIRING) && !worker.is(Phase.ENDING)) {
                    turn.act(new Action.SayLost(worker.number(), ended.cause()));
                    replaceLost(turn, turn.now(generation), worker, ended);
                }
            }
            case RETIRING, ENDING -> turn.sweep(generation);
        }
    }

    /// Workers that end as soon as they begin are not started as fast as the machine can. One that served ended by
    /// what it was asked, which may be asked again: whoever finds such a request must not be able to put others
    /// off.
    private static void replaceLost(Turn turn, GenerationState generation, WorkerState worker, Event.Ended ended) {
        boolean isQuick = !worker.is(Phase.SERVING) || ended.livedMillis() < Backoff.STEADY_MILLIS;
        boolean isRelated = ended.atMillis() - generation.lastQuickEnd() < Backoff.UNRELATED_MILLIS;
        int times = !isQuick ? 0 : isRelated ? generation.quickEnds() + 1 : 1;
        turn.put(generation.quickEnds(times, isQuick ? ended.atMillis() : generation.lastQuickEnd()));
        if (times <= generation.wanted()) {
            turn.refill(generation);
        } else if (!generation.isForkingDelayed()) {
            turn.put(turn.now(generation).delayed(true));
            Duration delay = worker.is(Phase.SERVING) ? Backoff.FIRST : Backoff.after(times - generation.wanted());
            turn.act(new Action.ForkLater(generation.number(), delay));
        }
    }
}
