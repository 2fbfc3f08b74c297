package dev.fairlead.engine.connection;

import dev.fairlead.model.http.ConnectionFailure;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What a connection has to bring before it begins: a header of the PROXY protocol, a handshake of TLS.
/// Whatever keeps it from that is told once.
public final class Opening {
    private final Consumer<ConnectionFailure> told;
    private boolean awaitsHeader;
    private boolean awaitsTls;
    private boolean isReset;

    /// @param told why it has failed
    public Opening(boolean proxyProtocol, boolean tls, Consumer<ConnectionFailure> told) {
        this.told = told;
        this.awaitsHeader = proxyProtocol;
        this.awaitsTls = tls;
    }

    /// A header has to come first, as it turns out.
    public void awaitHeader() {
        awaitsHeader = true;
    }

    public void headerRead() {
        awaitsHeader = false;
    }

    /// The handshake is over.
    ///
    /// @param failure null if it went well
    public void shakenHands(@Nullable Throwable failure) {
        if (failure == null) {
            awaitsTls = false;
        } else if (failure instanceof SslHandshakeTimeoutException) {
            late();
        } else if (!(failure instanceof ClosedChannelException)) {
            failed(ConnectionFailure.TLS_FAILED);
        }
    }

    /// The client's connection is reset.
    public void reset() {
        isReset = true;
    }

    /// Nothing more is told.
    public void give() {
        awaitsHeader = false;
        awaitsTls = false;
    }

    public boolean isOver() {
        return !awaitsHeader && !awaitsTls;
    }

    public void failed(ConnectionFailure why) {
        if (!isOver()) {
            give();
            told.accept(why);
        }
    }

    /// It has taken too long.
    public void late() {
        failed(awaitsHeader ? ConnectionFailure.HEADER_LATE : ConnectionFailure.TLS_LATE);
    }

    public void closed() {
        if (awaitsHeader) {
            failed(isReset ? ConnectionFailure.HEADER_RESET : ConnectionFailure.HEADER_MISSING);
        } else {
            failed(isReset ? ConnectionFailure.TLS_FAILED : ConnectionFailure.TLS_CLOSED);
        }
    }
}
