package dev.fairlead.dialect.nginx.directive;

import static dev.fairlead.dialect.nginx.directive.Rows.HTTP_SERVER_LOCATION;

import dev.fairlead.dialect.Arity;
import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.nginx.scope.Assembly;
import dev.fairlead.dialect.nginx.scope.Context;
import dev.fairlead.dialect.nginx.scope.Group;
import dev.fairlead.dialect.nginx.scope.Level;
import dev.fairlead.dialect.nginx.scope.Setter;
import dev.fairlead.dialect.nginx.scope.Setting;
import dev.fairlead.dialect.nginx.syntax.Word;
import dev.fairlead.dialect.nginx.variable.Templates;
import dev.fairlead.model.tls.TlsClient;
import dev.fairlead.model.tls.TlsIdentity;
import dev.fairlead.model.tls.TlsVersion;
import dev.fairlead.source.Span;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// TLS towards other servers.
final class ProxyTlsDirectives {
    private static final Setting<Set<TlsVersion>> PROTOCOLS = Setting.of(Group.PROXY, TlsDirectives.DEFAULT_VERSIONS);
    private static final Setting<Optional<Word>> CIPHERS = Setting.of(Group.PROXY, Optional.empty());
    private static final Setting<Optional<Word>> CERTIFICATE = Setting.of(Group.PROXY, Optional.empty());
    private static final Setting<Optional<Word>> KEY = Setting.of(Group.PROXY, Optional.empty());
    private static final Setting<Optional<Word>> PASSWORDS = Setting.of(Group.PROXY, Optional.empty());
    private static final Setting<Optional<Word>> TRUSTED = Setting.of(Group.PROXY, Optional.empty());
    private static final Setting<Optional<Word>> REVOCATIONS = Setting.of(Group.PROXY, Optional.empty());
    private static final Setting<Boolean> VERIFY = Setting.of(Group.PROXY, false);
    private static final Setting<Integer> DEPTH = Setting.of(Group.PROXY, 1);
    private static final Setting<Optional<Word>> NAME = Setting.of(Group.PROXY, Optional.empty());
    private static final Setting<Boolean> SERVER_NAME = Setting.of(Group.PROXY, false);

    private static final Set<Context> PLACES = Rows.andStream(HTTP_SERVER_LOCATION);

    private ProxyTlsDirectives() {}

    static List<Directive<Context, Setter>> rows() {
        return List.of(
                Rows.bits(
                        "proxy_ssl_protocols",
                        PLACES,
                        PROTOCOLS,
                        TlsDirectives.VERSIONS,
                        "Says which protocol versions are spoken to the other server."),
                Rows.literal("proxy_ssl_ciphers", PLACES, CIPHERS, "Lists ciphers in OpenSSL's form."),
                file("proxy_ssl_certificate", PLACES, CERTIFICATE, "Names the certificate shown to the other server."),
                file("proxy_ssl_certificate_key", PLACES, KEY, "Names its private key."),
                Rows.literal("proxy_ssl_password_file", PLACES, PASSWORDS, "Names the file with passphrases."),
                Rows.literal(
                        "proxy_ssl_trusted_certificate",
                        PLACES,
                        TRUSTED,
                        "Names the authorities that the other server is checked against."),
                Rows.literal("proxy_ssl_crl", PLACES, REVOCATIONS, "Names the list of revoked certificates."),
                Rows.flag("proxy_ssl_verify", PLACES, VERIFY, "Checks the other server's certificate."),
                Rows.number("proxy_ssl_verify_depth", PLACES, DEPTH, "Bounds its chain."),
                Rows.text("proxy_ssl_name", PLACES, NAME, "Sets the name checked and sent."),
                Rows.flag("proxy_ssl_server_name", PLACES, SERVER_NAME, "Sends the name (SNI)."));
    }

    private static Directive<Context, Setter> file(
            String name, Set<Context> contexts, Setting<Optional<Word>> setting, String doc) {
        return Rows.row(name, contexts, Arity.exactly(1), doc, (statement, level, c) -> {
            Word word = c.text(statement.arg(0));
            if (Templates.hasVariables(word)) {
                c.problems()
                        .error(
                                "nginx.unsupported",
                                word.span(),
                                "variables in \"" + name + "\" are not supported by Fairlead: name a file");
                return;
            }
            c.set(statement, level, setting, Optional.of(word));
        });
    }

    static TlsClient build(Level level, Assembly assembly, Span origin) {
        if (level.value(VERIFY) && level.value(TRUSTED).isEmpty()) {
            assembly.problems()
                    .error(
                            "nginx.no-trusted",
                            level.origin(VERIFY),
                            "no proxy_ssl_trusted_certificate for proxy_ssl_verify",
                            "name the authorities with proxy_ssl_trusted_certificate");
        }
        return new TlsClient(
                level.value(PROTOCOLS),
                CipherChecks.checked(level.value(CIPHERS), assembly),
                identity(level, assembly),
                level.value(TRUSTED).map(word -> path(word, assembly)),
                level.value(REVOCATIONS).map(word -> path(word, assembly)),
                level.value(VERIFY),
                level.value(DEPTH),
                level.value(NAME).map(assembly.templates()::template),
                level.value(SERVER_NAME),
                origin);
    }

    private static Optional<TlsIdentity> identity(Level level, Assembly assembly) {
        Optional<Word> certificate = level.value(CERTIFICATE);
        if (certificate.isEmpty()) {
            return Optional.empty();
        }
        Optional<Word> key = level.value(KEY);
        if (key.isEmpty()) {
            assembly.problems()
                    .error(
                            "nginx.no-key",
                            level.origin(CERTIFICATE),
                            "no \"proxy_ssl_certificate_key\" is defined for certificate \"" + certificate.get()
                                    + "\"");
            return Optional.empty();
        }
        List<String> passwords = level.value(PASSWORDS)
                .map(word -> List.of(path(word, assembly)))
                .orElse(List.of());
        return Optional.of(new TlsIdentity(
                path(certificate.get(), assembly), path(key.get(), assembly), passwords, level.origin(CERTIFICATE)));
    }

    private static String path(Word word, Assembly assembly) {
        return assembly.environment().conf(word.text());
    }
}
