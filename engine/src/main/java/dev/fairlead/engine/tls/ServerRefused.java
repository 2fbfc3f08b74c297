package dev.fairlead.engine.tls;

import java.security.cert.CertificateException;
import org.jspecify.annotations.Nullable;

/// A server's certificate is none to trust; the message says why in the words of nginx's error log, which scripts
/// look for.
public final class ServerRefused extends CertificateException {
    private static final long serialVersionUID = 1;

    private ServerRefused(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /// The certificate is for other names.
    public static ServerRefused otherName(String name) {
        return new ServerRefused("upstream SSL certificate does not match \"" + name + "\"", null);
    }

    static ServerRefused unverified(int number, String words, Throwable cause) {
        return new ServerRefused("upstream SSL certificate verify error: (" + number + ":" + words + ")", cause);
    }

    /// Why TLS with a server was not agreed on: what is wrong with its certificate, or else what the library says.
    public static String words(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof ServerRefused refused) {
                return String.valueOf(refused.getMessage());
            }
        }
        return "SSL_do_handshake() failed (" + failure.getMessage() + ")";
    }
}
