package dev.fairlead.dialect.pound;

import dev.fairlead.model.http.Access;
import dev.fairlead.model.http.ClientAddressSource;
import dev.fairlead.model.http.Compression;
import dev.fairlead.model.http.Connection;
import dev.fairlead.model.http.ErrorPages;
import dev.fairlead.model.http.FileServing;
import dev.fairlead.model.http.HeadReading;
import dev.fairlead.model.http.Logging;
import dev.fairlead.model.http.Redirects;
import dev.fairlead.model.http.RequestBody;
import dev.fairlead.model.http.RequestLimits;
import dev.fairlead.model.http.ResponseHeaders;
import dev.fairlead.model.http.ResponseRule;
import dev.fairlead.model.http.Settings;
import dev.fairlead.model.http.Template;
import dev.fairlead.source.Span;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The settings of a listener and of the services that it leads to.
final class Places {
    private static final int HEAD_BYTES = 16_384;
    private static final int BODY_BYTES = 16_384;
    private static final FileServing NO_FILES = new FileServing(
            new FileServing.Place.Root(Template.constant("/nonexistent", Span.builtIn()), Span.builtIn()),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            "application/octet-stream",
            Optional.empty(),
            List.of(),
            FileServing.ModifiedSince.OFF,
            false,
            FileServing.Precompressed.OFF,
            FileServing.Cache.OFF,
            Optional.of(0),
            false,
            FileServing.Symlinks.ALLOWED);
    private static final Compression NO_COMPRESSION =
            new Compression(false, Set.of(), 1, 0, false, Set.of(), false, List.of(), false);
    private static final Redirects AS_WRITTEN = new Redirects(false, false, false);

    private final Duration client;
    private final long mostBytes;

    /// @param client what clients have for a request
    /// @param mostBytes the largest body; 0 for no limit
    Places(Duration client, long mostBytes) {
        this.client = client;
        this.mostBytes = mostBytes;
    }

    HeadReading head() {
        return new HeadReading(client, 1024, 4, HEAD_BYTES, false, true, false, true, false);
    }

    Settings settings(ErrorPages errors, List<ResponseRule> rules, Logging logging) {
        return new Settings(
                ClientAddressSource.NONE,
                Access.OPEN,
                RequestLimits.NONE,
                new RequestBody(mostBytes, BODY_BYTES, client, "/tmp", false),
                connection(),
                NO_FILES,
                new ResponseHeaders(
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        ResponseHeaders.ServerField.NONE,
                        true,
                        List.of(),
                        rules),
                NO_COMPRESSION,
                AS_WRITTEN,
                errors,
                logging);
    }

    /// The same with files of a folder.
    static Settings withFiles(Settings settings, FileServing.Place place) {
        return new Settings(
                settings.clientAddress(),
                settings.access(),
                settings.limits(),
                settings.requestBody(),
                settings.connection(),
                new FileServing(
                        place,
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        "text/plain",
                        Optional.empty(),
                        List.of(),
                        FileServing.ModifiedSince.OFF,
                        false,
                        FileServing.Precompressed.OFF,
                        FileServing.Cache.OFF,
                        Optional.of(0),
                        false,
                        FileServing.Symlinks.ALLOWED),
                settings.responseHeaders(),
                settings.compression(),
                settings.redirects(),
                settings.errorPages(),
                settings.logging());
    }

    private Connection connection() {
        return new Connection(
                client,
                Optional.empty(),
                Long.MAX_VALUE,
                Duration.ofDays(365),
                Set.of(),
                client,
                Connection.Lingering.WHEN_INPUT_IS_LEFT,
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                false,
                Optional.empty(),
                Optional.empty());
    }
}
