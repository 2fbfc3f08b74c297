package dev.fairlead.dialect.nginx.scope;

import dev.fairlead.dialect.nginx.variable.Templates;
import dev.fairlead.model.app.Application;
import dev.fairlead.model.http.Location;
import dev.fairlead.model.upstream.Upstream;
import dev.fairlead.source.Problems;

/// What is at hand when the plan is built from what was read.
public interface Assembly {
    Templates templates();

    Http http();

    Environment environment();

    Problems problems();

    /// What a declared upstream becomes; the same each time.
    Upstream declared(UpstreamScope scope);

    /// An upstream that nobody declared; the same each time for the same name.
    Upstream implied(Upstream upstream);

    /// Adds an application to the plan; the same one may be added again.
    ///
    /// @return its name
    String application(Application application);

    /// The location that a place becomes.
    Location location(Place place);
}
