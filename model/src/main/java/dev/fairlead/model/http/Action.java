package dev.fairlead.model.http;

import dev.fairlead.model.roster.StatusPage;
import dev.fairlead.source.Span;
import java.util.Optional;

/// What a location does with a request once it is chosen. Sealed, so that the engine's `switch` fails to
/// compile when a new action appears.
public sealed interface Action {
    /// Where the operator asked for this; every runtime error message ends with it.
    Span origin();

    /// Sends a file, the index of a folder, or a listing, as [Settings#files()] says.
    ///
    /// @param changes which methods change files; empty for none
    record ServeFiles(Optional<FileChanges> changes, Span origin) implements Action {
        /// Nothing is changed.
        public ServeFiles(Span origin) {
            this(Optional.empty(), origin);
        }
    }

    /// Passes the request to another server.
    record ForwardTo(Forward forward, Span origin) implements Action {}

    /// Counts of connections and requests, in the form of nginx's stub_status.
    record ReportCounters(Span origin) implements Action {}

    /// What the parts of the plan's roster are doing.
    record ShowRoster(StatusPage page, Span origin) implements Action {}

    /// The same and what is known of the process, as metrics for Prometheus.
    record ExportMetrics(Span origin) implements Action {}

    /// A transparent image of one pixel.
    record EmptyImage(Span origin) implements Action {}

    /// Hands the request to a worker of an application.
    ///
    /// @param application the name of one of the plan's applications
    record RunApplication(String application, Span origin) implements Action {}
}
