package dev.fairlead.engine.tls;

import dev.fairlead.model.tls.TlsIdentity;
import dev.fairlead.pem.Certificates;
import dev.fairlead.pem.Pem;
import dev.fairlead.pem.PrivateKeys;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A certificate chain and its key, as read from files.
final class Identity {
    private final PrivateKey key;
    private final List<X509Certificate> chain;

    private Identity(PrivateKey key, List<X509Certificate> chain) {
        this.key = key;
        this.chain = List.copyOf(chain);
    }

    PrivateKey key() {
        return key;
    }

    X509Certificate[] chain() {
        return chain.toArray(X509Certificate[]::new);
    }

    /// The kind of key as the TLS library asks for it: `RSA`, `EC`, `EdDSA`.
    String keyType() {
        return chain.getFirst().getPublicKey().getAlgorithm();
    }

    /// A chain and its key, either of which may be missing yet.
    ///
    /// @param key null if it is not known
    record Parts(List<X509Certificate> chain, @Nullable PrivateKey key) {
        private static final String FROM = "what was given";

        /// @throws GeneralSecurityException if there is no certificate in it, or a key of another one
        static Parts read(String pem) throws GeneralSecurityException {
            List<X509Certificate> chain = new ArrayList<>();
            for (Pem.Block block : blocks(pem)) {
                if (block.isCertificate()) {
                    chain.add(Certificates.decode(block));
                }
            }
            if (chain.isEmpty()) {
                throw new GeneralSecurityException("it holds no certificate");
            }
            boolean hasKey = blocks(pem).stream().anyMatch(Pem.Block::isPrivateKey);
            Parts parts = new Parts(chain, null);
            return hasKey ? parts.withKey(pem) : parts;
        }

        /// @throws GeneralSecurityException if it is none, or not the certificate's
        Parts withKey(String pem) throws GeneralSecurityException {
            Pem.Block block = blocks(pem).stream()
                    .filter(Pem.Block::isPrivateKey)
                    .findFirst()
                    .orElseThrow(() -> new GeneralSecurityException("it holds no private key"));
            try {
                PrivateKey found = PrivateKeys.read(block, List.of());
                if (!chain.isEmpty()
                        && !Certificates.match(found, chain.getFirst().getPublicKey())) {
                    throw new GeneralSecurityException("key values mismatch");
                }
                return new Parts(chain, found);
            } catch (IOException unreadable) {
                throw new GeneralSecurityException(reason(unreadable), unreadable);
            }
        }

        private static List<Pem.Block> blocks(String pem) throws GeneralSecurityException {
            try {
                return Pem.parse(pem, FROM);
            } catch (IOException unreadable) {
                throw new GeneralSecurityException(reason(unreadable), unreadable);
            }
        }

        Optional<Identity> whole() {
            return chain.isEmpty() || key == null ? Optional.empty() : Optional.of(new Identity(key, chain));
        }
    }

    /// What cannot be read becomes a problem at the place that names the file.
    static Optional<Identity> read(TlsIdentity from, Problems problems) {
        try {
            List<X509Certificate> chain = Certificates.read(from.certificate());
            if (chain.isEmpty()) {
                problems.error(
                        "tls.certificate",
                        from.origin(),
                        "cannot load certificate \"" + from.certificate() + "\": it holds no certificate");
                return Optional.empty();
            }
            return readKey(from, chain, problems);
        } catch (IOException | GeneralSecurityException unreadable) {
            problems.add(Diagnostic.error(
                            "tls.certificate",
                            from.origin(),
                            "cannot load certificate \"" + from.certificate() + "\": " + reason(unreadable))
                    .hint(Optional.of("fairlead cert NAME --output " + from.certificate()
                                    + " makes a self-signed one with its key")
                            .filter(_ -> unreadable instanceof NoSuchFileException)));
            return Optional.empty();
        }
    }

    private static Optional<Identity> readKey(TlsIdentity from, List<X509Certificate> chain, Problems problems) {
        try {
            Optional<Pem.Block> block = Pem.read(from.key()).stream()
                    .filter(Pem.Block::isPrivateKey)
                    .findFirst();
            if (block.isEmpty()) {
                throw new GeneralSecurityException("it holds no private key");
            }
            PrivateKey key = PrivateKeys.read(block.get(), passwords(from));
            if (!Certificates.match(key, chain.getFirst().getPublicKey())) {
                throw new GeneralSecurityException("key values mismatch");
            }
            return Optional.of(new Identity(key, chain));
        } catch (IOException | GeneralSecurityException unreadable) {
            problems.error(
                    "tls.certificate-key",
                    from.origin().nearest(from.key()),
                    "cannot load certificate key \"" + from.key() + "\": " + reason(unreadable));
            return Optional.empty();
        }
    }

    private static List<String> passwords(TlsIdentity from) throws IOException {
        List<String> passwords = new ArrayList<>();
        for (String file : from.passwordFiles()) {
            passwords.addAll(Files.readAllLines(Path.of(file), StandardCharsets.UTF_8));
        }
        return passwords;
    }

    static String reason(Exception unreadable) {
        if (unreadable instanceof NoSuchFileException) {
            return "no such file";
        }
        String message = unreadable.getMessage();
        return message == null ? unreadable.getClass().getSimpleName() : message;
    }

    @Override
    public String toString() {
        return Arrays.toString(chain());
    }
}
