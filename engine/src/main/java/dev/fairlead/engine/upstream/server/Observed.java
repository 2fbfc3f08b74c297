package dev.fairlead.engine.upstream.server;

import dev.fairlead.model.upstream.Vigilance;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Counts the errors in a row that requests meet at one server, and tells whoever checks it when they are too
/// many. Shared by all event loops.
public final class Observed {
    private final Vigilance.Observation how;
    private final Consumer<Vigilance.Consequence> alarm;
    private final AtomicInteger errors = new AtomicInteger();

    /// @param alarm told in the loop of whoever met the last error; returns at once
    public Observed(Vigilance.Observation how, Consumer<Vigilance.Consequence> alarm) {
        this.how = how;
        this.alarm = alarm;
    }

    /// What a request has seen of the server.
    public enum Sight {
        CONNECTED,
        UNREACHABLE,
        ANSWERED,
        /// A status of a server in trouble, an answer that cannot be understood, or none.
        UNSOUND;

        /// What an answer shows.
        public static Sight of(int status) {
            return status < 500 || status == 501 || status == 505 ? ANSWERED : UNSOUND;
        }
    }

    void see(Sight sight) {
        switch (sight) {
            case CONNECTED -> well(!how.seesAnswers());
            case UNREACHABLE -> failed();
            case ANSWERED -> well(how.seesAnswers());
            case UNSOUND -> {
                if (how.seesAnswers()) {
                    failed();
                }
            }
        }
    }

    private void well(boolean counts) {
        if (counts && errors.get() != 0) {
            errors.set(0);
        }
    }

    private void failed() {
        if (errors.incrementAndGet() >= how.limit()) {
            errors.set(0);
            alarm.accept(how.then());
        }
    }
}
