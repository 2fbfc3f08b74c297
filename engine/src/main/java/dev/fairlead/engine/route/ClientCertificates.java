package dev.fairlead.engine.route;

import dev.fairlead.engine.connection.ConnectionInfo;
import dev.fairlead.model.http.VirtualHost;
import dev.fairlead.model.tls.TlsIdentity.ClientAuth;
import java.util.Locale;
import java.util.function.Predicate;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/// Keeps a host that asks clients for certificates from being reached over a connection that was made for
/// another host, where nobody asked.
final class ClientCertificates {
    private ClientCertificates() {}

    /// @param isKnown whether a host of the listener has the name that was negotiated
    /// @return 0, or the status the request is refused with
    static int refusal(ConnectionInfo connection, VirtualHost host, String askedHost, Predicate<String> isKnown) {
        if (!connection.isTls() || mode(host) == ClientAuth.Mode.NONE) {
            return 0;
        }
        String negotiated = connection.tlsServerName();
        if (!negotiated.isEmpty()
                && !negotiated.equalsIgnoreCase(askedHost)
                && isKnown.test(negotiated.toLowerCase(Locale.ROOT))) {
            return 421;
        }
        boolean isMissing = mode(host) == ClientAuth.Mode.REQUIRED
                && connection.tlsSession().map(ClientCertificates::hasNone).orElse(true);
        return isMissing ? 496 : 0;
    }

    static String reason(int status) {
        return status == 421
                ? "client attempted to request the server name different from the one that was negotiated"
                : "client sent no required SSL certificate";
    }

    private static ClientAuth.Mode mode(VirtualHost host) {
        return host.tls().flatMap(tls -> tls.clientAuth()).map(ClientAuth::mode).orElse(ClientAuth.Mode.NONE);
    }

    private static boolean hasNone(SSLSession session) {
        try {
            return session.getPeerCertificates().length == 0;
        } catch (SSLPeerUnverifiedException none) {
            return true;
        }
    }
}
