package dev.fairlead.conformance.nginx;

import dev.fairlead.testkit.ProcessUnderTest;
import dev.fairlead.testkit.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/// Certificates made for one run, and connections that take any certificate.
final class Keys {
    private Keys() {}

    /// Makes a self-signed certificate and its key, `NAME.crt` and `NAME.key`, for each name.
    static void make(Path folder, String... names) throws IOException {
        Files.createDirectories(folder);
        for (String name : names) {
            ProcessUnderTest.run(
                    folder, "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                    "-nodes", "-days", "30", "-subj", "/CN=" + name, "-addext", "subjectAltName=DNS:" + name,
                    "-keyout", name + ".key", "-out", name + ".crt");
        }
    }

    /// Connects with TLS. Options: `sni=NAME`, `tls=TLSv1.2` for a version.
    static Wire connect(int port, Map<String, String> options) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Trusting()}, new SecureRandom());
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
            return Wire.over(socket);
        } catch (IOException | GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static final class Trusting implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
