package dev.fairlead.process.arbiter;

import dev.fairlead.process.arbiter.GenerationState.Source;
import dev.fairlead.process.arbiter.GenerationState.Stage;
import dev.fairlead.process.arbiter.WorkerState.Phase;
import java.util.List;

/// State × event → state and actions, for one application. Events that mean nothing as things stand leave them
/// as they are: processes and people answer late.
public final class Arbiter {
    private static final String ABANDONED = "its generation was given up";

    private Arbiter() {}

    public static Transition next(ApplicationState state, Event event) {
        Turn turn = new Turn(state);
        switch (event) {
            case Event.Deploy deploy -> deploy(turn, deploy.workers());
            case Event.Resize resize -> resize(turn, Math.max(0, resize.workers()));
            case Event.Stop stop -> stop(turn, stop.isGraceful());
            case Event.OfGeneration of ->
                state.generation(of.generation()).ifPresent(generation -> happened(turn, generation, of));
            case Event.OfWorker of ->
                state.ofWorker(of.worker()).ifPresent(generation -> WorkerRules.happened(turn, generation, of));
        }
        return turn.done();
    }

    /// Whoever asks last is the one who is served.
    private static void deploy(Turn turn, int workers) {
        if (turn.state().isEnding()) {
            return;
        }
        turn.state().coming().ifPresent(superseded -> abandon(turn, superseded));
        turn.state(turn.state().wanted(Math.max(0, workers)).oneMoreGeneration());
        int number = turn.state().lastGeneration();
        turn.put(GenerationState.coming(number, turn.state().wanted()));
        turn.state()
                .serving()
                .ifPresent(present -> turn.act(new Action.RunHook(present.number(), "on_reload", List.of())));
        turn.act(new Action.StartZygote(number));
    }

    private static void abandon(Turn turn, GenerationState coming) {
        turn.end(coming, ABANDONED);
        turn.act(new Action.ReportAbandoned(coming.number()));
    }

    private static void resize(Turn turn, int workers) {
        if (turn.state().isEnding()) {
            return;
        }
        turn.state(turn.state().wanted(workers));
        turn.state().serving().ifPresent(present -> {
            turn.act(new Action.RunHook(present.number(), "nworkers_changed", List.of(workers, present.wanted())));
            turn.put(present.wanted(workers));
            turn.refill(present);
            turn.trim(present);
        });
        turn.state().coming().ifPresent(coming -> {
            turn.put(coming.wanted(workers));
            turn.refill(coming);
            turn.takeOverIfComplete(coming);
        });
    }

    private static void stop(Turn turn, boolean isGraceful) {
        turn.state(turn.state().ending());
        for (GenerationState generation : turn.state().generations()) {
            switch (generation.stage()) {
                case COMING -> abandon(turn, generation);
                case SERVING -> {
                    if (isGraceful) {
                        turn.release(generation);
                    } else {
                        turn.end(generation, "the application is stopped");
                    }
                }
                case RETIRING -> {
                    if (!isGraceful) {
                        turn.end(generation, "the application is stopped");
                    }
                }
                case ENDING -> {}
            }
        }
    }

    private static void happened(Turn turn, GenerationState generation, Event.OfGeneration event) {
        switch (event) {
            case Event.Loaded _ -> loaded(turn, generation);
            case Event.Failed failed -> failed(turn, generation, failed.why());
            case Event.ZygoteEnded ended -> zygoteEnded(turn, generation, ended.how());
            case Event.ZygoteDue _ -> {
                if (generation.is(Stage.SERVING) && generation.source() == Source.ABSENT) {
                    turn.put(generation.source(Source.LOADING));
                    turn.act(new Action.StartZygote(generation.number()));
                }
            }
            case Event.ForkDue _ -> {
                turn.put(generation.delayed(false));
                turn.refill(generation);
            }
        }
    }

    private static void loaded(Turn turn, GenerationState generation) {
        if (generation.source() == Source.LOADING) {
            turn.put(generation.source(Source.LOADED));
            turn.refill(generation);
            turn.takeOverIfComplete(generation);
        }
    }

    private static void failed(Turn turn, GenerationState generation, String why) {
        switch (generation.stage()) {
            case COMING -> turn.breakDown(generation, why);
            case SERVING -> turn.act(new Action.SayNotLoaded(generation.number(), why));
            case RETIRING, ENDING -> {}
        }
    }

    /// Workers that it was told to fork and that it has not reported will never be.
    private static void zygoteEnded(Turn turn, GenerationState which, String how) {
        turn.put(which.source(Source.ABSENT));
        for (WorkerState worker : which.in(Phase.FORKING)) {
            turn.put(turn.now(which).without(worker));
            turn.act(new Action.Discard(worker.number()));
        }
        GenerationState generation = turn.now(which);
        switch (generation.stage()) {
            case COMING -> turn.breakDown(generation, "the process that loads the application " + how);
            case SERVING -> {
                int times = generation.zygoteEnds() + 1;
                turn.put(generation.zygoteEnds(times));
                turn.act(new Action.SayZygoteLost(generation.number(), how));
                turn.act(new Action.StartZygoteLater(generation.number(), Backoff.after(times)));
            }
            case RETIRING, ENDING -> turn.sweep(generation);
        }
    }
}
