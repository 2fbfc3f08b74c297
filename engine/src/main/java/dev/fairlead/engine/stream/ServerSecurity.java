package dev.fairlead.engine.stream;

import dev.fairlead.engine.tls.ServerRefused;
import dev.fairlead.engine.upstream.StreamServers;
import dev.fairlead.engine.upstream.dial.FailureText;
import dev.fairlead.model.tls.TlsClient;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a [Relay] and its server agree on TLS, and what the server's certificate has to say.
final class ServerSecurity {
    private final StreamSession client;
    private final Course.Forward course;

    ServerSecurity(StreamSession client, Course.Forward course) {
        this.client = client;
        this.course = course;
    }

    /// That of the server which a search has found; null for a connection in the clear.
    @Nullable
    ServerTls of(StreamServers.Search search) {
        Optional<TlsClient> own = search.tls();
        return own.isPresent() && course.tls() == null ? course.own().get(own.get()) : course.tls();
    }

    /// The handshake begins.
    ///
    /// @param host as the configuration, or the computed address, names it
    void begin(ServerSide side, ServerTls tls, String host) {
        int port = side.channel().remoteAddress() instanceof InetSocketAddress inet ? inet.getPort() : 0;
        side.secure(tls.tls()
                .newHandler(
                        side.channel().alloc(),
                        name(tls, host),
                        port,
                        course.how().timeouts().connect()));
    }

    /// Why the server is none to speak to once the handshake has ended; null if it is one.
    ///
    /// @param failure the handshake's; null if it succeeded
    @Nullable
    String objection(ServerSide side, StreamServers.Search search, String host, @Nullable Throwable failure) {
        if (failure != null) {
            return FailureText.handshaking(failure);
        }
        SslHandler handler = side.tls();
        ServerTls tls = of(search);
        if (handler == null || tls == null || tls.tls().accepts(handler, name(tls, host))) {
            return null;
        }
        return FailureText.handshaking(ServerRefused.otherName(name(tls, host)));
    }

    /// What the server's certificate is checked for.
    private String name(ServerTls tls, String host) {
        return tls.name() == null ? host : tls.name().of(client.exchange());
    }
}
