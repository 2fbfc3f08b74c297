package dev.fairlead.dialect.nginx.directive;

import static dev.fairlead.dialect.nginx.directive.Rows.HTTP_SERVER_LOCATION;

import dev.fairlead.dialect.Arity;
import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.nginx.scope.Assembly;
import dev.fairlead.dialect.nginx.scope.Compilation;
import dev.fairlead.dialect.nginx.scope.Context;
import dev.fairlead.dialect.nginx.scope.Group;
import dev.fairlead.dialect.nginx.scope.Level;
import dev.fairlead.dialect.nginx.scope.Setter;
import dev.fairlead.dialect.nginx.scope.Setting;
import dev.fairlead.dialect.nginx.syntax.Statement;
import dev.fairlead.dialect.nginx.syntax.Word;
import dev.fairlead.dialect.nginx.value.Literals;
import dev.fairlead.dialect.nginx.variable.Templates;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.http.Forward.Failure;
import dev.fairlead.model.http.Forward.FieldAssignment;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.source.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What another server gets to see and how long it is waited for.
final class ProxyDirectives {
    private static final Set<Failure> RETRY_DEFAULT = Set.of(Failure.ERROR, Failure.TIMEOUT);
    private static final Map<String, Optional<Failure>> FAILURES = Map.ofEntries(
            Map.entry("error", Optional.of(Failure.ERROR)),
            Map.entry("timeout", Optional.of(Failure.TIMEOUT)),
            Map.entry("invalid_header", Optional.of(Failure.INVALID_HEADER)),
            Map.entry("http_500", Optional.of(Failure.STATUS_500)),
            Map.entry("http_502", Optional.of(Failure.STATUS_502)),
            Map.entry("http_503", Optional.of(Failure.STATUS_503)),
            Map.entry("http_504", Optional.of(Failure.STATUS_504)),
            Map.entry("http_403", Optional.of(Failure.STATUS_403)),
            Map.entry("http_404", Optional.of(Failure.STATUS_404)),
            Map.entry("http_429", Optional.of(Failure.STATUS_429)),
            Map.entry("updating", Optional.empty()),
            Map.entry("non_idempotent", Optional.empty()),
            Map.entry("off", Optional.empty()));

    private static final Setting<List<Field>> FIELDS = Setting.of(Group.PROXY, List.of());
    private static final Setting<Forward.Version> VERSION = Setting.of(Group.PROXY, Forward.Version.HTTP_1_0);
    private static final Setting<Optional<Word>> METHOD = Setting.of(Group.PROXY, Optional.empty());
    private static final Setting<Optional<Word>> BODY = Setting.of(Group.PROXY, Optional.empty());
    private static final Setting<Boolean> PASS_FIELDS = Setting.of(Group.PROXY, true);
    private static final Setting<Boolean> PASS_BODY = Setting.of(Group.PROXY, true);
    private static final Setting<Boolean> REQUEST_BUFFERING = Setting.of(Group.PROXY, true);
    private static final Setting<Optional<Word>> BIND = Setting.of(Group.PROXY, Optional.empty());
    private static final Setting<Boolean> KEEP_ALIVE = Setting.of(Group.PROXY, false);
    private static final Setting<Retry> RETRY = Setting.of(Group.PROXY, new Retry(RETRY_DEFAULT, false));
    private static final Setting<Integer> TRIES = Setting.of(Group.PROXY, 0);
    private static final Setting<Duration> RETRY_TIMEOUT = Setting.of(Group.PROXY, Duration.ZERO);
    private static final Setting<Duration> CONNECT = Setting.of(Group.PROXY, Duration.ofSeconds(60));
    private static final Setting<Duration> SEND = Setting.of(Group.PROXY, Duration.ofSeconds(60));
    private static final Setting<Duration> READ = Setting.of(Group.PROXY, Duration.ofSeconds(60));

    private ProxyDirectives() {}

    private record Field(String name, Word value, Span origin) {}

    private record Retry(Set<Failure> on, boolean nonIdempotent) {}

    static List<Directive<Context, Setter>> rows() {
        return Rows.join(request(), retry());
    }

    private static List<Directive<Context, Setter>> request() {
        return List.of(
                Rows.row(
                        "proxy_set_header",
                        HTTP_SERVER_LOCATION,
                        Arity.exactly(2),
                        "Sets a field of the request passed on; replaces those set on outer levels.",
                        (statement, level, c) -> level.append(
                                FIELDS,
                                new Field(statement.arg(0).text(), c.text(statement.arg(1)), statement.span()),
                                statement.span())),
                Rows.choice(
                        "proxy_http_version",
                        HTTP_SERVER_LOCATION,
                        VERSION,
                        Map.of("1.0", Forward.Version.HTTP_1_0, "1.1", Forward.Version.HTTP_1_1),
                        "Sets the HTTP version spoken to the other server."),
                Rows.text("proxy_method", HTTP_SERVER_LOCATION, METHOD, "Replaces the request's method."),
                Rows.text("proxy_set_body", HTTP_SERVER_LOCATION, BODY, "Replaces the request's body."),
                Rows.flag(
                        "proxy_pass_request_headers",
                        HTTP_SERVER_LOCATION,
                        PASS_FIELDS,
                        "Passes the client's fields on."),
                Rows.flag("proxy_pass_request_body", HTTP_SERVER_LOCATION, PASS_BODY, "Passes the client's body on."),
                Rows.flag(
                        "proxy_request_buffering",
                        HTTP_SERVER_LOCATION,
                        REQUEST_BUFFERING,
                        "Takes the whole body in before it is passed on."),
                Rows.row(
                        "proxy_bind",
                        HTTP_SERVER_LOCATION,
                        Arity.between(1, 2),
                        "Sets the address that connections are made from.",
                        ProxyDirectives::bind),
                Rows.flag(
                        "proxy_socket_keepalive",
                        HTTP_SERVER_LOCATION,
                        KEEP_ALIVE,
                        "Probes idle connections with TCP."));
    }

    private static List<Directive<Context, Setter>> retry() {
        return List.of(
                Rows.words(
                        "proxy_next_upstream",
                        HTTP_SERVER_LOCATION,
                        Arity.atLeast(1),
                        "Says which failures send a request to the next server.",
                        ProxyDirectives::nextUpstream),
                Rows.number("proxy_next_upstream_tries", HTTP_SERVER_LOCATION, TRIES, "Bounds the servers tried."),
                Rows.millis(
                        "proxy_next_upstream_timeout",
                        HTTP_SERVER_LOCATION,
                        RETRY_TIMEOUT,
                        "Bounds the time for trying."),
                Rows.millis("proxy_connect_timeout", HTTP_SERVER_LOCATION, CONNECT, "Bounds the time for connecting."),
                Rows.millis("proxy_send_timeout", HTTP_SERVER_LOCATION, SEND, "Bounds the time between two writes."),
                Rows.millis("proxy_read_timeout", HTTP_SERVER_LOCATION, READ, "Bounds the time between two reads."));
    }

    private static void bind(Statement statement, Level level, Compilation c) {
        Word word = c.text(statement.arg(0));
        if (statement.count() == 2) {
            if (statement.arg(1).is("transparent")) {
                c.problems()
                        .error(
                                "nginx.unsupported",
                                statement.arg(1).span(),
                                "parameter \"transparent\" of \"proxy_bind\" is not supported by Fairlead:"
                                        + " it needs raw sockets");
            } else {
                c.invalidParameter(statement.arg(1));
            }
            return;
        }
        boolean literal = Templates.hasVariables(word) || word.is("off") || isLiteralAddress(word.text());
        if (!literal) {
            c.value(word, "invalid address \"" + word + "\"", "an IP address of this machine");
            return;
        }
        c.set(statement, level, BIND, word.is("off") ? Optional.empty() : Optional.of(word));
    }

    private static boolean isLiteralAddress(String text) {
        String host = text.matches("[0-9.]+:[0-9]+|\\[[^]]*]:[0-9]+") ? text.substring(0, text.lastIndexOf(':')) : text;
        return Literals.ip(host.replaceAll("^\\[|]$", "")).isPresent();
    }

    private static void nextUpstream(Statement statement, Level level, Compilation c) {
        Optional<Retry> before = level.own(RETRY).map(Level.Assigned::value);
        Set<Failure> on = new LinkedHashSet<>(before.map(Retry::on).orElse(Set.of()));
        boolean nonIdempotent = before.map(Retry::nonIdempotent).orElse(false);
        for (Word word : statement.args()) {
            Optional<Failure> failure = FAILURES.get(word.text());
            if (failure == null) {
                c.problems()
                        .add(dev.fairlead.source.Diagnostic.error(
                                        "nginx.value", word.span(), "invalid value \"" + word + "\"")
                                .hint(Rows.nearest(word, FAILURES)));
                continue;
            }
            failure.ifPresent(on::add);
            nonIdempotent |= word.is("non_idempotent");
        }
        boolean off = statement.args().stream().anyMatch(word -> word.is("off"));
        level.reassign(RETRY, new Retry(off ? Set.of() : Set.copyOf(on), nonIdempotent), statement.span());
    }

    /// What is passed on at a level.
    static Forward.Request request(Level level, Assembly assembly) {
        return new Forward.Request(
                level.value(VERSION),
                level.value(METHOD).map(assembly.templates()::template),
                fields(level, assembly),
                level.value(PASS_FIELDS),
                level.value(PASS_BODY),
                level.value(BODY).map(assembly.templates()::template),
                level.value(REQUEST_BUFFERING),
                level.value(BIND).map(assembly.templates()::template),
                level.value(KEEP_ALIVE));
    }

    /// The fields that are set, then nginx's own of other names.
    private static List<FieldAssignment> fields(Level level, Assembly assembly) {
        Set<String> own = new HashSet<>();
        List<FieldAssignment> fields = new ArrayList<>();
        for (Field field : level.value(FIELDS)) {
            own.add(field.name().toLowerCase(Locale.ROOT));
            fields.add(new FieldAssignment(field.name(), assembly.templates().template(field.value()), field.origin()));
        }
        Span builtIn = Span.builtIn();
        Map<String, Template> defaults = new LinkedHashMap<>();
        defaults.put("Host", Template.of(new Variable.Builtin(Attribute.UPSTREAM_HOST), builtIn));
        defaults.put("Connection", Template.constant("close", builtIn));
        for (String removed : List.of("TE", "Keep-Alive", "Expect", "Upgrade")) {
            defaults.put(removed, Template.constant("", builtIn));
        }
        defaults.forEach((name, value) -> {
            if (!own.contains(name.toLowerCase(Locale.ROOT))) {
                fields.add(new FieldAssignment(name, value, builtIn));
            }
        });
        return List.copyOf(fields);
    }

    static Forward.Retry retry(Level level) {
        Retry retry = level.value(RETRY);
        return new Forward.Retry(retry.on(), retry.nonIdempotent(), level.value(TRIES), level.value(RETRY_TIMEOUT));
    }

    static Forward.Timeouts timeouts(Level level) {
        return new Forward.Timeouts(level.value(CONNECT), level.value(SEND), level.value(READ));
    }
}
