package dev.fairlead.dialect.pound;

import dev.fairlead.model.tls.TlsIdentity;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The names that a certificate is for. Nothing is said about one that cannot be read: whoever serves it will.
final class CertificateNames {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", Pattern.DOTALL);
    private static final Pattern COMMON_NAME = Pattern.compile("(?:^|,)CN=([^,]+)");
    private static final int DNS = 2;

    private final Reading reading;

    CertificateNames(Reading reading) {
        this.reading = reading;
    }

    List<String> of(TlsIdentity identity) {
        Matcher block = BLOCK.matcher(
                reading.certificate(identity.certificate(), identity.origin()).orElse(""));
        if (!block.find()) {
            return List.of();
        }
        try {
            X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(block.group().getBytes(StandardCharsets.ISO_8859_1)));
            return names(certificate);
        } catch (CertificateException unreadable) {
            return List.of();
        }
    }

    private static List<String> names(X509Certificate certificate) throws CertificateException {
        Set<String> names = new LinkedHashSet<>();
        Matcher common =
                COMMON_NAME.matcher(certificate.getSubjectX500Principal().getName());
        if (common.find() && common.group(1).matches("[*A-Za-z0-9.-]+")) {
            names.add(common.group(1));
        }
        var alternatives = certificate.getSubjectAlternativeNames();
        if (alternatives != null) {
            for (List<?> alternative : alternatives) {
                if (alternative.getFirst().equals(DNS)) {
                    names.add(String.valueOf(alternative.getLast()));
                }
            }
        }
        return List.copyOf(names);
    }
}
