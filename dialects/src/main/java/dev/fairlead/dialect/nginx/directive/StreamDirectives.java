package dev.fairlead.dialect.nginx.directive;

import static dev.fairlead.dialect.nginx.directive.Rows.STREAM;
import static dev.fairlead.dialect.nginx.directive.Rows.STREAM_ALL;
import static dev.fairlead.dialect.nginx.directive.Rows.STREAM_SERVER;

import dev.fairlead.dialect.Arity;
import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.nginx.scope.Assembly;
import dev.fairlead.dialect.nginx.scope.Compilation;
import dev.fairlead.dialect.nginx.scope.Context;
import dev.fairlead.dialect.nginx.scope.Group;
import dev.fairlead.dialect.nginx.scope.Level;
import dev.fairlead.dialect.nginx.scope.Listen;
import dev.fairlead.dialect.nginx.scope.Setter;
import dev.fairlead.dialect.nginx.scope.Setting;
import dev.fairlead.dialect.nginx.syntax.Statement;
import dev.fairlead.dialect.nginx.syntax.Word;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.http.VirtualHost;
import dev.fairlead.model.stream.StreamAction;
import dev.fairlead.model.stream.StreamHost;
import dev.fairlead.model.stream.StreamListener;
import dev.fairlead.model.stream.StreamRule;
import dev.fairlead.model.stream.StreamSettings;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.Variable;
import dev.fairlead.model.tls.TlsServer;
import dev.fairlead.source.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The `stream` block: where connections come in that are passed on as they are.
public final class StreamDirectives {
    private static final Setting<List<Listen>> LISTENS = Setting.local(Group.CONNECTION, List.of());
    private static final Setting<Boolean> PREREAD = Setting.of(Group.CONNECTION, false);
    private static final Setting<Integer> PREREAD_BYTES = Setting.of(Group.CONNECTION, 16384);
    private static final Setting<Duration> PREREAD_TIMEOUT = Setting.of(Group.CONNECTION, Duration.ofSeconds(30));
    private static final Setting<Duration> HEADER_TIMEOUT = Setting.of(Group.CONNECTION, Duration.ofSeconds(30));
    private static final Setting<Duration> HANDSHAKE_TIMEOUT = Setting.of(Group.CONNECTION, Duration.ofSeconds(60));
    private static final Setting<Boolean> NO_DELAY = Setting.of(Group.CONNECTION, true);
    private static final Setting<List<String>> PROTOCOLS = Setting.of(Group.TLS, List.of());

    private static final Setting<List<Assigned>> ASSIGNED = Setting.local(Group.REWRITING, List.of());

    private StreamDirectives() {}

    /// What `set` says.
    private record Assigned(Variable target, Word value, Span origin) {}

    static List<Directive<Context, Setter>> rows() {
        return List.of(
                Rows.block(
                        "stream",
                        Rows.MAIN,
                        Arity.NONE,
                        "Holds everything about connections that are passed on as they are.",
                        (statement, level, c) -> c.readStream(statement, level.child(Context.STREAM))),
                Rows.block(
                        "server", STREAM, Arity.NONE, "Describes where connections come in.", StreamDirectives::server),
                Rows.row(
                        "listen",
                        STREAM_SERVER,
                        Arity.atLeast(1),
                        "Names an address and a port.",
                        StreamDirectives::listen),
                Rows.flag("ssl_preread", STREAM_ALL, PREREAD, "Reads the name in a ClientHello that is passed on."),
                Rows.size("preread_buffer_size", STREAM_ALL, PREREAD_BYTES, "Bounds what is read for that."),
                Rows.millis("preread_timeout", STREAM_ALL, PREREAD_TIMEOUT, "Bounds the wait for it."),
                Rows.millis(
                        "proxy_protocol_timeout", STREAM_ALL, HEADER_TIMEOUT, "Bounds the wait for a PROXY header."),
                Rows.millis("ssl_handshake_timeout", STREAM_ALL, HANDSHAKE_TIMEOUT, "Bounds TLS with the client."),
                Rows.row(
                        "ssl_alpn",
                        STREAM_ALL,
                        Arity.atLeast(1),
                        "Lists protocols offered by ALPN.",
                        (statement, level, c) -> c.set(
                                statement,
                                level,
                                PROTOCOLS,
                                statement.args().stream().map(Word::text).toList())),
                Rows.row("set", STREAM_SERVER, Arity.exactly(2), "Gives a variable a value.", StreamDirectives::assign),
                Rows.flag("tcp_nodelay", STREAM_ALL, NO_DELAY, "Sends small pieces at once."),
                Rows.ignored(
                        "ssl_prefer_server_ciphers",
                        STREAM_ALL,
                        Arity.exactly(1),
                        "the TLS library prefers the server's ciphers where it matters",
                        false),
                Rows.ignored("ssl_dhparam", STREAM_ALL, Arity.exactly(1), "DHE ciphers are not offered", false),
                Rows.ignored("variables_hash_max_size", STREAM, Arity.exactly(1), "tables grow as they need", false),
                Rows.ignored("variables_hash_bucket_size", STREAM, Arity.exactly(1), "tables grow as they need", false),
                Rows.ignored("map_hash_max_size", STREAM, Arity.exactly(1), "tables grow as they need", false),
                Rows.ignored("map_hash_bucket_size", STREAM, Arity.exactly(1), "tables grow as they need", false));
    }

    private static void assign(Statement statement, Level level, Compilation c) {
        RewriteDirectives.target(statement.arg(0), c)
                .ifPresent(target -> level.append(
                        ASSIGNED, new Assigned(target, c.text(statement.arg(1)), statement.span()), statement.span()));
    }

    private static List<StreamRule> rules(Level server, Assembly assembly) {
        return server.value(ASSIGNED).stream()
                .map(one -> new Rule.Assign(one.target(), assembly.templates().template(one.value()), one.origin()))
                .map(rule -> new StreamRule(new Condition.Always(true), new StreamAction.Remember(rule), rule.origin()))
                .toList();
    }

    private static void server(Statement statement, Level level, Compilation c) {
        Level server = level.child(Context.STREAM_SERVER);
        int errors = c.problems().all().size();
        c.streamServers().add(server);
        c.read(statement, server);
        boolean isClean = c.problems().all().size() == errors;
        if (isClean && server.value(LISTENS).isEmpty()) {
            c.problems()
                    .error(
                            "nginx.no-listen",
                            statement.span(),
                            "no \"listen\" is defined for server",
                            "for example listen 127.0.0.1:12345;");
        } else if (isClean && !StreamProxyDirectives.isAnswered(server)) {
            c.problems()
                    .error(
                            "nginx.no-handler",
                            statement.span(),
                            "no handler for server",
                            "say where connections go: proxy_pass HOST:PORT;");
        }
    }

    private static void listen(Statement statement, Level level, Compilation c) {
        for (Word word : statement.args()) {
            if (word.is("udp")) {
                c.problems()
                        .error(
                                "nginx.unsupported",
                                word.span(),
                                "parameter \"udp\" of \"listen\" is not supported by Fairlead: only TCP is passed on");
                return;
            }
            if (word.is("default_server") || word.is("default") || word.is("http2") || word.is("deferred")) {
                c.invalidParameter(word);
                return;
            }
        }
        ListenParser.ofStream(statement, c).ifPresent(listen -> level.append(LISTENS, listen, statement.span()));
    }

    /// All listeners of the block.
    public static List<StreamListener> build(List<Level> servers, Assembly assembly) {
        Map<String, Span> taken = new LinkedHashMap<>();
        List<StreamListener> listeners = new ArrayList<>();
        for (Level server : servers) {
            Map<Boolean, StreamHost> hosts = new LinkedHashMap<>();
            for (Listen listen : server.value(LISTENS)) {
                Span first = taken.putIfAbsent(listen.text(), listen.origin());
                if (first != null) {
                    assembly.problems()
                            .error(
                                    "nginx.duplicate-listen",
                                    listen.origin(),
                                    "duplicate \"" + listen.text() + "\" address and port pair",
                                    "first given at " + first);
                    continue;
                }
                StreamHost host = hosts.computeIfAbsent(listen.tls(), isTls -> host(server, listen, assembly));
                listeners.add(new StreamListener(
                        listen.address(),
                        listen.options(),
                        listen.tls(),
                        listen.proxyProtocol(),
                        host,
                        listen.origin()));
            }
        }
        return listeners;
    }

    private static StreamHost host(Level server, Listen listen, Assembly assembly) {
        Optional<TlsServer> tls = listen.tls() ? TlsDirectives.build(server, assembly) : Optional.empty();
        if (listen.tls() && tls.isEmpty()) {
            assembly.problems()
                    .error(
                            "nginx.no-certificate",
                            listen.origin(),
                            "no \"ssl_certificate\" is defined for the \"listen ... ssl\" directive",
                            "name a certificate with ssl_certificate and its key with ssl_certificate_key");
        }
        Optional<StreamSettings.Preread> preread = server.value(PREREAD)
                ? Optional.of(
                        new StreamSettings.Preread(server.value(PREREAD_BYTES), server.value(PREREAD_TIMEOUT), true))
                : Optional.empty();
        StreamSettings settings = new StreamSettings(
                AccessDirectives.rules(server),
                server.value(HEADER_TIMEOUT),
                server.value(HANDSHAKE_TIMEOUT),
                preread,
                server.value(NO_DELAY),
                false,
                LoggingDirectives.build(server, assembly),
                Optional.empty(),
                false,
                LimitDirectives.build(server, assembly),
                new StreamSettings.Believed(ClientAddressDirectives.trusted(server), false));
        StreamAction action = StreamProxyDirectives.action(server, assembly);
        return new StreamHost(
                List.<VirtualHost.ServerName>of(),
                tls,
                server.value(PROTOCOLS),
                settings,
                rules(server, assembly),
                action,
                listen.origin());
    }
}
