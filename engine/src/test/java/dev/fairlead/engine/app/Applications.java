package dev.fairlead.engine.app;

import dev.fairlead.model.app.Application;
import dev.fairlead.model.app.RequestView;
import dev.fairlead.model.app.WorkerKind;
import dev.fairlead.model.app.WorkerTimeouts;
import dev.fairlead.source.Span;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Applications to start tests from.
public final class Applications {
    private Applications() {}

    public static Application of(WorkerKind kind, RequestView view) {
        return new Application(
                "app",
                "app:application",
                kind,
                1,
                1,
                1000,
                false,
                new Application.Surroundings(
                        Optional.empty(),
                        "/",
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalInt.empty()),
                Application.Recycling.NEVER,
                WorkerTimeouts.DEFAULT,
                Optional.empty(),
                Application.WaitingRoom.DEFAULT,
                view,
                Map.of(),
                Optional.empty(),
                Span.builtIn());
    }

    /// The same with other bounds.
    static Application bounded(Application of, Application.WaitingRoom waiting, WorkerTimeouts timeouts) {
        return new Application(
                of.name(),
                of.target(),
                of.kind(),
                of.workers(),
                of.threads(),
                of.connections(),
                of.preload(),
                of.surroundings(),
                of.recycling(),
                timeouts,
                of.health(),
                waiting,
                of.requests(),
                of.settings(),
                of.configuration(),
                of.origin());
    }

    public static RequestView trusting(boolean everyone, RequestView.Underscores underscores, String scriptName) {
        RequestView standard = RequestView.DEFAULT;
        return new RequestView(
                everyone ? standard.trusted() : List.of(),
                false,
                standard.secureHeaders(),
                standard.forwarderHeaders(),
                underscores,
                scriptName,
                false,
                RequestView.Limits.NONE);
    }
}
