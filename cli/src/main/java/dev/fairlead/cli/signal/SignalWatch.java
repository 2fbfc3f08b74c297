package dev.fairlead.cli.signal;

import dev.fairlead.model.service.lifecycle.Signal;
import dev.fairlead.os.MasterLoop;
import dev.fairlead.os.OsException;
import dev.fairlead.os.SignalSet;
import dev.fairlead.os.Signals;
import dev.fairlead.time.AllowForbidden;
import dev.fairlead.time.Clock;
import java.util.function.Consumer;

/// Hands over the signals this process gets, on a master loop.
public final class SignalWatch {
    /// All that the launcher blocks and the program acts on.
    public static final SignalSet HANDLED = SignalSet.of(
            Signal.HUP.number(),
            Signal.INT.number(),
            Signal.QUIT.number(),
            Signal.USR1.number(),
            Signal.USR2.number(),
            Signal.TERM.number(),
            Signal.WINCH.number());

    /// Those, and the ones that change how many workers there are.
    public static final SignalSet WITH_WORKERS = HANDLED.with(Signal.TTIN.number(), Signal.TTOU.number());

    private static final SignalSet ENDING =
            SignalSet.of(Signal.HUP.number(), Signal.INT.number(), Signal.QUIT.number(), Signal.TERM.number());

    private SignalWatch() {}

    /// Calls `handler` on the loop for each signal, until the program ends.
    public static void start(MasterLoop loop, SignalSet signals, Consumer<Signal> handler) throws OsException {
        int descriptor = Signals.open(signals);
        loop.execute(() -> watch(loop, descriptor, handler));
    }

    private static void watch(MasterLoop loop, int descriptor, Consumer<Signal> handler) {
        try {
            loop.watch(descriptor, () -> read(descriptor, handler));
        } catch (OsException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void read(int descriptor, Consumer<Signal> handler) {
        try {
            for (Signals.Received received : Signals.read(descriptor)) {
                handler.accept(new Signal(received.number()));
            }
        } catch (OsException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    /// For commands that only ask and print: the signals that end a program end this one, at once.
    public static void endOnInterrupt() {
        try {
            start(MasterLoop.start("signals", Clock.system()), ENDING, SignalWatch::end);
        } catch (OsException withoutSignals) {
            throw new IllegalStateException(withoutSignals);
        }
    }

    @AllowForbidden("a command that was interrupted ends as shells expect")
    private static void end(Signal signal) {
        Runtime.getRuntime().halt(128 + signal.number());
    }
}
