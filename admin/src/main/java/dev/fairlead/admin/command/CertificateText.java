package dev.fairlead.admin.command;

import dev.fairlead.pem.Certificates;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/// A certificate in the words of HAProxy's `show ssl cert`.
final class CertificateText {
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "MMM ppd HH:mm:ss yyyy 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final int DNS_NAME = 2;
    private static final Map<String, String> KINDS = Map.of(
            "1.2.840.113549.1.9.1", "emailAddress",
            "0.9.2342.19200300.100.1.25", "DC",
            "0.9.2342.19200300.100.1.1", "UID",
            "2.5.4.5", "serialNumber");

    private CertificateText() {}

    /// @param chain leaf first
    static String of(String name, String status, List<X509Certificate> chain) {
        X509Certificate leaf = chain.getFirst();
        StringBuilder out = new StringBuilder();
        line(out, "Filename", name);
        line(out, "Status", status);
        line(out, "Serial", HEX.formatHex(serial(leaf)));
        line(out, "notBefore", moment(leaf.getNotBefore()));
        line(out, "notAfter", moment(leaf.getNotAfter()));
        line(out, "Subject Alternative Name", otherNames(leaf));
        line(out, "Algorithm", algorithm(leaf));
        line(out, "SHA1 FingerPrint", fingerprint(leaf));
        line(out, "Subject", oneLine(leaf.getSubjectX500Principal()));
        line(out, "Issuer", oneLine(leaf.getIssuerX500Principal()));
        for (X509Certificate each : chain.subList(1, chain.size())) {
            line(out, "Chain Subject", oneLine(each.getSubjectX500Principal()));
            line(out, "Chain Issuer", oneLine(each.getIssuerX500Principal()));
        }
        line(out, "OCSP Response Key", "");
        return out.toString();
    }

    private static void line(StringBuilder out, String what, String value) {
        out.append(what).append(": ").append(value).append('\n');
    }

    /// Without the byte that only says that the number is positive.
    private static byte[] serial(X509Certificate certificate) {
        byte[] bytes = certificate.getSerialNumber().toByteArray();
        return bytes.length > 1 && bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private static String moment(Date date) {
        return MOMENT.format(date.toInstant());
    }

    /// Names of other kinds leave their comma.
    private static String otherNames(X509Certificate certificate) {
        StringBuilder out = new StringBuilder();
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            int left = names == null ? 0 : names.size();
            for (List<?> name : names == null ? List.<List<?>>of() : names) {
                left--;
                if (name.getFirst().equals(DNS_NAME)) {
                    out.append("DNS:").append(name.get(1));
                }
                out.append(left > 0 ? ", " : "");
            }
        } catch (CertificateParsingException malformed) {
            return "";
        }
        return out.toString();
    }

    private static String algorithm(X509Certificate certificate) {
        return certificate.getPublicKey().getAlgorithm() + Certificates.bits(certificate.getPublicKey());
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            return HEX.formatHex(MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// `/C=DE/O=Site/CN=a.example`
    private static String oneLine(X500Principal name) {
        StringBuilder out = new StringBuilder();
        try {
            for (Rdn part : new LdapName(name.getName(X500Principal.RFC2253, KINDS)).getRdns()) {
                out.append('/').append(part.getType()).append('=').append(part.getValue());
            }
        } catch (InvalidNameException unreadable) {
            return name.getName();
        }
        return out.toString();
    }
}
