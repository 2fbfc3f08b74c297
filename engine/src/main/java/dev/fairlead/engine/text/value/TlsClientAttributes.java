package dev.fairlead.engine.text.value;

import dev.fairlead.engine.convert.CertificateTexts;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.time.Clock;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// What is known of the certificate a client has shown.
final class TlsClientAttributes {
    private static final DateTimeFormatter VALIDITY =
            DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss yyyy 'GMT'", Locale.ENGLISH);
    private static final Base64.Encoder PEM = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private TlsClientAttributes() {}

    static void addTo(Map<Attribute, Value> values, Clock clock) {
        values.put(Attribute.TLS_CLIENT_VERIFY, TlsClientAttributes::verification);
        values.put(
                Attribute.TLS_CLIENT_VERIFY_NUMBER,
                exchange -> exchange.values().fact(Attribute.TLS_CLIENT_VERIFY_NUMBER));
        put(values, Attribute.TLS_CLIENT_CERTIFICATE_DER, TlsClientAttributes::der);
        put(
                values,
                Attribute.TLS_CLIENT_SUBJECT,
                certificate -> CertificateTexts.commas(certificate.getSubjectX500Principal()));
        put(
                values,
                Attribute.TLS_CLIENT_ISSUER,
                certificate -> CertificateTexts.commas(certificate.getIssuerX500Principal()));
        put(
                values,
                Attribute.TLS_CLIENT_SUBJECT_LEGACY,
                certificate -> CertificateTexts.slashes(certificate.getSubjectX500Principal()));
        put(
                values,
                Attribute.TLS_CLIENT_ISSUER_LEGACY,
                certificate -> CertificateTexts.slashes(certificate.getIssuerX500Principal()));
        put(values, Attribute.TLS_CLIENT_SERIAL, TlsClientAttributes::serial);
        put(values, Attribute.TLS_CLIENT_FINGERPRINT, TlsClientAttributes::fingerprint);
        put(values, Attribute.TLS_CLIENT_CERTIFICATE_RAW, TlsClientAttributes::pem);
        put(
                values,
                Attribute.TLS_CLIENT_CERTIFICATE,
                certificate -> pem(certificate).strip().replace("\n", "\n\t"));
        put(values, Attribute.TLS_CLIENT_CERTIFICATE_ESCAPED, certificate -> escaped(pem(certificate)));
        put(
                values,
                Attribute.TLS_CLIENT_VALID_FROM,
                certificate -> validity(certificate.getNotBefore().toInstant()));
        put(
                values,
                Attribute.TLS_CLIENT_VALID_UNTIL,
                certificate -> validity(certificate.getNotAfter().toInstant()));
        put(
                values,
                Attribute.TLS_CLIENT_DAYS_LEFT,
                certificate -> daysLeft(certificate.getNotAfter().toInstant().toEpochMilli() - clock.wallMillis()));
    }

    private static void put(Map<Attribute, Value> values, Attribute attribute, Function<X509Certificate, String> form) {
        values.put(attribute, exchange -> certificate(exchange).map(form).orElse(null));
    }

    static Optional<X509Certificate> certificate(Exchange exchange) {
        Optional<SSLSession> session = exchange.connection().tlsSession();
        if (session.isEmpty()) {
            return Optional.empty();
        }
        try {
            Certificate[] chain = session.get().getPeerCertificates();
            return chain.length > 0 && chain[0] instanceof X509Certificate first
                    ? Optional.of(first)
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException none) {
            return Optional.empty();
        }
    }

    private static @Nullable String verification(Exchange exchange) {
        if (!exchange.connection().isTls()) {
            return null;
        }
        // A certificate that nobody has judged is worth nothing.
        String known = exchange.values().fact(Attribute.TLS_CLIENT_VERIFY);
        return known == null ? "NONE" : known;
    }

    private static String serial(X509Certificate certificate) {
        String digits = certificate.getSerialNumber().toString(16).toUpperCase(Locale.ROOT);
        return digits.length() % 2 == 0 ? digits : "0" + digits;
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String pem(X509Certificate certificate) {
        try {
            String body = new String(PEM.encode(certificate.getEncoded()), StandardCharsets.ISO_8859_1);
            return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static String der(Certificate certificate) {
        try {
            return new String(certificate.getEncoded(), StandardCharsets.ISO_8859_1);
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String escaped(String text) {
        return text.replace("%", "%25")
                .replace("\n", "%0A")
                .replace(" ", "%20")
                .replace("+", "%2B")
                .replace("/", "%2F")
                .replace("=", "%3D");
    }

    private static String validity(Instant time) {
        return VALIDITY.format(time.atOffset(ZoneOffset.UTC));
    }

    private static String daysLeft(long millis) {
        return Long.toString(Math.max(0, millis / 86_400_000));
    }
}
