package dev.fairlead.dialect.nginx.directive;

import static dev.fairlead.dialect.nginx.directive.Rows.HTTP_SERVER_LOCATION;

import dev.fairlead.dialect.Arity;
import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.nginx.directive.Rows.Buffers;
import dev.fairlead.dialect.nginx.scope.Assembly;
import dev.fairlead.dialect.nginx.scope.Context;
import dev.fairlead.dialect.nginx.scope.Group;
import dev.fairlead.dialect.nginx.scope.Level;
import dev.fairlead.dialect.nginx.scope.Setter;
import dev.fairlead.dialect.nginx.scope.Setting;
import dev.fairlead.model.http.Forward;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

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
        return Rows.join(fields(), buffers());
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
                Rows.offset(
                        "proxy_max_temp_file_size",
                        HTTP_SERVER_LOCATION,
                        TEMPORARY,
                        "Bounds what is put into a file for a slow client; 0 for nothing."),
                Rows.row(
                        "proxy_temp_path",
                        HTTP_SERVER_LOCATION,
                        Arity.between(1, 4),
                        "Names the folder for such files.",
                        (statement, level, c) ->
                                c.set(statement, level, FOLDER, statement.arg(0).text())),
                Rows.size("proxy_limit_rate", HTTP_SERVER_LOCATION, RATE, "Bounds how fast an answer is read."));
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
