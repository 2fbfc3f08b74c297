package dev.fairlead.engine.convert;

import dev.fairlead.engine.compile.Text;
import dev.fairlead.model.text.Conversion.CertificateName;
import dev.fairlead.model.text.Conversion.CertificatePart;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/// What certificates say, in OpenSSL's words.
public final class CertificateTexts {
    /// OpenSSL's short names for what RFC 2253 has none for.
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("1.2.840.113549.1.9.1", "emailAddress"),
            Map.entry("2.5.4.4", "SN"),
            Map.entry("2.5.4.5", "serialNumber"),
            Map.entry("2.5.4.9", "street"),
            Map.entry("2.5.4.12", "title"),
            Map.entry("2.5.4.13", "description"),
            Map.entry("2.5.4.17", "postalCode"),
            Map.entry("2.5.4.42", "GN"),
            Map.entry("2.5.4.43", "initials"),
            Map.entry("2.5.4.46", "dnQualifier"),
            Map.entry("2.5.4.65", "pseudonym"),
            Map.entry("2.5.4.97", "organizationIdentifier"));
    private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT);
    private static final DateTimeFormatter LONG = DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'", Locale.ROOT);
    private static final int LONG_FROM = 2050;

    private CertificateTexts() {}

    public static @Nullable String part(CertificatePart part, String der) {
        return certificate(der)
                .map(certificate -> switch (part) {
                    case VERSION -> Integer.toString(certificate.getVersion());
                    case SERIAL ->
                        Plainly.text(unsigned(certificate.getSerialNumber().toByteArray()));
                    case VALID_FROM -> time(certificate.getNotBefore().toInstant());
                    case VALID_UNTIL -> time(certificate.getNotAfter().toInstant());
                    case SIGNATURE_ALGORITHM -> signature(certificate.getSigAlgName());
                    case KEY_ALGORITHM -> key(certificate.getPublicKey().getAlgorithm());
                })
                .orElse(null);
    }

    public static @Nullable String name(CertificateName asked, String der) {
        return certificate(der)
                .map(certificate ->
                        asked.issuer() ? certificate.getIssuerX500Principal() : certificate.getSubjectX500Principal())
                .map(name -> asked.entry().isEmpty() ? whole(name, asked.backwards()) : entry(name, asked))
                .orElse(null);
    }

    /// The last part first, in the form of RFC 2253.
    public static String commas(X500Principal name) {
        return escaped(name.getName(X500Principal.RFC2253, NAMES));
    }

    /// The first part first, as OpenSSL's older programs write it: commas and the like as they are.
    public static String slashes(X500Principal name) {
        StringBuilder out = new StringBuilder();
        for (Rdn component : components(name)) {
            String text =
                    component.size() > 1 ? component.toString() : component.getType() + "=" + component.getValue();
            out.append('/');
            hexed(text, "\\x", out);
        }
        return out.toString();
    }

    private static Optional<X509Certificate> certificate(String der) {
        if (der.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of((X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(Plainly.bytes(der))));
        } catch (CertificateException none) {
            return Optional.empty();
        }
    }

    private static byte[] unsigned(byte[] number) {
        return number.length > 1 && number[0] == 0 ? java.util.Arrays.copyOfRange(number, 1, number.length) : number;
    }

    private static String time(Instant instant) {
        OffsetDateTime utc = instant.atOffset(ZoneOffset.UTC);
        return (utc.getYear() < LONG_FROM ? SHORT : LONG).format(utc);
    }

    private static String signature(String name) {
        int with = name.indexOf("with");
        if (with < 0) {
            return name.toUpperCase(Locale.ROOT);
        }
        String digest = name.substring(0, with);
        return name.endsWith("RSA") ? "RSA-" + digest : "ecdsa-with-" + digest;
    }

    private static String key(String name) {
        return switch (name) {
            case "RSA" -> "rsaEncryption";
            case "EC" -> "id-ecPublicKey";
            case "EdDSA" -> "ED25519";
            default -> name;
        };
    }

    private static List<Rdn> components(X500Principal name) {
        try {
            return new LdapName(name.getName(X500Principal.RFC2253, NAMES)).getRdns();
        } catch (InvalidNameException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String whole(X500Principal name, boolean backwards) {
        if (backwards) {
            return commas(name);
        }
        return components(name).stream()
                .map(component -> "/" + component.getType() + "=" + value(component))
                .collect(Collectors.joining());
    }

    private static @Nullable String entry(X500Principal name, CertificateName asked) {
        List<String> all = components(name).stream()
                .filter(component -> component.getType().equalsIgnoreCase(asked.entry()))
                .map(CertificateTexts::value)
                .toList();
        int index = asked.number() < 0 ? all.size() + asked.number() : asked.number() - 1;
        return index >= 0 && index < all.size() ? all.get(index) : null;
    }

    private static String value(Rdn component) {
        return component.getValue() instanceof byte[] bytes
                ? Plainly.text(bytes)
                : Text.bytes(component.getValue().toString());
    }

    /// With bytes beyond ASCII in hexadecimal digits.
    private static String escaped(String name) {
        StringBuilder out = new StringBuilder();
        hexed(name, "\\", out);
        return out.toString();
    }

    /// @param mark stands before the digits
    private static void hexed(String text, String mark, StringBuilder out) {
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b < 0) {
                out.append(mark).append(String.format(Locale.ROOT, "%02X", b & 0xff));
            } else {
                out.append((char) b);
            }
        }
    }
}
