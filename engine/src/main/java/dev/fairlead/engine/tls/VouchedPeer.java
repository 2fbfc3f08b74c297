package dev.fairlead.engine.tls;

import io.netty.handler.ssl.OpenSslCertificateException;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// Accepts peers whose certificate is found good; of servers also the name the connection was made to is
/// checked, if the engine knows one.
final class VouchedPeer extends X509ExtendedTrustManager {
    private final PeerJudge judge;
    private final boolean checksName;

    /// @param checksName whether a server's certificate has to bear the name the connection was made to
    VouchedPeer(PeerJudge judge, boolean checksName) {
        this.judge = judge;
        this.checksName = checksName;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, authType);
        String name = engine.getPeerHost();
        if (checksName && name != null && !CertificateNames.matches(chain[0], name)) {
            throw ServerRefused.otherName(name);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        try {
            judge.verify(chain);
        } catch (OpenSslCertificateException refused) {
            // The number chooses the alert that the server is sent.
            throw new OpenSslCertificateException(
                    Identity.reason(refused), judge.told(refused, chain), refused.errorCode());
        } catch (CertificateException refused) {
            throw judge.told(refused, chain);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        judge.verify(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        judge.verify(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        judge.verify(chain);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return judge.announced();
    }
}
