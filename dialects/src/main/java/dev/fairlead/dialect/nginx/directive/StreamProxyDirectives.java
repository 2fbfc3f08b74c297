package dev.fairlead.dialect.nginx.directive;

import static dev.fairlead.dialect.nginx.directive.Rows.STREAM_ALL;
import static dev.fairlead.dialect.nginx.directive.Rows.STREAM_SERVER;

import dev.fairlead.dialect.Arity;
import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.Support;
import dev.fairlead.dialect.nginx.scope.Assembly;
import dev.fairlead.dialect.nginx.scope.Compilation;
import dev.fairlead.dialect.nginx.scope.Context;
import dev.fairlead.dialect.nginx.scope.Group;
import dev.fairlead.dialect.nginx.scope.Level;
import dev.fairlead.dialect.nginx.scope.Setter;
import dev.fairlead.dialect.nginx.scope.Setting;
import dev.fairlead.dialect.nginx.scope.UpstreamScope;
import dev.fairlead.dialect.nginx.syntax.Statement;
import dev.fairlead.dialect.nginx.syntax.Word;
import dev.fairlead.dialect.nginx.value.Addresses;
import dev.fairlead.dialect.nginx.variable.Templates;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.ProxyProtocol;
import dev.fairlead.model.stream.StreamAction;
import dev.fairlead.model.stream.StreamForward;
import dev.fairlead.model.stream.StreamForward.Target;
import dev.fairlead.model.upstream.Balance;
import dev.fairlead.model.upstream.Upstream;
import dev.fairlead.source.Span;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Where connections of the `stream` block go, and how.
final class StreamProxyDirectives {
    private static final Setting<Optional<Word>> PASS = Setting.local(Group.PROXY, Optional.empty());
    private static final Setting<Optional<Word>> RETURN = Setting.local(Group.PROXY, Optional.empty());
    private static final Setting<Duration> CONNECT = Setting.of(Group.PROXY, Duration.ofSeconds(60));
    private static final Setting<Duration> TIMEOUT = Setting.of(Group.PROXY, Duration.ofMinutes(10));
    private static final Setting<Boolean> PROTOCOL = Setting.of(Group.PROXY, false);
    private static final Setting<Boolean> TLS = Setting.of(Group.PROXY, false);
    private static final Setting<Boolean> NEXT = Setting.of(Group.PROXY, true);
    private static final Setting<Integer> TRIES = Setting.of(Group.PROXY, 0);
    private static final Setting<Duration> NEXT_TIMEOUT = Setting.of(Group.PROXY, Duration.ZERO);
    private static final Setting<Boolean> HALF_CLOSE = Setting.of(Group.PROXY, false);
    private static final Setting<Boolean> KEEP_ALIVE = Setting.of(Group.PROXY, false);
    private static final Setting<Long> UPLOAD = Setting.of(Group.PROXY, 0L);
    private static final Setting<Long> DOWNLOAD = Setting.of(Group.PROXY, 0L);
    private static final Setting<Optional<Word>> BIND = Setting.of(Group.PROXY, Optional.empty());

    private StreamProxyDirectives() {}

    static List<Directive<Context, Setter>> rows() {
        return Rows.join(
                List.of(
                        Rows.row(
                                "proxy_pass",
                                STREAM_SERVER,
                                Arity.exactly(1),
                                "Names the server or the group that connections are passed to.",
                                (statement, level, c) -> once(statement, level, c, PASS)),
                        Rows.row(
                                "return",
                                STREAM_SERVER,
                                Arity.exactly(1),
                                "Sends a text and closes the connection.",
                                (statement, level, c) -> once(statement, level, c, RETURN))),
                List.of(
                        Rows.millis("proxy_connect_timeout", STREAM_ALL, CONNECT, "Bounds connecting to a server."),
                        Rows.millis("proxy_timeout", STREAM_ALL, TIMEOUT, "Ends a connection on which nothing moves."),
                        Rows.flag(
                                "proxy_protocol",
                                STREAM_ALL,
                                PROTOCOL,
                                "Tells the server who the client is (version 1)."),
                        Rows.flag("proxy_ssl", STREAM_ALL, TLS, "Speaks TLS to the server."),
                        Rows.flag("proxy_next_upstream", STREAM_ALL, NEXT, "Tries the next server when one refuses."),
                        Rows.number("proxy_next_upstream_tries", STREAM_ALL, TRIES, "Bounds how many are tried."),
                        Rows.millis("proxy_next_upstream_timeout", STREAM_ALL, NEXT_TIMEOUT, "Bounds how long."),
                        Rows.flag("proxy_half_close", STREAM_ALL, HALF_CLOSE, "Ends each direction on its own."),
                        Rows.flag("proxy_socket_keepalive", STREAM_ALL, KEEP_ALIVE, "Sets SO_KEEPALIVE to the server."),
                        Rows.bytes("proxy_upload_rate", STREAM_ALL, UPLOAD, "Bounds bytes per second from the client."),
                        Rows.bytes(
                                "proxy_download_rate", STREAM_ALL, DOWNLOAD, "Bounds bytes per second to the client."),
                        Rows.text("proxy_bind", STREAM_ALL, BIND, "Names the address connections are made from.")),
                List.of(
                        Rows.ignored(
                                "proxy_buffer_size", STREAM_ALL, Arity.exactly(1), "buffers grow as they need", false),
                        Rows.ignored("proxy_requests", STREAM_ALL, Arity.exactly(1), "it concerns UDP", false),
                        Rows.ignored("proxy_responses", STREAM_ALL, Arity.exactly(1), "it concerns UDP", false),
                        Rows.ignored(
                                "proxy_ssl_session_reuse",
                                STREAM_ALL,
                                Arity.exactly(1),
                                "sessions with other servers are not resumed",
                                false)),
                List.of(refused("js_access", "JavaScript is not run"), refused("js_preread", "JavaScript is not run")));
    }

    private static Directive<Context, Setter> refused(String name, String reason) {
        return new Directive<>(
                name, STREAM_ALL, Arity.ANY, false, true, "", new Support.Refused(reason), (statement, level, c) -> {});
    }

    private static void once(Statement statement, Level level, Compilation c, Setting<Optional<Word>> setting) {
        c.set(statement, level, setting, Optional.of(c.text(statement.arg(0))));
    }

    /// Whether a server says what becomes of its connections.
    static boolean isAnswered(Level server) {
        return server.value(PASS).isPresent() || server.value(RETURN).isPresent();
    }

    static StreamAction action(Level server, Assembly assembly) {
        Optional<Word> text = server.value(RETURN);
        if (text.isPresent()) {
            return new StreamAction.Answer(
                    assembly.templates().template(text.get()), text.get().span());
        }
        Word to = server.value(PASS).orElseThrow();
        Span origin = server.origin(PASS);
        return new StreamAction.ForwardTo(new StreamForward(
                target(to, server, assembly),
                server.value(TLS) ? Optional.of(ProxyTlsDirectives.build(server, assembly, origin)) : Optional.empty(),
                server.value(PROTOCOL) ? Optional.of(ProxyProtocol.VERSION_1) : Optional.empty(),
                new StreamForward.Retry(server.value(NEXT), server.value(TRIES), server.value(NEXT_TIMEOUT)),
                new StreamForward.Timeouts(server.value(CONNECT), server.value(TIMEOUT), Optional.empty()),
                new StreamForward.Rates(server.value(UPLOAD), server.value(DOWNLOAD)),
                server.value(BIND).filter(word -> !word.is("off")).map(assembly.templates()::template),
                server.value(KEEP_ALIVE),
                server.value(HALF_CLOSE),
                Optional.empty(),
                Optional.empty(),
                origin));
    }

    private static Target target(Word to, Level server, Assembly assembly) {
        if (Templates.hasVariables(to)) {
            List<Upstream> declared = assembly.http().upstreams().values().stream()
                    .map(assembly::declared)
                    .toList();
            return new Target.Computed(assembly.templates().template(to), declared, ResolverDirectives.build(server));
        }
        UpstreamScope scope = assembly.http().upstreams().get(to.text());
        if (scope != null) {
            return new Target.Fixed(assembly.declared(scope), to.text());
        }
        Address address = address(to, assembly);
        Upstream.Server only = new Upstream.Server(address, 1, 0, 1, Duration.ofSeconds(10), false, false, to.span());
        Upstream implied =
                new Upstream(to.text(), List.of(only), new Balance.RoundRobin(), Optional.empty(), false, to.span());
        String host = address instanceof Address.Tcp tcp ? tcp.host() : "";
        return new Target.Fixed(assembly.implied(implied), host);
    }

    private static Address address(Word to, Assembly assembly) {
        String complaint = "";
        switch (Addresses.parse(to.text(), 1, Addresses.Purpose.CONNECT)) {
            case Addresses.Parsed.Good(Address address, boolean portGiven) -> {
                if (portGiven || address instanceof Address.Unix) {
                    return UpstreamServers.onThisMachine(
                            address, assembly.environment().paths());
                }
                complaint = "no port";
            }
            case Addresses.Parsed.Bad(String reason) -> complaint = reason;
        }
        assembly.problems()
                .error(
                        "nginx.address",
                        to.span(),
                        complaint + " in upstream \"" + to + "\"",
                        "HOST:PORT, unix:/PATH, or the name of an upstream of the stream block");
        return new Address.Tcp("127.0.0.1", 1);
    }
}
