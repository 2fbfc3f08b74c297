package dev.fairlead.process.supervisor;

import dev.fairlead.model.control.Outcome;
import dev.fairlead.model.service.lifecycle.Signal;
import dev.fairlead.model.status.ApplicationStatus;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Runs the applications that units stand for. Called on the master thread, which must not be blocked; stages
/// may be completed on any thread.
public interface UnitApplications {
    /// For a supervisor whose units stand for none.
    UnitApplications NONE = new UnitApplications() {
        @Override
        public CompletionStage<Outcome> start(String application) {
            return refused();
        }

        @Override
        public CompletionStage<Outcome> reload(String application) {
            return refused();
        }

        @Override
        public CompletionStage<Outcome> stop(String application) {
            return refused();
        }

        @Override
        public CompletionStage<Outcome> signal(String application, Signal signal) {
            return refused();
        }

        @Override
        public Optional<ApplicationStatus> status(String application) {
            return Optional.empty();
        }

        private CompletionStage<Outcome> refused() {
            return CompletableFuture.completedFuture(new Outcome.Failed("no applications are run here"));
        }
    };

    /// Done once it serves.
    CompletionStage<Outcome> start(String application);

    /// Goes over to its present code and settings; what does not come up changes nothing.
    CompletionStage<Outcome> reload(String application);

    /// Done once its last request has ended and its processes are gone.
    CompletionStage<Outcome> stop(String application);

    /// Does what the signal means to gunicorn, other than reload and stop.
    CompletionStage<Outcome> signal(String application, Signal signal);

    /// Empty while it does not run.
    Optional<ApplicationStatus> status(String application);
}
