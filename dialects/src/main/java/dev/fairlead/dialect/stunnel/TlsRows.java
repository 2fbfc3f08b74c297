package dev.fairlead.dialect.stunnel;

import dev.fairlead.dialect.Directive;
import dev.fairlead.model.tls.TlsVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Options of TLS: certificates, what is asked of the other side's, versions, ciphers, sessions.
final class TlsRows {
    private static final Map<String, TlsVersion> EXCLUDED = Map.of(
            "NO_SSLV3", TlsVersion.SSL_3,
            "NO_TLSV1", TlsVersion.TLS_1_0,
            "NO_TLSV1_1", TlsVersion.TLS_1_1,
            "NO_TLSV1_2", TlsVersion.TLS_1_2,
            "NO_TLSV1_3", TlsVersion.TLS_1_3);
    private static final Set<String> OF_OPENSSL = Set.of(
            "ALL",
            "ALLOW_CLIENT_RENEGOTIATION",
            "ALLOW_NO_DHE_KEX",
            "ALLOW_UNSAFE_LEGACY_RENEGOTIATION",
            "CIPHER_SERVER_PREFERENCE",
            "CLEANSE_PLAINTEXT",
            "COOKIE_EXCHANGE",
            "CRYPTOPRO_TLSEXT_BUG",
            "DISABLE_TLSEXT_CA_NAMES",
            "DONT_INSERT_EMPTY_FRAGMENTS",
            "ENABLE_KTLS",
            "ENABLE_MIDDLEBOX_COMPAT",
            "EPHEMERAL_RSA",
            "IGNORE_UNEXPECTED_EOF",
            "LEGACY_SERVER_CONNECT",
            "MICROSOFT_BIG_SSLV3_BUFFER",
            "MICROSOFT_SESS_ID_BUG",
            "MSIE_SSLV2_RSA_PADDING",
            "NETSCAPE_CA_DN_BUG",
            "NETSCAPE_CHALLENGE_BUG",
            "NETSCAPE_DEMO_CIPHER_CHANGE_BUG",
            "NETSCAPE_REUSE_CIPHER_CHANGE_BUG",
            "NO_ANTI_REPLAY",
            "NO_COMPRESSION",
            "NO_DTLSV1",
            "NO_DTLSV1_2",
            "NO_ENCRYPT_THEN_MAC",
            "NO_EXTENDED_MASTER_SECRET",
            "NO_QUERY_MTU",
            "NO_RENEGOTIATION",
            "NO_SESSION_RESUMPTION_ON_RENEGOTIATION",
            "NO_SSLV2",
            "PKCS1_CHECK_1",
            "PKCS1_CHECK_2",
            "PRIORITIZE_CHACHA",
            "SAFARI_ECDHE_ECDSA_BUG",
            "SINGLE_DH_USE",
            "SINGLE_ECDH_USE",
            "SSLEAY_080_CLIENT_DH_BUG",
            "SSLREF2_REUSE_CERT_TYPE_BUG",
            "TLSEXT_PADDING",
            "TLS_BLOCK_PADDING_BUG",
            "TLS_D5_BUG",
            "TLS_ROLLBACK_BUG");

    private static final int HIGHEST_LEVEL = 2;

    private TlsRows() {}

    static List<Directive<Place, Setter>> rows() {
        List<Directive<Place, Setter>> rows = new ArrayList<>(certificates());
        rows.addAll(verification());
        rows.addAll(protocol());
        rows.addAll(sessions());
        return rows;
    }

    private static List<Directive<Place, Setter>> certificates() {
        return List.of(
                Rows.text(
                        "cert",
                        "Names the PEM file of the certificate chain, which may hold the key too. Files in P12 format are refused"
                                + " when they are read.",
                        (s, given) -> s.cert = Optional.of(given)),
                Rows.text(
                        "key",
                        "Names the PEM file of the key, where it is not in `cert`.",
                        (s, given) -> s.key = Optional.of(given)),
                Rows.text(
                        "CAfile",
                        "Names the PEM file of trusted certificates.",
                        (s, given) -> s.authorities = Optional.of(given)),
                Rows.text(
                        "CApath",
                        "Names a folder of trusted certificates, files named by hash; read once, and again with the configuration.",
                        (s, given) -> s.authorityFolder = Optional.of(given)),
                Rows.text(
                        "CRLfile",
                        "Names the PEM file of revoked certificates.",
                        (s, given) -> s.revocations = Optional.of(given)),
                Rows.text(
                        "CRLpath",
                        "Names a folder of lists of revoked certificates, files named by hash; read once, and again with the"
                                + " configuration.",
                        (s, given) -> s.revocationFolder = Optional.of(given)));
    }

    private static List<Directive<Place, Setter>> verification() {
        return List.of(
                Rows.row("verify", "0 to 4, as the five obsolete levels say.", TlsRows::verify),
                Rows.row(
                        "verifyChain",
                        "Asks for a certificate that a trusted authority vouches for.",
                        (option, service, global, reading) -> Values.yesOrNo(option, reading)
                                .ifPresent(yes -> {
                                    service.verifyChain = Optional.of(new Given<>(yes, option.span()));
                                    service.requireCert |= yes;
                                    service.asksForCert |= yes;
                                })),
                Rows.row(
                        "verifyPeer",
                        "Asks for a certificate that is among the trusted ones itself.",
                        (option, service, global, reading) -> Values.yesOrNo(option, reading)
                                .ifPresent(yes -> {
                                    service.verifyPeer = Optional.of(new Given<>(yes, option.span()));
                                    service.requireCert |= yes;
                                    service.asksForCert |= yes;
                                })),
                Rows.flag("requireCert", "Refuses clients without a certificate.", (service, yes) -> {
                    service.requireCert = yes;
                    service.asksForCert |= yes;
                }),
                Rows.text(
                        "checkHost",
                        "Asks for a certificate with one of these host names.",
                        (s, given) -> s.hosts.add(given.value())),
                Rows.text(
                        "checkEmail",
                        "Asks for a certificate with one of these e-mail addresses.",
                        (s, given) -> s.emails.add(given.value())),
                Rows.text(
                        "checkIP",
                        "Asks for a certificate with one of these IP addresses.",
                        (s, given) -> s.addresses.add(given.value())));
    }

    private static List<Directive<Place, Setter>> protocol() {
        return List.of(
                Rows.text(
                        "ciphers",
                        "Restricts the ciphers of TLS 1.2 and below, in OpenSSL's notation.",
                        (s, given) -> s.ciphers = Optional.of(given)),
                Rows.text(
                        "ciphersuites",
                        "The ciphers of TLS 1.3. The TLS library offers all three of them: where it is spoken, another choice"
                                + " is refused.",
                        (s, given) -> s.suites = Optional.of(given)),
                Rows.row(
                        "securityLevel",
                        "0 to 2, which changes nothing; higher levels are refused.",
                        TlsRows::securityLevel),
                Rows.text(
                        "curves",
                        "Names the groups for key exchange, separated by colons; also written `curve`.",
                        (s, given) -> s.curves = List.of(given.value().split(":", -1))),
                Rows.row(
                        "sslVersion",
                        "Speaks one version only.",
                        (option, service, global, reading) -> Values.version(option, reading)
                                .ifPresent(version -> {
                                    service.oldest = version;
                                    service.newest = version;
                                    service.versionsAt = Optional.of(option.span());
                                })),
                Rows.row(
                        "sslVersionMin",
                        "Speaks no older version. TLS 1.2 unless given.",
                        (option, service, global, reading) -> Values.version(option, reading)
                                .ifPresent(version -> {
                                    service.oldest = version;
                                    service.versionsAt = Optional.of(option.span());
                                })),
                Rows.row(
                        "sslVersionMax",
                        "Speaks no newer version.",
                        (option, service, global, reading) -> Values.version(option, reading)
                                .ifPresent(version -> {
                                    service.newest = version;
                                    service.versionsAt = Optional.of(option.span());
                                })),
                Rows.row(
                        "options",
                        "NO_SSLv3, NO_TLSv1 to NO_TLSv1_3 and NO_TICKET are followed, and their opposites with a dash; other"
                                + " options of OpenSSL are noted and left aside.",
                        TlsRows::options));
    }

    private static List<Directive<Place, Setter>> sessions() {
        return List.of(
                Rows.row(
                        "sessionCacheSize",
                        "Says how many sessions are kept.",
                        (option, service, global, reading) -> Values.number(option, reading)
                                .ifPresent(number -> service.sessions = number == 0 ? Integer.MAX_VALUE : number)),
                Rows.seconds(
                        "sessionCacheTimeout",
                        "Says how long a session may be resumed.",
                        (s, time) -> s.sessionTimeout = time),
                Rows.flag("sessionResume", "Lets sessions be resumed.", (s, yes) -> s.resumes = yes));
    }

    private static void securityLevel(Line.Option option, Service service, Global global, Reading reading) {
        Values.number(option, reading).ifPresent(level -> {
            if (level <= HIGHEST_LEVEL) {
                reading.note(option, "say what is allowed with ciphers, curves and sslVersionMin");
            } else {
                reading.problems()
                        .error(
                                "stunnel.unsupported",
                                option.valueSpan(),
                                "\"securityLevel\" above 2 is not supported by Fairlead",
                                "say what is allowed with ciphers, curves and sslVersionMin");
            }
        });
    }

    private static void verify(Line.Option option, Service service, Global global, Reading reading) {
        Optional<Integer> level = Values.number(option, reading);
        if (level.isEmpty()) {
            return;
        }
        if (level.get() > 4) {
            reading.wrong(option, "Bad verify level", "0 to 4");
            return;
        }
        int value = level.get();
        service.asksForCert = true;
        service.requireCert = value >= 2;
        service.verifyChain = Optional.of(new Given<>(value >= 1 && value <= 3, option.span()));
        service.verifyPeer = Optional.of(new Given<>(value >= 3, option.span()));
    }

    private static void options(Line.Option option, Service service, Global global, Reading reading) {
        boolean isOff = option.value().startsWith("-");
        String name = isOff ? option.value().substring(1) : option.value();
        String known = name.toUpperCase(Locale.ROOT);
        TlsVersion version = EXCLUDED.get(known);
        if (version != null) {
            service.excluded.remove(version);
            if (!isOff) {
                service.excluded.add(version);
            }
        } else if (known.equals("NO_TICKET")) {
            service.tickets = isOff;
        } else if (!OF_OPENSSL.contains(known)) {
            reading.wrong(option, "Illegal TLS option", "for example NO_SSLv3, NO_TLSv1_1 or NO_TICKET");
        } else if (!known.equals("NO_SSLV2") && !known.equals("NO_COMPRESSION")) {
            reading.note(option, "this option of OpenSSL is not set here");
        }
    }
}
