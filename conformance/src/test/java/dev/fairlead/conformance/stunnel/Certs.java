package dev.fairlead.conformance.stunnel;

import dev.fairlead.testkit.ProcessUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Certificates made by openssl for one run: an authority, those it vouches for, and a stranger.
public final class Certs {
    private final Path folder;
    private @Nullable Responder responder;

    private Certs(Path folder) {
        this.folder = folder;
    }

    /// `ca`, `server` (localhost, 127.0.0.1), `second` (second.example), `client` (client.example,
    /// client@client.example), `other` (other.example), `revoked`, `expired`; each NAME.pem with NAME.key, and
    /// NAME-all.pem holds both. `serving` is for servers alone, and `below` is what `between` vouches for,
    /// for which `ca` does. `stranger` and `lonely` vouch for themselves, and `lonely` may for nobody else.
    /// `crl.pem` revokes `revoked`; `hashed/` holds the authority.
    public static Certs make(Path folder) throws IOException {
        Certs certs = new Certs(folder);
        certs.authority("ca");
        certs.authority("stranger");
        certs.authority("lonely", "basicConstraints=critical,CA:FALSE", "keyUsage=digitalSignature");
        certs.responder = Responder.start(certs);
        certs.signed("server", "DNS:localhost,IP:127.0.0.1");
        certs.signed("second", "DNS:second.example");
        certs.signed("client", "DNS:client.example,email:client@client.example");
        certs.signed("other", "DNS:other.example");
        certs.signed("revoked", "DNS:revoked.example");
        certs.rsa("rsa");
        String port = Integer.toString(certs.responder.port());
        String place = "\nauthorityInfoAccess=OCSP;URI:http://127.0.0.1:";
        certs.signed("named", "DNS:named.example" + place + port + "/by-authority");
        certs.signed("misnamed", "DNS:misnamed.example" + place + port + "/error");
        certs.signed("appointed", "DNS:appointed.example\nextendedKeyUsage=OCSPSigning");
        certs.signed("serving", "DNS:serving.example\nextendedKeyUsage=serverAuth");
        certs.signed("between", "DNS:between.example\nbasicConstraints=critical,CA:TRUE");
        certs.signed("below", "DNS:below.example", "between", 2);
        certs.signed("expired", "DNS:expired.example", "ca", -1);
        certs.revoke("revoked");
        certs.list("server", "client", "other", "named", "misnamed");
        Files.createDirectories(folder.resolve("hashed"));
        Files.copy(folder.resolve("ca.pem"), folder.resolve("hashed/ca.pem"));
        certs.run(List.of("openssl", "rehash", folder.resolve("hashed").toString()));
        Files.createDirectories(folder.resolve("empty"));
        Files.createDirectories(folder.resolve("crls"));
        Files.copy(folder.resolve("crl.pem"), folder.resolve("crls/crl.pem"));
        certs.run(List.of("openssl", "rehash", folder.resolve("crls").toString()));
        for (String name : List.of("server", "second", "client", "rsa")) {
            Files.writeString(
                    folder.resolve(name + "-all.pem"),
                    Files.readString(folder.resolve(name + ".key")) + Files.readString(folder.resolve(name + ".pem")));
        }
        return certs;
    }

    /// Where all of it is.
    Path folder() {
        return folder;
    }

    String path(String file) {
        return folder.resolve(file).toString();
    }

    private void authority(String name, String... extensions) {
        List<String> command = new ArrayList<>(List.of("openssl", "req", "-x509", "-nodes", "-days", "2"));
        command.addAll(List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-subj", "/CN=" + name));
        command.addAll(List.of("-keyout", path(name + ".key"), "-out", path(name + ".pem")));
        Stream.of(extensions).forEach(extension -> command.addAll(List.of("-addext", extension)));
        run(command);
    }

    private void rsa(String name) {
        List<String> command = new ArrayList<>(List.of("openssl", "req", "-x509", "-nodes", "-days", "2"));
        command.addAll(List.of("-newkey", "rsa:2048", "-subj", "/CN=" + name));
        command.addAll(List.of("-keyout", path(name + ".key"), "-out", path(name + ".pem")));
        run(command);
    }

    private void signed(String name, String names) throws IOException {
        signed(name, names, "ca", 2);
    }

    private void signed(String name, String names, String authority, int days) throws IOException {
        List<String> request = new ArrayList<>(List.of("openssl", "req", "-nodes", "-newkey", "ec"));
        request.addAll(List.of("-pkeyopt", "ec_paramgen_curve:P-256", "-subj", "/CN=" + name));
        request.addAll(List.of("-keyout", path(name + ".key"), "-out", path(name + ".csr")));
        run(request);
        Files.writeString(folder.resolve(name + ".ext"), "subjectAltName=" + names + "\n");
        List<String> sign = new ArrayList<>(List.of("openssl", "x509", "-req", "-days", "" + days));
        sign.addAll(List.of("-in", path(name + ".csr"), "-CA", path(authority + ".pem")));
        sign.addAll(List.of("-CAkey", path(authority + ".key")));
        sign.addAll(List.of("-CAcreateserial", "-extfile", path(name + ".ext"), "-out", path(name + ".pem")));
        run(sign);
    }

    /// Has the authority remember that it has signed them.
    private void list(String... names) throws IOException {
        StringBuilder lines = new StringBuilder(Files.readString(folder.resolve("index.txt")));
        for (String name : names) {
            try (var in = Files.newInputStream(folder.resolve(name + ".pem"))) {
                X509Certificate signed = (X509Certificate)
                        CertificateFactory.getInstance("X.509").generateCertificate(in);
                String serial = HexFormat.of()
                        .withUpperCase()
                        .formatHex(signed.getSerialNumber().toByteArray());
                lines.append("V\t491231235959Z\t\t")
                        .append(serial.startsWith("00") ? serial.substring(2) : serial)
                        .append("\tunknown\t/CN=")
                        .append(name)
                        .append('\n');
            } catch (CertificateException unreadable) {
                throw new AssertionError(unreadable);
            }
        }
        Files.writeString(folder.resolve("index.txt"), lines);
    }

    /// Where certificates are called good or revoked; by paths of [Responder].
    int responderPort() {
        return Objects.requireNonNull(responder).port();
    }

    private void revoke(String name) throws IOException {
        Files.writeString(folder.resolve("index.txt"), "");
        Files.writeString(folder.resolve("crlnumber"), "01\n");
        Files.writeString(
                folder.resolve("ca.cnf"),
                "[ca]\ndefault_ca=d\n[d]\ndatabase=" + path("index.txt") + "\ncrlnumber=" + path("crlnumber")
                        + "\ndefault_md=sha256\ndefault_crl_days=2\ncertificate=" + path("ca.pem") + "\nprivate_key="
                        + path("ca.key") + "\n");
        run(List.of("openssl", "ca", "-config", path("ca.cnf"), "-revoke", path(name + ".pem")));
        run(List.of("openssl", "ca", "-config", path("ca.cnf"), "-gencrl", "-out", path("crl.pem")));
    }

    /// Key and certificate for Java.
    KeyStore store(String name) throws IOException, GeneralSecurityException {
        Path file = folder.resolve(name + ".p12");
        if (!Files.exists(file)) {
            List<String> command = new ArrayList<>(List.of("openssl", "pkcs12", "-export", "-passout", "pass:secret"));
            command.addAll(List.of("-in", path(name + ".pem"), "-inkey", path(name + ".key"), "-out", file.toString()));
            run(command);
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            store.load(in, "secret".toCharArray());
        }
        return store;
    }

    void run(List<String> command) {
        ProcessUnderTest.succeed(folder, command);
    }
}
