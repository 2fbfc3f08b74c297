package dev.fairlead.dialect.nginx.directive;

import static dev.fairlead.dialect.nginx.directive.Rows.HTTP_SERVER_LOCATION;

import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.nginx.scope.Assembly;
import dev.fairlead.dialect.nginx.scope.Context;
import dev.fairlead.dialect.nginx.scope.Group;
import dev.fairlead.dialect.nginx.scope.Level;
import dev.fairlead.dialect.nginx.scope.Setter;
import dev.fairlead.dialect.nginx.scope.Setting;
import dev.fairlead.model.http.RequestBody;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// How request bodies are taken in.
public final class BodyDirectives {
    private static final Setting<Long> MOST = Setting.of(Group.BODY, 1L << 20);
    private static final Setting<Integer> MEMORY = Setting.of(Group.BODY, 16384);
    private static final Setting<Duration> TIMEOUT = Setting.of(Group.BODY, Duration.ofSeconds(60));
    private static final Setting<String> FOLDER = Setting.of(Group.BODY, "/var/lib/nginx/body");
    private static final Setting<Boolean> IN_FILE = Setting.of(Group.BODY, false);

    private BodyDirectives() {}

    static List<Directive<Context, Setter>> rows() {
        return List.of(
                Rows.offset(
                        "client_max_body_size",
                        HTTP_SERVER_LOCATION,
                        MOST,
                        "Bounds request bodies; 0 lifts the bound."),
                Rows.size(
                        "client_body_buffer_size",
                        HTTP_SERVER_LOCATION,
                        MEMORY,
                        "Says how much of a body is held in memory."),
                Rows.millis(
                        "client_body_timeout",
                        HTTP_SERVER_LOCATION,
                        TIMEOUT,
                        "Bounds the time between two reads of a body."),
                Rows.folder(
                        "client_body_temp_path",
                        HTTP_SERVER_LOCATION,
                        FOLDER,
                        "Names the folder for bodies that do not fit in memory."),
                Rows.choice(
                        "client_body_in_file_only",
                        HTTP_SERVER_LOCATION,
                        IN_FILE,
                        Map.of("on", true, "clean", true, "off", false),
                        "Puts every body into a file."));
    }

    public static RequestBody build(Level level, Assembly assembly) {
        return new RequestBody(
                level.value(MOST),
                level.value(MEMORY),
                level.value(TIMEOUT),
                assembly.environment().content(level.value(FOLDER)),
                level.value(IN_FILE));
    }
}
