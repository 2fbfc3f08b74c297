package dev.fairlead.admin;

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
import dev.fairlead.model.http.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How control connections behave: small heads, no bodies to speak of, nothing logged, and patience for clients
/// that follow a log.
final class ControlSettings {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    static final HeadReading HEAD = new HeadReading(PATIENCE, 1024, 4, 8192, true, false, true);

    static final Settings PLACE = new Settings(
            ClientAddressSource.NONE,
            Access.OPEN,
            RequestLimits.NONE,
            new RequestBody(64 * 1024, 16 * 1024, PATIENCE, "", false),
            Connection.plain(PATIENCE, PATIENCE),
            FileServing.NONE,
            new ResponseHeaders(
                    List.of(), List.of(), Optional.empty(), ResponseHeaders.ServerField.NAME_AND_VERSION, true),
            Compression.NONE,
            Redirects.DEFAULT,
            ErrorPages.BUILT_IN,
            new Logging(List.of(), List.of()));

    private ControlSettings() {}
}
