package dev.fairlead.dialect.nginx.directive;

import static dev.fairlead.dialect.nginx.directive.Rows.HTTP_SERVER;

import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.nginx.directive.Rows.Buffers;
import dev.fairlead.dialect.nginx.scope.Context;
import dev.fairlead.dialect.nginx.scope.Group;
import dev.fairlead.dialect.nginx.scope.Level;
import dev.fairlead.dialect.nginx.scope.Setter;
import dev.fairlead.dialect.nginx.scope.Setting;
import dev.fairlead.model.http.HeadReading;
import java.time.Duration;
import java.util.List;

/// How request heads are read.
public final class HeadDirectives {
    private static final Setting<Duration> TIMEOUT = Setting.of(Group.HEAD, Duration.ofSeconds(60));
    private static final Setting<Integer> BUFFER = Setting.of(Group.HEAD, 1024);
    private static final Setting<Buffers> LARGE = Setting.of(Group.HEAD, new Buffers(4, 8192));
    private static final Setting<Boolean> IGNORE_INVALID = Setting.of(Group.HEAD, true);
    private static final Setting<Boolean> UNDERSCORES = Setting.of(Group.HEAD, false);
    private static final Setting<Boolean> MERGE_SLASHES = Setting.of(Group.HEAD, true);

    private HeadDirectives() {}

    static List<Directive<Context, Setter>> rows() {
        return List.of(
                Rows.millis(
                        "client_header_timeout",
                        HTTP_SERVER,
                        TIMEOUT,
                        "Bounds the time in which a request head comes in."),
                Rows.size("client_header_buffer_size", HTTP_SERVER, BUFFER, "Sets the first buffer for request heads."),
                Rows.bufferRow(
                        "large_client_header_buffers",
                        HTTP_SERVER,
                        LARGE,
                        "Says how many larger buffers a request head may use, and their size."),
                Rows.flag(
                        "ignore_invalid_headers",
                        HTTP_SERVER,
                        IGNORE_INVALID,
                        "Drops header fields with unusual names."),
                Rows.flag(
                        "underscores_in_headers",
                        HTTP_SERVER,
                        UNDERSCORES,
                        "Takes underscores in field names as usual."),
                Rows.flag("merge_slashes", HTTP_SERVER, MERGE_SLASHES, "Takes several slashes in a path as one."));
    }

    public static HeadReading build(Level level) {
        Buffers large = level.value(LARGE);
        return new HeadReading(
                level.value(TIMEOUT),
                level.value(BUFFER),
                large.count(),
                large.size(),
                level.value(IGNORE_INVALID),
                level.value(UNDERSCORES),
                level.value(MERGE_SLASHES));
    }
}
