package dev.fairlead.cli.cert;

import dev.fairlead.pem.Certificates;
import dev.fairlead.pem.Pem;
import dev.fairlead.pem.PrivateKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// What a PEM file holds, and what is wrong with it for a server that is given it.
final class PemReport {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path file;
    private final Instant now;
    private final List<X509Certificate> certificates = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private int keys;

    private PemReport(Path file, Instant now) {
        this.file = file;
        this.now = now;
    }

    /// @throws IOException if the file cannot be read
    static PemReport of(Path file, Instant now) throws IOException {
        PemReport report = new PemReport(file, now);
        report.read();
        return report;
    }

    /// What would keep a server from using the file, or clients from trusting it; empty if nothing does.
    List<String> problems() {
        return List.copyOf(problems);
    }

    String text() {
        return text.toString();
    }

    private void read() throws IOException {
        List<Pem.Block> blocks = Pem.read(file.toString());
        text.append(file).append('\n');
        for (Pem.Block block : blocks) {
            if (block.isCertificate()) {
                certificate(block);
            }
        }
        for (Pem.Block block : blocks) {
            if (block.isPrivateKey()) {
                key(block);
            } else if (!block.isCertificate()) {
                row(block.label().toLowerCase(Locale.ROOT), block.der().length + " bytes");
            }
        }
        if (blocks.isEmpty()) {
            problems.add("it holds nothing in PEM form");
        }
        if (keys > 0) {
            permissions();
        }
        problems.forEach(problem -> text.append("  ! ").append(problem).append('\n'));
    }

    private void certificate(Pem.Block block) {
        X509Certificate certificate;
        try {
            certificate = Certificates.decode(block);
        } catch (GeneralSecurityException malformed) {
            problems.add("a certificate is malformed: " + malformed.getMessage());
            return;
        }
        chained(certificate);
        certificates.add(certificate);
        boolean isOwn = certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
        row(
                "certificate " + certificates.size(),
                certificate.getSubjectX500Principal().getName());
        row(
                "",
                isOwn
                        ? "signed by itself"
                        : "signed by " + certificate.getIssuerX500Principal().getName());
        List<String> names = Certificates.names(certificate);
        if (!names.isEmpty()) {
            row("", "for " + String.join(", ", names));
        } else if (certificates.size() == 1) {
            problems.add("certificate 1 names no host (subject alternative name): browsers refuse it");
        }
        row("", validity(certificate));
        int bits = Certificates.bits(certificate.getPublicKey());
        row("", kind(certificate.getPublicKey().getAlgorithm(), bits) + ", " + certificate.getSigAlgName());
        row("", "SHA-256 " + fingerprint(certificate));
        if (certificate.getPublicKey().getAlgorithm().equals("RSA") && bits < Certificates.SHORTEST_RSA) {
            problems.add("the key of certificate " + certificates.size() + " has " + bits
                    + " bits: clients refuse RSA keys under " + Certificates.SHORTEST_RSA);
        }
    }

    private void chained(X509Certificate next) {
        if (!certificates.isEmpty()
                && !certificates.getLast().getIssuerX500Principal().equals(next.getSubjectX500Principal())) {
            problems.add("certificate " + (certificates.size() + 1) + " did not sign certificate " + certificates.size()
                    + ": the chain is out of order");
        }
    }

    private String validity(X509Certificate certificate) {
        Instant from = certificate.getNotBefore().toInstant();
        Instant until = certificate.getNotAfter().toInstant();
        String days = DAY.format(from) + " to " + DAY.format(until);
        int number = certificates.size();
        if (until.isBefore(now)) {
            problems.add("certificate " + number + " expired on " + DAY.format(until));
            return "expired: " + days;
        }
        if (from.isAfter(now)) {
            problems.add("certificate " + number + " is not valid before " + DAY.format(from));
            return "not yet valid: " + days;
        }
        return "valid " + days + ", " + Duration.between(now, until).toDays() + " days left";
    }

    private void key(Pem.Block block) {
        keys++;
        try {
            PrivateKey key = PrivateKeys.read(block, List.of());
            row("private key", kind(key.getAlgorithm(), Certificates.bits(key)) + owner(key));
        } catch (GeneralSecurityException | IOException unreadable) {
            row("private key", String.valueOf(unreadable.getMessage()));
        }
    }

    private String owner(PrivateKey key) throws GeneralSecurityException {
        for (int i = 0; i < certificates.size(); i++) {
            if (Certificates.match(key, certificates.get(i).getPublicKey())) {
                if (i > 0) {
                    problems.add("the key belongs to certificate " + (i + 1) + ", which has to be the first");
                }
                return ", of certificate " + (i + 1);
            }
        }
        if (!certificates.isEmpty()) {
            problems.add("the key belongs to none of the certificates");
        }
        return "";
    }

    private void permissions() throws IOException {
        if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
            problems.add("every user can read the private key: chmod 600 " + file);
        }
    }

    private static String kind(String algorithm, int bits) {
        return bits == 0 ? algorithm : algorithm + " " + bits + " bits";
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void row(String name, String value) {
        text.append("  ")
                .append(name)
                .repeat(' ', Math.max(1, 15 - name.length()))
                .append(value)
                .append('\n');
    }
}
