package dev.fairlead.engine.stream;

import dev.fairlead.engine.connection.ConnectionInfo;
import dev.fairlead.engine.connection.ConnectionSerial;
import dev.fairlead.engine.connection.Peer;
import dev.fairlead.engine.net.Acceptor;
import dev.fairlead.engine.net.TcpFacts;
import dev.fairlead.engine.proxy.ProxyHeader;
import dev.fairlead.engine.tls.Resumption;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// What is known of the client of a [StreamSession], as far as it is known yet.
final class ClientFacts implements ConnectionInfo {
    private final long serial = ConnectionSerial.next();
    private @Nullable Channel channel;
    private @Nullable ProxyHeader proxied;
    private @Nullable SslHandler tls;
    private String serverName = "";
    private long openedNanos;

    void begin(Channel opened, long nanos) {
        channel = opened;
        openedNanos = nanos;
    }

    void proxied(ProxyHeader header) {
        proxied = header;
    }

    void securedBy(SslHandler handler, String name) {
        tls = handler;
        serverName = name;
    }

    void named(String name) {
        serverName = name;
    }

    /// Null without TLS.
    @Nullable
    SslHandler tls() {
        return tls;
    }

    private Channel channel() {
        return Objects.requireNonNull(channel, "not started");
    }

    @Override
    public long serial() {
        return serial;
    }

    @Override
    public long requests() {
        return 0;
    }

    @Override
    public long openedNanos() {
        return openedNanos;
    }

    @Override
    public Peer remote() {
        return Peer.of(channel().remoteAddress());
    }

    @Override
    public Peer local() {
        String unix = channel().attr(Acceptor.UNIX_ADDRESS).get();
        return unix == null ? Peer.of(channel().localAddress()) : Peer.unix(unix);
    }

    @Override
    public Optional<Peer> proxiedClient() {
        return Optional.ofNullable(proxied).flatMap(ProxyHeader::client);
    }

    @Override
    public Optional<Peer> proxiedServer() {
        return Optional.ofNullable(proxied).flatMap(ProxyHeader::server);
    }

    @Override
    public boolean isTls() {
        return tls != null;
    }

    @Override
    public Optional<SSLSession> tlsSession() {
        return Optional.ofNullable(tls).map(handler -> handler.engine().getSession());
    }

    @Override
    public String tlsServerName() {
        return serverName;
    }

    @Override
    public String tlsChosenProtocol() {
        SslHandler handler = tls;
        String chosen = handler == null ? null : handler.applicationProtocol();
        return chosen == null ? "" : chosen;
    }

    @Override
    public boolean isTlsResumed() {
        SslHandler handler = tls;
        return handler != null && Resumption.happened(handler);
    }

    @Override
    public Optional<long[]> tcpFacts() {
        return TcpFacts.of(channel());
    }
}
