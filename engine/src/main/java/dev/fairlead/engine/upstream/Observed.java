package dev.fairlead.engine.upstream;

import dev.fairlead.model.upstream.Vigilance;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts the errors in a row that requests meet at one server, and tells whoever checks it when they are too
/// many. Shared by all event loops.
final class Observed {
    private final Vigilance.Observation how;
    private final HealthWatch watch;
    private final AtomicInteger errors = new AtomicInteger();

    Observed(Vigilance.Observation how, HealthWatch watch) {
        this.how = how;
        this.watch = watch;
    }

    /// What a request has seen of the server.
    enum Sight {
        CONNECTED,
        UNREACHABLE,
        ANSWERED,
        /// A status of a server in trouble, an answer that cannot be understood, or none.
        UNSOUND;

        /// What an answer shows.
        static Sight of(int status) {
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
            watch.alarmed(how.then());
        }
    }
}
