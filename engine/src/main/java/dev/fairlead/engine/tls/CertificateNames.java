package dev.fairlead.engine.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/// The names a certificate is for (RFC 9525): its alternative names, or the common name where it has none.
final class CertificateNames {
    private static final int EMAIL = 1;
    private static final int DNS = 2;
    private static final int ADDRESS = 7;

    private CertificateNames() {}

    /// All host names that it is for, the common name among them, each once.
    static List<String> of(X509Certificate certificate) {
        Set<String> names = new LinkedHashSet<>();
        commonName(certificate).ifPresent(names::add);
        for (List<?> name : alternatives(certificate)) {
            if (name.get(0).equals(DNS) && name.get(1) instanceof String text) {
                names.add(text);
            }
        }
        return List.copyOf(names);
    }

    private static Optional<String> commonName(X509Certificate certificate) {
        try {
            return new LdapName(certificate.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(part -> part.getType().equalsIgnoreCase("CN"))
                            .map(part -> String.valueOf(part.getValue()))
                            .findFirst();
        } catch (InvalidNameException unreadable) {
            return Optional.empty();
        }
    }

    static boolean matches(X509Certificate certificate, String host) {
        String wanted = host.toLowerCase(Locale.ROOT);
        boolean hasNames = false;
        for (List<?> name : alternatives(certificate)) {
            if (!(name.get(0) instanceof Integer kind) || !(name.get(1) instanceof String text)) {
                continue;
            }
            hasNames |= kind == DNS;
            boolean isIt = (kind == DNS && matchesName(text.toLowerCase(Locale.ROOT), wanted))
                    || (kind == ADDRESS && text.equals(wanted));
            if (isIt) {
                return true;
            }
        }
        return !hasNames && matchesCommonName(certificate, wanted);
    }

    static boolean matchesEmail(X509Certificate certificate, String wanted) {
        for (List<?> name : alternatives(certificate)) {
            if (name.get(0).equals(EMAIL) && name.get(1) instanceof String text && text.equalsIgnoreCase(wanted)) {
                return true;
            }
        }
        return false;
    }

    private static Collection<List<?>> alternatives(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null ? List.of() : names;
        } catch (CertificateParsingException unreadable) {
            return List.of();
        }
    }

    /// A wildcard stands for the first label, whole.
    private static boolean matchesName(String pattern, String wanted) {
        if (!pattern.startsWith("*.")) {
            return pattern.equals(wanted);
        }
        int dot = wanted.indexOf('.');
        return dot > 0 && pattern.substring(1).equals(wanted.substring(dot));
    }

    private static boolean matchesCommonName(X509Certificate certificate, String wanted) {
        try {
            for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    return matchesName(String.valueOf(part.getValue()).toLowerCase(Locale.ROOT), wanted);
                }
            }
            return false;
        } catch (InvalidNameException unreadable) {
            return false;
        }
    }
}
