package dev.fairlead.conformance.cases;

import dev.fairlead.testkit.AnyCertificate;
import dev.fairlead.testkit.ProcessUnderTest;
import dev.fairlead.testkit.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509KeyManager;

/// Certificates made for one run, and connections that take any certificate.
public final class Keys {
    private static final char[] PASSWORD = "conformance".toCharArray();

    private Keys() {}

    /// A connection, and whose certificate the server showed.
    ///
    /// @param owner the subject, such as `CN=a.example`
    record Secured(Wire wire, String owner) {}

    /// Makes a self-signed certificate and its key, `NAME.crt`, `NAME.key` and both in `NAME.p12`, for each name.
    public static void make(Path folder, String... names) throws IOException {
        Files.createDirectories(folder);
        for (String name : names) {
            ProcessUnderTest.run(
                    folder,
                    "openssl",
                    "req",
                    "-x509",
                    "-newkey",
                    "ec",
                    "-pkeyopt",
                    "ec_paramgen_curve:prime256v1",
                    "-nodes",
                    "-days",
                    "30",
                    "-subj",
                    "/CN=" + name,
                    "-addext",
                    "subjectAltName=DNS:" + name,
                    "-keyout",
                    name + ".key",
                    "-out",
                    name + ".crt");
            ProcessUnderTest.run(
                    folder,
                    "openssl",
                    "pkcs12",
                    "-export",
                    "-in",
                    name + ".crt",
                    "-inkey",
                    name + ".key",
                    "-passout",
                    "pass:" + new String(PASSWORD),
                    "-out",
                    name + ".p12");
        }
    }

    /// Connects with TLS; empty when the handshake is refused. Options: `sni=NAME`, `tls=TLSv1.2` for a
    /// version, `cert=NAME`.
    static Optional<Secured> connect(int port, Path folder, Map<String, String> options) {
        try {
            SSLContext context = AnyCertificate.context(own(folder, options));
            Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
            SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", port, true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(
                    options.containsKey("sni") ? List.of(new SNIHostName(options.get("sni"))) : List.of());
            if (!options.getOrDefault("tls", "").isEmpty()) {
                parameters.setProtocols(new String[] {options.get("tls")});
            }
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return Optional.of(new Secured(
                    Wire.over(socket), shown.getSubjectX500Principal().getName()));
        } catch (SSLException | SocketException refused) {
            return Optional.empty();
        } catch (IOException | GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static KeyManager[] own(Path folder, Map<String, String> options)
            throws GeneralSecurityException, IOException {
        String name = options.getOrDefault("cert", "");
        if (name.isEmpty()) {
            return new KeyManager[0];
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream stream = Files.newInputStream(folder.resolve(name + ".p12"))) {
            store.load(stream, PASSWORD);
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, PASSWORD);
        return new KeyManager[] {new Insisting((X509KeyManager) factory.getKeyManagers()[0])};
    }

    /// Shows its certificate even to a server that names others as the ones it trusts.
    private static final class Insisting extends X509ExtendedKeyManager {
        private final X509KeyManager keys;

        Insisting(X509KeyManager keys) {
            this.keys = keys;
        }

        @Override
        public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            return keys.getClientAliases("EC", new Principal[0])[0];
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return keys.getClientAliases(type, new Principal[0]);
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            throw new IllegalStateException("this side is a client");
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return keys.getCertificateChain(alias);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return keys.getPrivateKey(alias);
        }
    }
}
