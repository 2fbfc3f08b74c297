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
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The settings of a listener and of the services that it leads to.
final class Places {
    private static final int HEAD_BYTES = 16_384;
    private static final int BODY_BYTES = 16_384;

    private final Duration client;
    private final long mostBytes;

    /// @param client what clients have for a request
    /// @param mostBytes the largest body; 0 for no limit
    Places(Duration client, long mostBytes) {
        this.client = client;
        this.mostBytes = mostBytes;
    }

    HeadReading head() {
        return new HeadReading(
                client,
                1024,
                4,
                HEAD_BYTES,
                false,
                true,
                false,
                true,
                false,
                false,
                true,
                HeadReading.Late.NOTHING,
                Optional.empty());
    }

    Settings settings(ErrorPages errors, List<ResponseRule> rules, Logging logging) {
        return new Settings(
                ClientAddressSource.NONE,
                Access.OPEN,
                RequestLimits.NONE,
                new RequestBody(mostBytes, BODY_BYTES, client, "/tmp", false),
                Connection.plain(client, client),
                FileServing.NONE,
                new ResponseHeaders(
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        ResponseHeaders.ServerField.NONE,
                        true,
                        List.of(),
                        List.of(),
                        rules),
                Compression.NONE,
                Redirects.AS_WRITTEN,
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
                FileServing.plain(place, "text/plain"),
                settings.responseHeaders(),
                settings.compression(),
                settings.redirects(),
                settings.errorPages(),
                settings.logging());
    }
}
