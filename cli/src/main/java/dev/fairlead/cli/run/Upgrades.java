package dev.fairlead.cli.run;

import dev.fairlead.cli.daemon.NumberedSockets;
import dev.fairlead.engine.generation.EngineOptions;
import dev.fairlead.model.control.Outcome;
import dev.fairlead.process.baton.Baton;
import dev.fairlead.time.Clock;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// The upgrades of a running stack: looks whether the next program and every unit are ready for one, has it
/// carried out, and tells what came of it. Safe for use by several threads.
final class Upgrades {
    /// When requests were last taken before the upgrade, by the clock that is never set.
    static final String BEGUN = "upgrade-begun";

    private static final String LISTENERS = "listeners";
    private static final String SOCKET = "socket";
    private static final Outcome UNDER_WAY = new Outcome.Done("");

    private final AtomicReference<Outcome> report =
            new AtomicReference<>(new Outcome.Failed("this stack has not been upgraded since it was started"));
    private final Set<String> lent = new HashSet<>();
    private volatile Optional<Consumer<NextProgram>> executor = Optional.empty();

    Upgrades(Baton baton, Clock clock) {
        baton.parts(LISTENERS).stream().filter(one -> one.is("lent")).forEach(one -> lent.add(one.text("address", "")));
        baton.number(BEGUN)
                .ifPresent(begun -> report.set(new Outcome.Done(String.format(
                        Locale.ROOT,
                        "upgraded: the new program runs; requests waited for %.1f s, units: %d",
                        (clock.monotonicNanos() - begun) / 1e9,
                        baton.parts("units").size()))));
    }

    /// Says who carries an upgrade out; where nobody does none begins.
    ///
    /// @param next is given the program, on a thread of its own
    void carriedOutBy(Consumer<NextProgram> next) {
        executor = Optional.of(next);
    }

    Outcome report() {
        return report.get();
    }

    /// Nothing came of it.
    void failed(String why) {
        report.set(refused(why));
    }

    private static Outcome refused(String why) {
        return new Outcome.Failed(why + "\nnothing was upgraded: the program goes on as it was");
    }

    /// Looks whether there can be an upgrade now, and has it carried out a moment later.
    Outcome begin(StackRun stack) {
        Outcome before = report.getAndSet(UNDER_WAY);
        if (before.equals(UNDER_WAY)) {
            return new Outcome.Failed("an upgrade is under way already");
        }
        Outcome begun = prepare(stack);
        if (!begun.succeeded()) {
            report.set(begun);
        }
        return begun;
    }

    private Outcome prepare(StackRun stack) {
        Optional<Consumer<NextProgram>> carriesOut = executor;
        if (carriesOut.isEmpty()) {
            return refused("the stack is still starting");
        }
        NextProgram next;
        try {
            next = NextProgram.find(NumberedSockets.told(stack.plan()));
        } catch (IOException notReady) {
            return refused(String.valueOf(notReady.getMessage()));
        }
        Outcome read = stack.reload(false);
        if (!read.succeeded()) {
            return refused(read.message());
        }
        Optional<String> obstacle = stack.unsettled();
        if (obstacle.isPresent()) {
            return refused(obstacle.get());
        }
        Thread.ofPlatform().name("upgrade").start(() -> carriesOut.get().accept(next));
        return new Outcome.Done("the new program is ready; requests are finished first");
    }

    /// Hands over sockets that are listened on.
    void hand(Map<String, Integer> sockets, Baton baton) {
        sockets.forEach((address, descriptor) -> baton.add(LISTENERS)
                .put("address", address)
                .put("lent", lent.contains(address))
                .hand(SOCKET, descriptor));
    }

    /// Sockets to listen on that were handed over, by address.
    static Map<String, Integer> taken(Baton baton) {
        Map<String, Integer> sockets = new LinkedHashMap<>();
        for (Baton one : baton.parts(LISTENERS)) {
            one.take(SOCKET).ifPresent(descriptor -> sockets.put(one.text("address", ""), descriptor));
        }
        return sockets;
    }

    /// Options with the sockets that were handed over, or else those that were lent.
    EngineOptions listeners(Baton baton, EngineOptions options, Map<String, Integer> lentNow) {
        lent.addAll(lentNow.keySet());
        Map<String, Integer> sockets = taken(baton);
        sockets.putAll(lentNow);
        return options.inherited(sockets, lent);
    }
}
