package dev.fairlead.dialect.nginx.directive;

import static dev.fairlead.dialect.nginx.directive.Rows.HTTP_SERVER_LOCATION;

import dev.fairlead.dialect.Arity;
import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.Support;
import dev.fairlead.dialect.nginx.directive.Rows.Buffers;
import dev.fairlead.dialect.nginx.scope.Assembly;
import dev.fairlead.dialect.nginx.scope.Context;
import dev.fairlead.dialect.nginx.scope.Group;
import dev.fairlead.dialect.nginx.scope.Level;
import dev.fairlead.dialect.nginx.scope.Setter;
import dev.fairlead.dialect.nginx.scope.Setting;
import dev.fairlead.model.http.Forward;
import dev.fairlead.source.Span;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// What becomes of another server's answer.
final class ProxyResponseDirectives {
    private static final Set<String> HIDDEN = Set.of(
            "date",
            "server",
            "x-pad",
            "x-accel-expires",
            "x-accel-redirect",
            "x-accel-limit-rate",
            "x-accel-buffering",
            "x-accel-charset");
    private static final Map<String, Set<String>> IGNORABLE = Map.ofEntries(
            ignorable("X-Accel-Redirect"),
            ignorable("X-Accel-Expires"),
            ignorable("X-Accel-Limit-Rate"),
            ignorable("X-Accel-Buffering"),
            ignorable("X-Accel-Charset"),
            ignorable("Expires"),
            ignorable("Cache-Control"),
            ignorable("Set-Cookie"),
            ignorable("Vary"));

    private static final Setting<List<String>> HIDE = Setting.of(Group.PROXY, List.of());
    private static final Setting<List<String>> PASS = Setting.of(Group.PROXY, List.of());
    private static final Setting<Set<String>> IGNORE = Setting.of(Group.PROXY, Set.of());
    private static final Setting<Boolean> BUFFERING = Setting.of(Group.PROXY, true);
    private static final Setting<Integer> HEAD = Setting.of(Group.PROXY, 4096);
    private static final Setting<Buffers> BUFFERS = Setting.of(Group.PROXY, new Buffers(8, 4096));
    private static final Setting<Integer> BUSY = Setting.of(Group.PROXY, 0);
    private static final Setting<Integer> WRITTEN = Setting.of(Group.PROXY, 0);
    private static final Setting<Long> TEMPORARY = Setting.of(Group.PROXY, 1L << 30);
    private static final Setting<String> FOLDER = Setting.of(Group.PROXY, "/var/lib/nginx/proxy");
    private static final Setting<Integer> RATE = Setting.of(Group.PROXY, 0);
    private static final Setting<Boolean> INTERCEPT = Setting.of(Group.PROXY, false);
    private static final Setting<Boolean> FORCE_RANGES = Setting.of(Group.PROXY, false);
    private static final Setting<Boolean> IGNORE_ABORT = Setting.of(Group.PROXY, false);

    private ProxyResponseDirectives() {}

    private static Map.Entry<String, Set<String>> ignorable(String name) {
        return Map.entry(name, Set.of(name.toLowerCase(Locale.ROOT)));
    }

    static List<Directive<Context, Setter>> rows() {
        return Rows.join(fields(), buffers(), checkedOnly());
    }

    private static List<Directive<Context, Setter>> fields() {
        return List.of(
                name("proxy_hide_header", HIDE, "Keeps a field of the answer from the client."),
                name("proxy_pass_header", PASS, "Passes a field that is otherwise hidden."),
                Rows.bits(
                        "proxy_ignore_headers",
                        HTTP_SERVER_LOCATION,
                        IGNORE,
                        IGNORABLE,
                        "Ignores the meaning of fields of the answer."),
                Rows.flag(
                        "proxy_intercept_errors",
                        HTTP_SERVER_LOCATION,
                        INTERCEPT,
                        "Shows error pages for answers from 300 on."),
                Rows.flag("proxy_force_ranges", HTTP_SERVER_LOCATION, FORCE_RANGES, "Serves ranges of any answer."),
                Rows.flag(
                        "proxy_ignore_client_abort",
                        HTTP_SERVER_LOCATION,
                        IGNORE_ABORT,
                        "Goes on with the other server when the client leaves."));
    }

    private static List<Directive<Context, Setter>> buffers() {
        return List.of(
                Rows.flag("proxy_buffering", HTTP_SERVER_LOCATION, BUFFERING, "Reads answers as fast as they come."),
                Rows.size("proxy_buffer_size", HTTP_SERVER_LOCATION, HEAD, "Bounds the head of an answer."),
                Rows.bufferRow(
                        "proxy_buffers",
                        HTTP_SERVER_LOCATION,
                        BUFFERS,
                        "Says how much of an answer is held in memory for a slow client."),
                Rows.bytes(
                        "proxy_max_temp_file_size",
                        HTTP_SERVER_LOCATION,
                        TEMPORARY,
                        "Bounds what is put into a file for a slow client; 0 for nothing."),
                Rows.folder("proxy_temp_path", HTTP_SERVER_LOCATION, FOLDER, "Names the folder for such files."),
                Rows.size("proxy_limit_rate", HTTP_SERVER_LOCATION, RATE, "Bounds how fast an answer is read."));
    }

    private static List<Directive<Context, Setter>> checkedOnly() {
        return List.of(
                checkedSize("proxy_busy_buffers_size", BUSY), checkedSize("proxy_temp_file_write_size", WRITTEN));
    }

    /// A size that tunes nothing here but must fit to the others.
    private static Directive<Context, Setter> checkedSize(String name, Setting<Integer> setting) {
        Directive<Context, Setter> row = Rows.size(name, HTTP_SERVER_LOCATION, setting, "");
        return new Directive<>(
                name,
                row.contexts(),
                row.arity(),
                false,
                true,
                "",
                new Support.WithoutEffect("buffers are sized by the event loop", false),
                row.setter());
    }

    /// Whether the sizes at a level fit to each other, by nginx's rules.
    static void checkSizes(Level level, Assembly assembly) {
        Buffers buffers = level.value(BUFFERS);
        long larger = Math.max(level.value(HEAD), buffers.size());
        long busy = level.value(BUSY) == 0 ? 2 * larger : level.value(BUSY);
        long written = level.value(WRITTEN) == 0 ? 2 * larger : level.value(WRITTEN);
        long temporary = level.value(TEMPORARY);
        String maximum = " must be equal to or greater than the maximum of the value of \"proxy_buffer_size\" and one"
                + " of the \"proxy_buffers\"";
        String complaint = "";
        if (buffers.count() < 2) {
            complaint = "there must be at least 2 \"proxy_buffers\"";
        } else if (busy < larger) {
            complaint = "\"proxy_busy_buffers_size\"" + maximum;
        } else if (busy > buffers.bytes() - buffers.size()) {
            complaint = "\"proxy_busy_buffers_size\" must be less than the size of all \"proxy_buffers\" minus one"
                    + " buffer";
        } else if (written < larger) {
            complaint = "\"proxy_temp_file_write_size\"" + maximum;
        } else if (temporary != 0 && temporary < larger) {
            complaint =
                    "\"proxy_max_temp_file_size\" must be equal to zero to disable temporary files usage or" + maximum;
        }
        if (!complaint.isEmpty()) {
            assembly.problems().error("nginx.proxy-buffers", sizesOrigin(level), complaint);
        }
    }

    private static Span sizesOrigin(Level level) {
        return Stream.<Setting<?>>of(BUSY, WRITTEN, TEMPORARY, BUFFERS, HEAD)
                .map(level::origin)
                .filter(origin -> !origin.isBuiltIn())
                .findFirst()
                .orElse(Span.builtIn());
    }

    private static Directive<Context, Setter> name(String name, Setting<List<String>> setting, String doc) {
        return Rows.row(
                name,
                HTTP_SERVER_LOCATION,
                Arity.exactly(1),
                doc,
                (statement, level, c) ->
                        level.append(setting, statement.arg(0).text().toLowerCase(Locale.ROOT), statement.span()));
    }

    static Forward.Response build(Level level, Assembly assembly, List<Forward.RedirectRewrite> redirects) {
        Set<String> hide = new LinkedHashSet<>(HIDDEN);
        hide.addAll(level.value(HIDE));
        level.value(PASS).forEach(hide::remove);
        return new Forward.Response(
                Set.copyOf(hide),
                level.value(IGNORE),
                redirects,
                ProxyRewriteDirectives.domains(level, assembly),
                ProxyRewriteDirectives.paths(level, assembly),
                ProxyRewriteDirectives.flags(level),
                level.value(BUFFERING),
                level.value(HEAD),
                level.value(BUFFERS).bytes(),
                level.value(TEMPORARY),
                assembly.environment().content(level.value(FOLDER)),
                level.value(RATE),
                level.value(INTERCEPT),
                level.value(FORCE_RANGES),
                level.value(IGNORE_ABORT));
    }
}
