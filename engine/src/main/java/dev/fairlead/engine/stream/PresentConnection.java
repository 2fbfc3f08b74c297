package dev.fairlead.engine.stream;

import dev.fairlead.engine.connection.ConnectionInfo;
import dev.fairlead.engine.connection.Peer;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.NoBody;
import io.netty.channel.EventLoop;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// One exchange for each event loop, which shows texts, conditions and logs whatever connection they are to be
/// worked out for. What was remembered for the last connection is forgotten.
final class PresentConnection implements ConnectionInfo {
    private final Exchange exchange;
    private @Nullable ConnectionInfo present;

    PresentConnection(EventLoop loop) {
        exchange = new Exchange(new NoRequest(), this, NoBody.HERE, loop);
    }

    /// Valid until the next call.
    Exchange of(ConnectionInfo connection, Peer client) {
        present = connection;
        exchange.clear();
        exchange.client(client);
        return exchange;
    }

    private ConnectionInfo present() {
        ConnectionInfo known = present;
        if (known == null) {
            throw new IllegalStateException("no connection");
        }
        return known;
    }

    @Override
    public long serial() {
        return present().serial();
    }

    @Override
    public long requests() {
        return present().requests();
    }

    @Override
    public long openedNanos() {
        return present().openedNanos();
    }

    @Override
    public Peer remote() {
        return present().remote();
    }

    @Override
    public Peer local() {
        return present().local();
    }

    @Override
    public Optional<Peer> proxiedClient() {
        return present().proxiedClient();
    }

    @Override
    public Optional<Peer> proxiedServer() {
        return present().proxiedServer();
    }

    @Override
    public boolean isTls() {
        return present().isTls();
    }

    @Override
    public Optional<SSLSession> tlsSession() {
        return present().tlsSession();
    }

    @Override
    public String tlsServerName() {
        return present().tlsServerName();
    }

    @Override
    public String tlsChosenProtocol() {
        return present().tlsChosenProtocol();
    }

    @Override
    public boolean isTlsResumed() {
        return present().isTlsResumed();
    }

    @Override
    public Optional<long[]> tcpFacts() {
        return present().tcpFacts();
    }
}
