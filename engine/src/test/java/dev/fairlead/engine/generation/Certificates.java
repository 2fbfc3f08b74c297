package dev.fairlead.engine.generation;

import dev.fairlead.model.tls.TlsIdentity;
import dev.fairlead.source.Span;
import dev.fairlead.testkit.ProcessUnderTest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Certificates made by openssl for one test.
public final class Certificates {
    private final Path folder;

    public Certificates(Path folder) {
        this.folder = folder;
    }

    /// A key and a certificate that vouches for itself: `NAME.pem`, `NAME.key`.
    ///
    /// @param key as `openssl req -newkey` takes it
    public void selfSigned(String name, String... key) {
        List<String> command = new ArrayList<>(List.of("openssl", "req", "-x509", "-nodes", "-days", "2"));
        command.addAll(List.of("-subj", "/CN=" + name, "-addext", "subjectAltName=DNS:" + name));
        command.addAll(List.of("-keyout", path(name + ".key"), "-out", path(name + ".pem"), "-newkey"));
        command.addAll(List.of(key));
        run(command);
    }

    /// The same with usual keys of RSA.
    void rsa(String... names) {
        for (String name : names) {
            selfSigned(name, "rsa:2048");
        }
    }

    /// The same with a key on an elliptic curve.
    void ec(String name, String curve) {
        selfSigned(name, "ec", "-pkeyopt", "ec_paramgen_curve:" + curve);
    }

    /// What a listener shows.
    TlsIdentity identity(String certificate, String key, String... passwordFiles) {
        return new TlsIdentity(path(certificate), path(key), List.of(passwordFiles), Span.builtIn());
    }

    /// A certificate that the authority `BY` vouches for.
    void signed(String name, String by) {
        run(List.of(
                "openssl",
                "req",
                "-nodes",
                "-newkey",
                "rsa:2048",
                "-subj",
                "/CN=" + name,
                "-keyout",
                path(name + ".key"),
                "-out",
                path(name + ".csr")));
        run(List.of(
                "openssl",
                "x509",
                "-req",
                "-days",
                "2",
                "-in",
                path(name + ".csr"),
                "-CA",
                path(by + ".pem"),
                "-CAkey",
                path(by + ".key"),
                "-CAcreateserial",
                "-out",
                path(name + ".pem")));
    }

    /// The same key in another form, by an openssl command line whose last words are `-in KEY -out NEW`.
    void convert(String from, String to, String... command) {
        List<String> all = new ArrayList<>(List.of("openssl"));
        all.addAll(List.of(command));
        all.addAll(List.of("-in", path(from), "-out", path(to)));
        run(all);
    }

    String path(String file) {
        return folder.resolve(file).toString();
    }

    private void run(List<String> command) {
        ProcessUnderTest.succeed(folder, command);
    }
}
