package dev.fairlead.engine.http1;

import dev.fairlead.model.http.Access;
import dev.fairlead.model.http.ClientAddressSource;
import dev.fairlead.model.http.Compression;
import dev.fairlead.model.http.Connection;
import dev.fairlead.model.http.ErrorPages;
import dev.fairlead.model.http.FileServing;
import dev.fairlead.model.http.Logging;
import dev.fairlead.model.http.Redirects;
import dev.fairlead.model.http.RequestBody;
import dev.fairlead.model.http.RequestLimits;
import dev.fairlead.model.http.ResponseHeaders;
import dev.fairlead.model.http.Settings;
import dev.fairlead.model.text.Template;
import dev.fairlead.source.Span;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Settings to start tests from: what applies where nobody configured anything.
public final class TestSettings {
    public static final Connection CONNECTION = new Connection(
            Duration.ofSeconds(75),
            Optional.empty(),
            1000,
            Duration.ofHours(1),
            Set.of(),
            Duration.ofSeconds(60),
            Connection.Lingering.WHEN_INPUT_IS_LEFT,
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            false,
            Optional.empty(),
            Optional.empty());
    public static final RequestBody BODY = new RequestBody(1 << 20, 16384, Duration.ofSeconds(60), "", false);
    public static final Settings DEFAULTS = with(CONNECTION, BODY);

    private TestSettings() {}

    public static Settings with(Connection connection, RequestBody body) {
        return new Settings(
                ClientAddressSource.NONE,
                Access.OPEN,
                RequestLimits.NONE,
                body,
                connection,
                files(),
                new ResponseHeaders(List.of(), List.of(), Optional.empty(), ResponseHeaders.ServerField.NAME, true),
                Compression.NONE,
                Redirects.DEFAULT,
                ErrorPages.BUILT_IN,
                new Logging(List.of(), List.of()));
    }

    private static FileServing files() {
        return new FileServing(
                new FileServing.Place.Root(Template.constant("html", Span.builtIn()), Span.builtIn()),
                List.of(Template.constant("index.html", Span.builtIn())),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                "text/plain",
                Optional.empty(),
                List.of(),
                FileServing.ModifiedSince.EXACT,
                true,
                FileServing.Precompressed.OFF,
                FileServing.Cache.OFF,
                Optional.empty(),
                true,
                FileServing.Symlinks.ALLOWED);
    }
}
