package dev.fairlead.engine.upstream.dial;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.tls.ClientTls;
import dev.fairlead.engine.tls.TlsClientContexts;
import dev.fairlead.model.tls.TlsClient;
import dev.fairlead.model.upstream.Upstream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether and how connections are secured, before the server's name is known.
///
/// @param tls null without TLS
/// @param settings null without TLS
/// @param name replaces the host of the target as the name that is checked; null does not
/// @param own for servers that differ from the others
public record Securing(
        @Nullable ClientTls tls,
        @Nullable TlsClient settings,
        @Nullable Text name,
        Map<TlsClient, Securing> own) {
    public static final Securing NOT = new Securing(null, null, null, Map.of());

    public static Securing compile(Optional<TlsClient> wanted, CompileContext context) {
        return wanted.map(client -> new Securing(
                        TlsClientContexts.compile(client, context.problems()).orElse(null),
                        client,
                        client.name().map(context::text).orElse(null),
                        Map.of()))
                .orElse(NOT);
    }

    /// @param wanted for all servers; without it each may have its own
    public static Securing compile(Optional<TlsClient> wanted, Upstream upstream, CompileContext context) {
        Securing common = compile(wanted, context);
        if (wanted.isPresent()) {
            return common;
        }
        Map<TlsClient, Securing> own = new HashMap<>();
        for (Upstream.Server server : upstream.servers()) {
            Optional<TlsClient> tls = server.traits().tls();
            tls.ifPresent(client -> own.computeIfAbsent(client, fresh -> compile(tls, context)));
        }
        return own.isEmpty() ? common : new Securing(null, null, null, Map.copyOf(own));
    }

    public boolean isSameForAll() {
        return (tls == null || name == null) && own.values().stream().allMatch(Securing::isSameForAll);
    }

    public PoolKey poolKey(String upstream, String serverName) {
        return new PoolKey(upstream, settings, settings == null ? "" : serverName, "");
    }

    @Nullable
    public Security forHost(String host, int port) {
        return tls == null ? null : new Security(tls, host, port);
    }

    /// How connections to the servers that differ are secured.
    public Map<TlsClient, Destination.Secured> ownForHost(String upstream, String host, int port) {
        Map<TlsClient, Destination.Secured> secured = new HashMap<>();
        own.forEach((client, how) -> secured(how, upstream, host, port).ifPresent(found -> secured.put(client, found)));
        return secured;
    }

    private static Optional<Destination.Secured> secured(Securing how, String upstream, String host, int port) {
        return Optional.ofNullable(how.forHost(host, port))
                .map(security -> new Destination.Secured(security, how.poolKey(upstream, host)));
    }

    /// The destination with the names that this request's certificates are checked for.
    public Destination forRequest(Destination to, Exchange exchange) {
        if (isSameForAll()) {
            return to;
        }
        // Names may be put together from the target's.
        exchange.upstream().target(to.hostText(), to.portText());
        if (!own.isEmpty()) {
            Map<TlsClient, Destination.Secured> secured = new HashMap<>(to.own());
            own.forEach((client, how) -> {
                Destination.Secured usual = to.own().get(client);
                Text wanted = how.name;
                if (wanted != null && usual != null) {
                    String text = Urls.hostOf(wanted.of(exchange));
                    secured(how, to.group().name(), text, usual.security().port())
                            .ifPresent(found -> secured.put(client, found));
                }
            });
            return to.with(secured);
        }
        Security security = to.security();
        Text wanted = name;
        if (security == null || wanted == null) {
            return to;
        }
        String text = Urls.hostOf(wanted.of(exchange));
        return to.with(poolKey(to.group().name(), text), new Security(security.tls(), text, security.port()));
    }
}
