package dev.fairlead.engine.upstream;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.tls.ClientTls;
import dev.fairlead.engine.tls.TlsClientContexts;
import dev.fairlead.model.tls.TlsClient;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether and how connections are secured, before the server's name is known.
///
/// @param tls null without TLS
/// @param settings null without TLS
/// @param name replaces the host of the target as the name that is checked; null does not
record Securing(
        @Nullable ClientTls tls,
        @Nullable TlsClient settings,
        @Nullable Text name) {

    static Securing compile(Optional<TlsClient> wanted, CompileContext context) {
        return wanted.map(client -> new Securing(
                        TlsClientContexts.compile(client, context.problems()).orElse(null),
                        client,
                        client.name().map(context::text).orElse(null)))
                .orElse(new Securing(null, null, null));
    }

    boolean isSameForAll() {
        return tls == null || name == null;
    }

    PoolKey poolKey(String upstream, String serverName) {
        return new PoolKey(upstream, settings, settings == null ? "" : serverName, "");
    }

    @Nullable
    Security forHost(String host, int port) {
        return tls == null ? null : new Security(tls, host, port);
    }

    /// The destination with the name that this request's certificate is checked for.
    Destination forRequest(Destination to, Exchange exchange) {
        Security security = to.security();
        Text wanted = name;
        if (security == null || wanted == null) {
            return to;
        }
        String text = Urls.hostOf(wanted.of(exchange));
        return new Destination(
                to.group(),
                to.balancer(),
                to.hostText(),
                to.portText(),
                to.path(),
                poolKey(to.group().name(), text),
                to.idle(),
                new Security(security.tls(), text, security.port()),
                to.local());
    }
}
