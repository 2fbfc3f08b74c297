package dev.fairlead.process.master;

import dev.fairlead.process.master.ApplicationChange.Level;
import dev.fairlead.time.Clock;
import dev.fairlead.worker.WorkerGate.Served;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The deploys of one application that people wait for, and what they are told. On the master loop.
final class Deploys {
    /// @param before what had been served when it was asked for
    private record Asked(CompletableFuture<DeployReport> report, long sinceNanos, Served before) {}

    /// A deploy whose generation serves, while the one before finishes.
    private record Shift(Asked asked, int generation, String ready) {}

    private final Clock clock;
    private final Tally tally;
    private final Generation.Owner owner;
    private final String application;
    private final Map<Integer, Asked> asked = new HashMap<>();
    private final Map<Integer, Shift> shifts = new HashMap<>();
    private Optional<String> problem = Optional.empty();
    private long sinceMillis;
    private int serving;

    Deploys(String application, Clock clock, Tally tally, Generation.Owner owner) {
        this.application = application;
        this.clock = clock;
        this.tally = tally;
        this.owner = owner;
    }

    /// Why the last deploy did not come up, if it did not.
    Optional<String> problem() {
        return problem;
    }

    /// Since when the present generation serves, in milliseconds since 1970; 0 while none does.
    long sinceMillis() {
        return sinceMillis;
    }

    CompletionStage<DeployReport> begin(int generation) {
        Asked one = new Asked(new CompletableFuture<>(), clock.monotonicNanos(), tally.now());
        asked.put(generation, one);
        return one.report();
    }

    DeployReport refused(String why) {
        return new DeployReport(false, why, serving, 0, 0);
    }

    /// @param before the generation that served until now
    void serves(int generation, int workers, OptionalInt before) {
        serving = generation;
        problem = Optional.empty();
        sinceMillis = clock.wallMillis();
        Asked one = asked.remove(generation);
        double seconds = one == null ? 0 : (clock.monotonicNanos() - one.sinceNanos()) / 1e9;
        String ready = String.format(
                Locale.ROOT,
                "generation %d of %s serves with %s (ready in %.2f s)",
                generation,
                application,
                Texts.workers(workers),
                seconds);
        owner.say(ready, Level.INFO);
        if (one == null) {
            return;
        }
        if (before.isPresent()) {
            shifts.put(before.getAsInt(), new Shift(one, generation, ready));
        } else {
            one.report().complete(new DeployReport(true, ready, generation, 0, 0));
        }
    }

    /// A generation finishes what it has.
    void released(Generation generation, Executor loop) {
        Shift shift = shifts.remove(generation.number());
        if (shift != null) {
            generation.drained().thenRun(() -> loop.execute(() -> tally.whenSettled(() -> finish(shift))));
        }
    }

    private void finish(Shift shift) {
        Served now = tally.now();
        long served = now.requests() - shift.asked().before().requests();
        long failed = now.failed() - shift.asked().before().failed();
        String counted = String.format(Locale.ROOT, "during the deploy: served %d, failed %d", served, failed);
        owner.say(counted, Level.INFO);
        shift.asked()
                .report()
                .complete(new DeployReport(true, shift.ready() + "; " + counted, shift.generation(), served, failed));
    }

    void broken(int generation, String why, OptionalInt kept) {
        String message = "generation " + generation + " of " + application + " did not come up: " + why
                + (kept.isPresent() ? "\ngeneration " + kept.getAsInt() + " goes on serving" : "");
        problem = Optional.of(why);
        owner.say(message, Level.ERROR);
        complete(asked.remove(generation), message);
    }

    void abandoned(int generation, boolean isEnding) {
        complete(
                asked.remove(generation),
                "deploy of " + application + " given up: "
                        + (isEnding ? "the application is being stopped" : "another was asked for"));
    }

    private void complete(@Nullable Asked one, String why) {
        if (one != null) {
            one.report().complete(refused(why));
        }
    }
}
