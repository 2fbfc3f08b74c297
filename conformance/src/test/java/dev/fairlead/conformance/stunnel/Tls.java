package dev.fairlead.conformance.stunnel;

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
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/// TLS as the tests' own clients and servers speak it: they trust everybody.
final class Tls {
    private Tls() {}

    /// @param name of the certificate to show; empty for none
    static SSLContext context(Certs certs, String name) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(name.isEmpty() ? null : keys(certs, name), new TrustManager[] {new Anyone()}, null);
            return context;
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

    private static final class Anyone extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
