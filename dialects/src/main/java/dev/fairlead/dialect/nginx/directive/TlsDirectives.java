package dev.fairlead.dialect.nginx.directive;

import static dev.fairlead.dialect.nginx.directive.Rows.HTTP_SERVER;

import dev.fairlead.dialect.Arity;
import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.nginx.scope.Assembly;
import dev.fairlead.dialect.nginx.scope.Compilation;
import dev.fairlead.dialect.nginx.scope.Context;
import dev.fairlead.dialect.nginx.scope.Group;
import dev.fairlead.dialect.nginx.scope.Level;
import dev.fairlead.dialect.nginx.scope.Setter;
import dev.fairlead.dialect.nginx.scope.Setting;
import dev.fairlead.dialect.nginx.syntax.Statement;
import dev.fairlead.dialect.nginx.syntax.Word;
import dev.fairlead.dialect.nginx.value.Numbers;
import dev.fairlead.dialect.nginx.variable.Templates;
import dev.fairlead.model.tls.TlsIdentity;
import dev.fairlead.model.tls.TlsIdentity.ClientAuth;
import dev.fairlead.model.tls.TlsServer;
import dev.fairlead.model.tls.TlsVersion;
import dev.fairlead.source.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// TLS towards clients.
public final class TlsDirectives {
    static final Map<String, Set<TlsVersion>> VERSIONS = Map.of(
            "SSLv2", Set.of(),
            "SSLv3", Set.of(TlsVersion.SSL_3),
            "TLSv1", Set.of(TlsVersion.TLS_1_0),
            "TLSv1.1", Set.of(TlsVersion.TLS_1_1),
            "TLSv1.2", Set.of(TlsVersion.TLS_1_2),
            "TLSv1.3", Set.of(TlsVersion.TLS_1_3));
    static final Set<TlsVersion> DEFAULT_VERSIONS =
            Set.copyOf(EnumSet.of(TlsVersion.TLS_1_0, TlsVersion.TLS_1_1, TlsVersion.TLS_1_2));

    private static final int CACHE_BYTES_PER_SESSION = 256;

    private static final Setting<List<Word>> CERTIFICATES = Setting.of(Group.TLS, List.of());
    private static final Setting<List<Word>> KEYS = Setting.of(Group.TLS, List.of());
    private static final Setting<Optional<Word>> PASSWORDS = Setting.of(Group.TLS, Optional.empty());
    private static final Setting<Set<TlsVersion>> PROTOCOLS = Setting.of(Group.TLS, DEFAULT_VERSIONS);
    private static final Setting<Optional<Word>> CIPHERS = Setting.of(Group.TLS, Optional.empty());
    private static final Setting<Optional<Word>> CURVES = Setting.of(Group.TLS, Optional.empty());
    private static final Setting<Integer> CACHE_ENTRIES = Setting.of(Group.TLS, 0);
    private static final Setting<Duration> SESSION_TIMEOUT = Setting.of(Group.TLS, Duration.ofMinutes(5));
    private static final Setting<Boolean> TICKETS = Setting.of(Group.TLS, true);
    private static final Setting<List<Word>> TICKET_KEYS = Setting.of(Group.TLS, List.of());
    private static final Setting<Optional<Word>> CLIENT_AUTHORITIES = Setting.of(Group.TLS, Optional.empty());
    private static final Setting<Optional<Word>> TRUSTED = Setting.of(Group.TLS, Optional.empty());
    private static final Setting<Optional<Word>> REVOCATIONS = Setting.of(Group.TLS, Optional.empty());
    private static final Setting<ClientAuth.Mode> VERIFY = Setting.of(Group.TLS, ClientAuth.Mode.NONE);
    private static final Setting<Integer> DEPTH = Setting.of(Group.TLS, 1);
    private static final Setting<Boolean> REJECT = Setting.of(Group.TLS, false);
    private static final Setting<Boolean> ALL_LISTENS = Setting.of(Group.TLS, false);

    private static final Set<Context> PLACES = Rows.andStream(HTTP_SERVER);

    private TlsDirectives() {}

    static List<Directive<Context, Setter>> rows() {
        return Rows.join(identity(), session(), clients());
    }

    private static List<Directive<Context, Setter>> identity() {
        return List.of(
                Rows.row(
                        "ssl",
                        HTTP_SERVER,
                        Arity.exactly(1),
                        "Speaks TLS on every listen of the server; old form of the listen parameter.",
                        TlsDirectives::ssl),
                file("ssl_certificate", CERTIFICATES, "Names a certificate chain; several for several key types."),
                file("ssl_certificate_key", KEYS, "Names the private key of a certificate."),
                Rows.literal("ssl_password_file", PLACES, PASSWORDS, "Names the file with passphrases of keys."),
                Rows.bits("ssl_protocols", PLACES, PROTOCOLS, VERSIONS, "Says which protocol versions are spoken."),
                Rows.literal("ssl_ciphers", PLACES, CIPHERS, "Lists ciphers in OpenSSL's form."),
                Rows.literal("ssl_ecdh_curve", PLACES, CURVES, "Lists key-exchange groups."),
                Rows.flag("ssl_reject_handshake", HTTP_SERVER, REJECT, "Refuses TLS for this server's names."));
    }

    private static List<Directive<Context, Setter>> session() {
        return List.of(
                Rows.row(
                        "ssl_session_cache",
                        PLACES,
                        Arity.between(1, 2),
                        "Keeps sessions on the server.",
                        TlsDirectives::sessionCache),
                Rows.seconds("ssl_session_timeout", PLACES, SESSION_TIMEOUT, "Says how long a session may be resumed."),
                Rows.flag("ssl_session_tickets", PLACES, TICKETS, "Lets clients keep sessions as tickets."),
                file(
                        "ssl_session_ticket_key",
                        TICKET_KEYS,
                        "Names a file with a key for tickets; the first encrypts."));
    }

    private static List<Directive<Context, Setter>> clients() {
        return List.of(
                Rows.choice(
                        "ssl_verify_client",
                        PLACES,
                        VERIFY,
                        Map.of(
                                "off", ClientAuth.Mode.NONE,
                                "on", ClientAuth.Mode.REQUIRED,
                                "optional", ClientAuth.Mode.OPTIONAL,
                                "optional_no_ca", ClientAuth.Mode.OPTIONAL_UNVERIFIED),
                        "Asks clients for a certificate."),
                Rows.number("ssl_verify_depth", PLACES, DEPTH, "Bounds the chain of clients' certificates."),
                Rows.literal(
                        "ssl_client_certificate",
                        PLACES,
                        CLIENT_AUTHORITIES,
                        "Names the authorities of clients' certificates; their names are announced."),
                Rows.literal(
                        "ssl_trusted_certificate",
                        PLACES,
                        TRUSTED,
                        "Names further authorities that are not announced."),
                Rows.literal("ssl_crl", PLACES, REVOCATIONS, "Names the list of revoked certificates."));
    }

    private static Directive<Context, Setter> file(String name, Setting<List<Word>> setting, String doc) {
        return Rows.row(name, PLACES, Arity.exactly(1), doc, (statement, level, c) -> {
            Word word = statement.arg(0);
            if (Templates.hasVariables(word) || word.text().matches("(data|engine):.*")) {
                c.problems()
                        .error(
                                "nginx.unsupported",
                                word.span(),
                                "variables, data: and engine: in \"" + name
                                        + "\" are not supported by Fairlead: name a file");
                return;
            }
            level.append(setting, word, statement.span());
        });
    }

    private static void ssl(Statement statement, Level level, Compilation c) {
        c.problems()
                .warning(
                        "nginx.deprecated",
                        statement.span(),
                        "the \"ssl\" directive is deprecated, use the \"listen ... ssl\" directive instead");
        boolean on = statement.arg(0).is("on");
        if (!on && !statement.arg(0).is("off")) {
            c.value(
                    statement.arg(0),
                    "invalid value \"" + statement.arg(0) + "\" in \"ssl\" directive, it must be \"on\" or \"off\"");
            return;
        }
        c.set(statement, level, ALL_LISTENS, on);
    }

    private static void sessionCache(Statement statement, Level level, Compilation c) {
        int entries = 0;
        for (Word word : statement.args()) {
            String text = word.text();
            if (text.equals("off") || text.equals("none")) {
                continue;
            }
            boolean builtin = text.equals("builtin") || text.startsWith("builtin:");
            boolean shared = text.startsWith("shared:");
            String size = text.substring(text.lastIndexOf(':') + 1);
            Optional<Integer> count = Optional.empty();
            if (builtin) {
                count = text.equals("builtin") ? Optional.of(20480) : Numbers.parseInt(size);
            } else if (shared && text.matches("shared:[^:]+:[^:]+")) {
                count = Rows.smallSize(size).map(bytes -> bytes / CACHE_BYTES_PER_SESSION);
            }
            if (count.isEmpty()) {
                c.value(word, "invalid session cache \"" + word + "\"", "for example shared:SSL:10m");
                return;
            }
            entries = Math.max(entries, count.get());
        }
        c.set(statement, level, CACHE_ENTRIES, entries);
    }

    /// Whether the old `ssl on` makes every listen of a server speak TLS.
    public static boolean allListens(Level server) {
        return server.value(ALL_LISTENS);
    }

    /// What a server offers; empty if it names no certificate.
    public static Optional<TlsServer> build(Level level, Assembly assembly) {
        List<Word> certificates = level.value(CERTIFICATES);
        if (certificates.isEmpty() && !level.value(REJECT)) {
            return Optional.empty();
        }
        return Optional.of(new TlsServer(
                identities(level, assembly),
                level.value(PROTOCOLS),
                CipherChecks.checked(level.value(CIPHERS), assembly),
                curves(level, assembly),
                level.value(CACHE_ENTRIES),
                level.value(SESSION_TIMEOUT),
                level.value(TICKETS),
                level.value(TICKET_KEYS).stream()
                        .map(word -> path(word, assembly))
                        .toList(),
                clientAuth(level, assembly),
                level.value(REJECT),
                certificates.isEmpty() ? level.origin(REJECT) : level.origin(CERTIFICATES)));
    }

    /// A group that the TLS library lacks is left out where there are others.
    private static List<String> curves(Level level, Assembly assembly) {
        Optional<Word> given = level.value(CURVES).filter(word -> !word.is("auto"));
        if (given.isEmpty()) {
            return List.of();
        }
        List<String> all = List.of(given.get().text().split(":", -1));
        List<String> known = all.stream().filter(name -> !name.equals("X448")).toList();
        if (known.isEmpty() || known.size() == all.size()) {
            return all;
        }
        assembly.problems()
                .warning("nginx.curve", given.get().span(), "the group X448 is not offered: the TLS library lacks it");
        return known;
    }

    private static List<TlsIdentity> identities(Level level, Assembly assembly) {
        List<Word> certificates = level.value(CERTIFICATES);
        List<Word> keys = level.value(KEYS);
        List<String> passwords = level.value(PASSWORDS)
                .map(word -> List.of(path(word, assembly)))
                .orElse(List.of());
        List<TlsIdentity> identities = new ArrayList<>();
        for (int i = 0; i < certificates.size(); i++) {
            Word certificate = certificates.get(i);
            if (i >= keys.size()) {
                assembly.problems()
                        .error(
                                "nginx.no-key",
                                certificate.span(),
                                "no \"ssl_certificate_key\" is defined for certificate \"" + certificate + "\"",
                                "name the private key with ssl_certificate_key");
                break;
            }
            identities.add(new TlsIdentity(
                    path(certificate, assembly), path(keys.get(i), assembly), passwords, certificate.span()));
        }
        return identities;
    }

    private static Optional<ClientAuth> clientAuth(Level level, Assembly assembly) {
        ClientAuth.Mode mode = level.value(VERIFY);
        if (mode == ClientAuth.Mode.NONE) {
            return Optional.empty();
        }
        Span origin = level.origin(VERIFY);
        boolean needed = mode != ClientAuth.Mode.OPTIONAL_UNVERIFIED;
        if (needed && level.value(CLIENT_AUTHORITIES).isEmpty()) {
            assembly.problems()
                    .error(
                            "nginx.no-client-authorities",
                            origin,
                            "no ssl_client_certificate for ssl_verify_client",
                            "name the authorities with ssl_client_certificate");
        }
        return Optional.of(new ClientAuth(
                mode,
                level.value(CLIENT_AUTHORITIES).map(word -> path(word, assembly)),
                level.value(TRUSTED).map(word -> path(word, assembly)),
                level.value(REVOCATIONS).map(word -> path(word, assembly)),
                level.value(DEPTH),
                origin));
    }

    private static String path(Word word, Assembly assembly) {
        return assembly.environment().conf(word.text());
    }
}
