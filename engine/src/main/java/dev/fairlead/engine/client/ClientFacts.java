package dev.fairlead.engine.client;

import dev.fairlead.engine.connection.ConnectionInfo;
import dev.fairlead.engine.connection.ConnectionSerial;
import dev.fairlead.engine.connection.Peer;
import dev.fairlead.engine.connection.SessionFacts;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.net.Acceptor;
import dev.fairlead.engine.net.TcpFacts;
import dev.fairlead.engine.proxy.ProxyHeader;
import dev.fairlead.engine.tally.Tally;
import io.netty.channel.Channel;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// What is known of one client's connection, as far as it is known yet.
public final class ClientFacts implements ConnectionInfo {
    private final Channel channel;
    private final long serial = ConnectionSerial.next();
    private final long openedNanos;
    private final Peer remote;
    private long requests;
    private @Nullable Peer local;
    private @Nullable TlsFacts tls;
    private String overheardName = "";
    private @Nullable ProxyHeader proxied;

    public ClientFacts(Channel channel, long openedNanos) {
        this.channel = channel;
        this.openedNanos = openedNanos;
        this.remote = Peer.of(channel.remoteAddress());
    }

    public void countRequest() {
        requests++;
    }

    @Override
    public long serial() {
        return serial;
    }

    @Override
    public long requests() {
        return requests;
    }

    @Override
    public long openedNanos() {
        return openedNanos;
    }

    @Override
    public Peer remote() {
        return remote;
    }

    @Override
    public Peer local() {
        Peer known = local;
        if (known == null) {
            String unix = channel.attr(Acceptor.UNIX_ADDRESS).get();
            known = unix == null ? Peer.of(channel.localAddress()) : Peer.unix(unix);
            local = known;
        }
        return known;
    }

    public void tls(TlsFacts facts) {
        tls = facts;
    }

    /// Null without TLS.
    public @Nullable TlsFacts tls() {
        return tls;
    }

    /// The client asks for a server name in a handshake that is passed on.
    public void overheard(String serverName) {
        overheardName = serverName;
    }

    public void proxied(ProxyHeader header) {
        proxied = header;
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
        return Optional.ofNullable(tls).map(TlsFacts::session);
    }

    @Override
    public String tlsServerName() {
        TlsFacts known = tls;
        return known == null ? overheardName : known.serverName();
    }

    @Override
    public String tlsChosenProtocol() {
        TlsFacts known = tls;
        return known == null ? "" : known.chosenProtocol();
    }

    @Override
    public boolean isTlsResumed() {
        TlsFacts known = tls;
        return known != null && known.isResumed();
    }

    @Override
    public Optional<long[]> tcpFacts() {
        return TcpFacts.of(channel);
    }

    /// What operators may know of it while it has a request.
    public SessionFacts session(@Nullable Tally front, Exchange exchange) {
        return session(front, exchange.back(), exchange.upstream().lastServer());
    }

    /// What operators may know of it.
    ///
    /// @param front what is counted where it came in; null for nothing
    /// @param back what is counted where it went; null for nothing
    /// @param server the last one that was tried; empty for none
    public SessionFacts session(@Nullable Tally front, @Nullable Tally back, String server) {
        return new SessionFacts(
                serial,
                remote,
                front == null ? "" : front.name(),
                back == null ? "" : back.name(),
                server,
                openedNanos);
    }
}
