package dev.fairlead.cli.cert;

import dev.fairlead.dialect.Hosts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Makes a key and a certificate that it signs itself, with the JDK's own `keytool`.
///
/// @param names host names and addresses it is for; the first becomes its subject as well
/// @param days how long it is valid, from now
public record SelfSigned(List<String> names, KeyKind kind, int days) {
    private static final String ALIAS = "fairlead";
    private static final Pattern ADDRESS =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final Pattern HOST = Pattern.compile("(\\*\\.)?[A-Za-z0-9_]([-A-Za-z0-9_]*[A-Za-z0-9_])?"
            + "(\\.[A-Za-z0-9_]([-A-Za-z0-9_]*[A-Za-z0-9_])?)*\\.?");

    public SelfSigned {
        names = List.copyOf(names);
    }

    /// Whether a certificate can be for it: a host, which may begin with `*.`, or an address.
    static boolean isName(String name) {
        return (ADDRESS.matcher(name).matches() || HOST.matcher(name).matches()) && !Hosts.isImpossible(name);
    }

    /// What the key is.
    public enum KeyKind {
        /// 2048 bits: what every client understands.
        RSA(List.of("-keyalg", "RSA", "-keysize", "2048", "-sigalg", "SHA256withRSA")),
        /// The curve P-256: smaller, and signs much faster.
        P256(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-sigalg", "SHA256withECDSA"));

        @SuppressWarnings("ImmutableEnumChecker") // an immutable list
        private final List<String> options;

        KeyKind(List<String> options) {
            this.options = options;
        }
    }

    /// The private key (PKCS #8) and behind it the certificate, as one PEM text.
    ///
    /// @throws IOException if `keytool` cannot be run, or refuses; its words are the message
    public String pem() throws IOException {
        Path folder = Files.createTempDirectory("fairlead-cert");
        Path store = folder.resolve("store");
        try {
            String password = password();
            run(store, password);
            return read(store, password);
        } finally {
            Files.deleteIfExists(store);
            Files.delete(folder);
        }
    }

    /// Writes it where nobody else may read it.
    ///
    /// @throws IOException also if the file exists and is not to be replaced
    public void write(Path file, boolean isReplaced) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(file + " is a folder; --output names a file");
        }
        if (!isReplaced && Files.exists(file)) {
            throw new IOException(file + " exists already; --force replaces it");
        }
        Set<PosixFilePermission> ownerOnly = PosixFilePermissions.fromString("rw-------");
        FileAttribute<?> permissions = PosixFilePermissions.asFileAttribute(ownerOnly);
        Path beside = file.toAbsolutePath().getParent();
        if (beside != null && !Files.isDirectory(beside)) {
            throw new IOException("there is no folder " + beside);
        }
        if (beside != null && !Files.isWritable(beside)) {
            throw new IOException(file + " cannot be written: permission denied");
        }
        Path draft = Files.createTempFile(beside, ".cert", ".new", permissions);
        try {
            Files.writeString(draft, pem());
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private void run(Path store, String password) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-genkeypair", "-alias", ALIAS, "-storetype", "PKCS12", "-keystore", store.toString()));
        command.addAll(List.of("-storepass:env", "FAIRLEAD_STORE", "-validity", Integer.toString(days)));
        command.addAll(List.of("-dname", "CN=" + names.getFirst(), "-ext", "SAN=" + alternatives()));
        command.addAll(List.of("-ext", "BasicConstraints:critical=ca:false", "-ext", "ExtendedKeyUsage=serverAuth"));
        command.addAll(kind.options);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("FAIRLEAD_STORE", password);
        Process keytool = builder.start();
        keytool.getOutputStream().close();
        try (InputStream said = keytool.getInputStream()) {
            String words = new String(said.readAllBytes(), StandardCharsets.UTF_8).strip();
            if (keytool.waitFor() != 0) {
                throw new IOException(words.isEmpty() ? "keytool failed" : words);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while keytool ran", interrupted);
        }
    }

    private String alternatives() {
        StringBuilder out = new StringBuilder();
        for (String name : names) {
            out.append(out.isEmpty() ? "" : ",")
                    .append(ADDRESS.matcher(name).matches() ? "ip:" : "dns:")
                    .append(name);
        }
        return out.toString();
    }

    private static String read(Path store, String password) throws IOException {
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, password.toCharArray());
            return block(
                            "PRIVATE KEY",
                            keys.getKey(ALIAS, password.toCharArray()).getEncoded())
                    + block("CERTIFICATE", keys.getCertificate(ALIAS).getEncoded());
        } catch (GeneralSecurityException unreadable) {
            throw new IOException("what keytool made cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private static String block(String label, byte[] der) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }

    private static String password() {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
