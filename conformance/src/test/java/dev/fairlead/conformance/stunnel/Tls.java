package dev.fairlead.conformance.stunnel;

import dev.fairlead.testkit.AnyCertificate;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/// TLS as the tests' own clients and servers speak it: they trust everybody.
final class Tls {
    private Tls() {}

    /// @param name of the certificate to show; empty for none
    static SSLContext context(Certs certs, String name) {
        try {
            return AnyCertificate.context(name.isEmpty() ? new KeyManager[0] : keys(certs, name));
        } catch (GeneralSecurityException | IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private static KeyManager[] keys(Certs certs, String name) throws GeneralSecurityException, IOException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        var store = certs.store(name);
        factory.init(store, "secret".toCharArray());
        X509KeyManager known = (X509KeyManager) factory.getKeyManagers()[0];
        String alias = store.aliases().nextElement();
        return new KeyManager[] {new Always(known, alias)};
    }

    /// Shows its certificate whatever authorities are asked for.
    private static final class Always extends X509ExtendedKeyManager {
        private final X509KeyManager known;
        private final String alias;

        private Always(X509KeyManager known, String alias) {
            this.known = known;
            this.alias = alias;
        }

        private String alias() {
            return known.getClientAliases("EC", null) == null && known.getClientAliases("RSA", null) == null
                    ? alias
                    : first();
        }

        private String first() {
            String[] ec = known.getClientAliases("EC", null);
            return ec != null ? ec[0] : known.getClientAliases("RSA", null)[0];
        }

        @Override
        public String chooseClientAlias(String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return alias();
        }

        @Override
        public String chooseEngineClientAlias(
                String[] types, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return alias();
        }

        @Override
        public String[] getClientAliases(String type, Principal @Nullable [] issuers) {
            return new String[] {alias()};
        }

        @Override
        public String[] getServerAliases(String type, Principal @Nullable [] issuers) {
            return known.getServerAliases(type, issuers);
        }

        @Override
        public @Nullable String chooseServerAlias(
                String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return known.chooseServerAlias(type, issuers, socket);
        }

        @Override
        public X509Certificate[] getCertificateChain(String name) {
            return known.getCertificateChain(name);
        }

        @Override
        public PrivateKey getPrivateKey(String name) {
            return known.getPrivateKey(name);
        }
    }
}
