package dev.fairlead.dialect.haproxy.build.bind;

import dev.fairlead.dialect.Ciphers;
import dev.fairlead.dialect.haproxy.build.workshop.Parameters;
import dev.fairlead.dialect.haproxy.build.workshop.Workshop;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.tls.PeerChecks;
import dev.fairlead.model.tls.TlsClient;
import dev.fairlead.model.tls.TlsIdentity;
import dev.fairlead.model.tls.TlsIdentity.ClientAuth;
import dev.fairlead.model.tls.TlsServer;
import dev.fairlead.model.tls.TlsVersion;
import dev.fairlead.source.Span;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// TLS of `bind ... ssl` and `server ... ssl`.
public final class Tls {
    static final Map<String, TlsVersion> VERSIONS = new TreeMap<>(Map.of(
            "SSLv3", TlsVersion.SSL_3,
            "TLSv1.0", TlsVersion.TLS_1_0,
            "TLSv1.1", TlsVersion.TLS_1_1,
            "TLSv1.2", TlsVersion.TLS_1_2,
            "TLSv1.3", TlsVersion.TLS_1_3));
    private static final Map<String, TlsVersion> WORDS = Map.of(
            "sslv3", TlsVersion.SSL_3,
            "tlsv10", TlsVersion.TLS_1_0,
            "tlsv11", TlsVersion.TLS_1_1,
            "tlsv12", TlsVersion.TLS_1_2,
            "tlsv13", TlsVersion.TLS_1_3);
    private static final List<String> SUITES =
            List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");
    private static final int CACHED_SESSIONS = 20_000;
    private static final Duration SESSION_LIFE = Duration.ofMinutes(5);
    private static final int DEPTH = 9;

    private final Workshop workshop;

    public Tls(Workshop workshop) {
        this.workshop = workshop;
    }

    Optional<TlsServer> server(Parameters given, Proxy front, Span at) {
        Set<TlsVersion> versions = versions(given, "ssl-default-bind-options");
        List<TlsIdentity> identities = new Certificates(workshop, versions).of(given);
        if (identities.isEmpty()) {
            workshop.problems()
                    .error(
                            "haproxy.no-certificate",
                            at,
                            "'bind " + at.text() + "' : no SSL certificate specified in "
                                    + front.section().shown(),
                            "name a file with certificate and key: ssl crt /etc/haproxy/site.pem");
            return Optional.empty();
        }
        checkSuites(given, "ssl-default-bind-ciphersuites", versions);
        return Optional.of(new TlsServer(
                identities,
                versions,
                ciphers(given, "ssl-default-bind-ciphers", at),
                curves(given),
                CACHED_SESSIONS,
                SESSION_LIFE,
                !given.has("no-tls-tickets")
                        && !options("ssl-default-bind-options").contains("no-tls-tickets"),
                given.values("tls-ticket-keys").stream()
                        .map(word -> workshop.path(word, ""))
                        .toList(),
                clientAuth(given, at),
                false,
                given.has("strict-sni"),
                at));
    }

    /// Suites of TLS 1.3 cannot be left out: what asks for that is refused.
    private void checkSuites(Parameters given, String defaults, Set<TlsVersion> versions) {
        Optional<Word> own = given.find("ciphersuites").map(Parameters.Given::value);
        own.or(() -> workshop.globals().last(defaults).map(entry -> entry.arg(0)))
                .filter(list -> versions.contains(TlsVersion.TLS_1_3))
                .filter(list -> !List.of(list.text().split(":", -1)).containsAll(SUITES))
                .ifPresent(list -> workshop.problems()
                        .error(
                                "haproxy.refused",
                                list.span(),
                                "'" + (own.isPresent() ? "ciphersuites" : defaults) + " " + list.text()
                                        + "' is not supported: suites of TLS 1.3 cannot be left out",
                                "without it, or with all of " + String.join(":", SUITES)));
    }

    /// @param at the line that speaks TLS, which is what HAProxy complains of
    private Optional<String> ciphers(Parameters given, String defaults, Span at) {
        Optional<Word> list = given.find("ciphers")
                .map(Parameters.Given::value)
                .or(() -> workshop.globals().last(defaults).map(entry -> entry.arg(0)));
        list.ifPresent(word -> Ciphers.look(
                word.text(),
                word.span(),
                "haproxy.ciphers",
                "unable to set SSL cipher list to '" + word.text() + "' for '" + at.text() + "'",
                workshop.problems()));
        return list.map(Word::text);
    }

    private List<String> curves(Parameters given) {
        Optional<String> curves = text(given, "curves")
                .or(() -> text(given, "ecdhe"))
                .or(() -> workshop.globals().text("ssl-default-bind-curves"));
        return curves.map(text -> Arrays.asList(text.split(":", -1))).orElse(List.of());
    }

    private static TlsIdentity identity(String path, Span at) {
        return new TlsIdentity(path, path, List.of(), at);
    }

    private Optional<ClientAuth> clientAuth(Parameters given, Span at) {
        checkWord(given, "verify", List.of("none", "optional", "required"));
        String verify = text(given, "verify").orElse("none");
        ClientAuth.Mode mode = switch (verify) {
            case "required" -> letsIn(given) ? ClientAuth.Mode.REQUIRED_UNVERIFIED : ClientAuth.Mode.REQUIRED;
            case "optional" -> letsIn(given) ? ClientAuth.Mode.OPTIONAL_UNVERIFIED : ClientAuth.Mode.OPTIONAL;
            default -> ClientAuth.Mode.NONE;
        };
        if (mode == ClientAuth.Mode.NONE) {
            return Optional.empty();
        }
        if (!given.has("ca-file") && !given.has("ca-verify-file")) {
            workshop.problems()
                    .error(
                            "haproxy.no-ca",
                            at,
                            "'verify " + verify + "' needs a 'ca-file' to check certificates against");
        }
        return Optional.of(new ClientAuth(
                mode,
                path(given, "ca-file"),
                path(given, "ca-verify-file"),
                path(given, "crl-file"),
                DEPTH,
                true,
                PeerChecks.CHAIN,
                at));
    }

    /// Whether clients are let in whatever is wrong with their certificates, and rules judge.
    private boolean letsIn(Parameters given) {
        given.find("crt-ignore-err")
                .filter(list -> !list.value().is("all"))
                .ifPresent(list -> workshop.problems()
                        .warning(
                                "haproxy.without-effect",
                                list.word().span(),
                                "'crt-ignore-err' with numbers has no effect: certificates are refused for any error",
                                "crt-ignore-err all, and rules that look at ssl_c_verify"));
        return text(given, "crt-ignore-err").filter("all"::equals).isPresent();
    }

    /// @param name what SNI says, where `sni` says so
    public TlsClient client(Parameters given, Optional<Template> name, Span at) {
        checkWord(given, "verify", List.of("none", "required"));
        boolean isUsual =
                workshop.globals().text("ssl-server-verify").orElse("required").equals("required");
        boolean verify =
                text(given, "verify").map(word -> word.equals("required")).orElse(isUsual);
        Optional<Template> checked = name.or(() -> text(given, "verifyhost").map(host -> Template.constant(host, at)));
        if (verify && !given.has("ca-file")) {
            workshop.problems()
                    .error(
                            "haproxy.no-ca",
                            at,
                            "verify is enabled by default but no CA file specified",
                            "ca-file /etc/ssl/certs/ca-certificates.crt, or verify none to trust any certificate");
        }
        Set<TlsVersion> versions = versions(given, "ssl-default-server-options");
        checkSuites(given, "ssl-default-server-ciphersuites", versions);
        return new TlsClient(
                versions,
                ciphers(given, "ssl-default-server-ciphers", at),
                given.values("crt").stream()
                        .findFirst()
                        .map(word -> identity(workshop.path(word, "crt-base"), word.span())),
                path(given, "ca-file"),
                path(given, "crl-file"),
                verify,
                DEPTH,
                checked,
                name.isPresent(),
                verify && checked.isPresent(),
                PeerChecks.CHAIN,
                List.of(),
                List.of(),
                at);
    }

    private Optional<String> path(Parameters given, String name) {
        return given.find(name).map(parameter -> workshop.path(parameter.value(), "ca-base"));
    }

    private static Optional<String> text(Parameters given, String name) {
        return given.find(name).map(parameter -> parameter.value().text());
    }

    private List<String> options(String keyword) {
        return workshop.globals().last(keyword).map(Entry::args).orElse(List.of()).stream()
                .map(Word::text)
                .toList();
    }

    private Set<TlsVersion> versions(Parameters given, String defaults) {
        EnumSet<TlsVersion> versions = EnumSet.of(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3);
        List<String> usual = options(defaults);
        for (int i = 0; i < usual.size(); i++) {
            String next = i + 1 < usual.size() ? usual.get(i + 1) : "";
            apply(usual.get(i), next, versions);
        }
        checkVersion(given, "ssl-min-ver");
        checkVersion(given, "ssl-max-ver");
        given.find("ssl-min-ver")
                .ifPresent(word -> apply("ssl-min-ver", word.value().text(), versions));
        given.find("ssl-max-ver")
                .ifPresent(word -> apply("ssl-max-ver", word.value().text(), versions));
        WORDS.keySet().stream().sorted().forEach(version -> {
            if (given.has("no-" + version)) {
                apply("no-" + version, "", versions);
            }
            if (given.has("force-" + version)) {
                apply("force-" + version, "", versions);
            }
        });
        return Set.copyOf(versions);
    }

    private void checkVersion(Parameters given, String name) {
        given.find(name)
                .map(Parameters.Given::value)
                .filter(word -> !VERSIONS.containsKey(word.text()))
                .ifPresent(word -> workshop.problems()
                        .error(
                                "haproxy.tls-version",
                                word.span(),
                                "'" + name + "' does not know '" + word.text() + "'",
                                "one of " + String.join(", ", VERSIONS.keySet())));
    }

    /// @param known the words that may stand there
    private void checkWord(Parameters given, String name, List<String> known) {
        given.find(name)
                .map(Parameters.Given::value)
                .filter(word -> !known.contains(word.text()))
                .ifPresent(word -> workshop.problems()
                        .error(
                                "haproxy.verify",
                                word.span(),
                                "'" + name + "' : unknown verify method '" + word.text() + "'",
                                "one of " + String.join(", ", known)));
    }

    private static void apply(String option, String value, EnumSet<TlsVersion> versions) {
        TlsVersion named = VERSIONS.get(value);
        if (option.equals("ssl-min-ver") && named != null) {
            versions.addAll(EnumSet.range(named, TlsVersion.TLS_1_3));
            versions.removeIf(version -> version.compareTo(named) < 0);
        } else if (option.equals("ssl-max-ver") && named != null) {
            versions.removeIf(version -> version.compareTo(named) > 0);
            if (versions.isEmpty()) {
                versions.add(named);
            }
        } else if (option.startsWith("no-") && WORDS.containsKey(option.substring(3))) {
            versions.remove(WORDS.get(option.substring(3)));
        } else if (option.startsWith("force-") && WORDS.containsKey(option.substring(6))) {
            versions.clear();
            versions.add(WORDS.get(option.substring(6)));
        }
    }
}
