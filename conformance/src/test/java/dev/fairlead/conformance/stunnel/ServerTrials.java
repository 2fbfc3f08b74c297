package dev.fairlead.conformance.stunnel;

import dev.fairlead.conformance.stunnel.Trial.Visit;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Services that speak TLS to clients.
final class ServerTrials {
    private static final String HEAD = """
            cert = {certs}/server-all.pem
            [service]
            accept = 127.0.0.1:{A}
            """;
    private static final Visit HELLO = scene -> Client.tls(scene.port(), scene.nobody(), "", "hello\nbye\n");

    private ServerTrials() {}

    static List<Trial> all() {
        return List.of(
                Trial.of("bytes go both ways", HEAD + "connect = 127.0.0.1:{plain}\n", HELLO, HELLO),
                Trial.of(
                        "much goes both ways",
                        HEAD + "connect = 127.0.0.1:{plain}\n",
                        scene -> Client.tls(scene.port(), scene.nobody(), "", "x".repeat(50_000) + "\nbye\n")),
                Trial.of("a server that is not there", HEAD + "connect = 127.0.0.1:{nobody}\n", HELLO),
                Trial.of(
                        "the next server when one is not there",
                        HEAD + "connect = 127.0.0.1:{nobody}\nconnect = 127.0.0.1:{plain}\n",
                        HELLO,
                        HELLO),
                Trial.of(
                        "servers by priority",
                        HEAD + "connect = 127.0.0.1:{plain}\nconnect = 127.0.0.1:{second}\nfailover = prio\n",
                        HELLO,
                        HELLO,
                        HELLO),
                Trial.of(
                        "servers without a word about failover",
                        HEAD + "connect = 127.0.0.1:{plain}\nconnect = 127.0.0.1:{second}\n",
                        HELLO,
                        HELLO,
                        HELLO),
                Trial.of(
                        "servers in turn",
                        HEAD + "connect = 127.0.0.1:{plain}\nconnect = 127.0.0.1:{second}\nfailover = rr\n",
                        times(4)),
                Trial.of(
                        "servers in turn, one of which is not there",
                        HEAD
                                + "connect = 127.0.0.1:{plain}\nconnect = 127.0.0.1:{nobody}\nconnect = 127.0.0.1:{second}\n"
                                + "failover = rr\n",
                        times(3)),
                Trial.of("a server at a unix socket", HEAD + "connect = {unix}\n", HELLO),
                Trial.of(
                        "connections from another address",
                        HEAD + "connect = 127.0.0.1:{plain}\nlocal = 127.0.0.9\n",
                        HELLO),
                Trial.of(
                        "a port alone", "cert = {certs}/server-all.pem\n[s]\naccept = {A}\nconnect = {plain}\n", HELLO),
                Trial.of(
                        "names of options in any case",
                        "CERT = {certs}/server-all.pem\n[s]\nAccept = 127.0.0.1:{A}\nCONNECT = 127.0.0.1:{plain}\n",
                        HELLO),
                Trial.of(
                        "comments and space",
                        "; one\n# two\n  cert={certs}/server-all.pem  \n\n [s] \naccept   =   127.0.0.1:{A}\n"
                                + "\tconnect=127.0.0.1:{plain}\n",
                        HELLO),
                Trial.of(
                        "a key of its own file",
                        "[s]\ncert = {certs}/second.pem\nkey = {certs}/second.key\naccept = 127.0.0.1:{A}\n"
                                + "connect = 127.0.0.1:{plain}\n",
                        HELLO),
                Trial.of(
                        "an RSA key",
                        "[s]\ncert = {certs}/rsa-all.pem\naccept = 127.0.0.1:{A}\nconnect = 127.0.0.1:{plain}\n",
                        HELLO),
                Trial.of(
                        "two services",
                        "cert = {certs}/server-all.pem\n[one]\naccept = 127.0.0.1:{A}\nconnect = 127.0.0.1:{plain}\n[two]\n"
                                + "cert = {certs}/second-all.pem\naccept = 127.0.0.1:{B}\nconnect = 127.0.0.1:{second}\n",
                        HELLO,
                        scene -> Client.tls(scene.otherPort(), scene.nobody(), "", "hello\nbye\n")),
                Trial.of(
                        "silence",
                        HEAD + "connect = 127.0.0.1:{plain}\nTIMEOUTidle = 1\n",
                        scene -> Client.tls(scene.port(), scene.nobody(), "", "hello\n")),
                Trial.of(
                        "silence, closed without a reset",
                        HEAD + "connect = 127.0.0.1:{plain}\nTIMEOUTidle = 1\nreset = no\n",
                        scene -> Client.tls(scene.port(), scene.nobody(), "", "hello\n")),
                Trial.of(
                        "a client without TLS",
                        HEAD + "connect = 127.0.0.1:{plain}\n",
                        scene -> Client.plain(scene.port(), "GET / HTTP/1.0\r\n\r\n")),
                Trial.of(
                        "PROXY protocol",
                        HEAD + "connect = 127.0.0.1:{plain}\nprotocol = proxy\n",
                        scene -> Client.tls(scene.port(), scene.nobody(), "", "hello\nbye\n")
                                .replaceAll("127.0.0.1 [0-9]+ [0-9]+", "127.0.0.1 PORT PORT")),
                versions("TLSv1.2 only", "sslVersion = TLSv1.2\n"),
                versions("TLSv1.3 only", "sslVersion = TLSv1.3\n"),
                versions("TLSv1.3 at least", "sslVersionMin = TLSv1.3\n"),
                versions("TLSv1.2 at most", "sslVersionMax = TLSv1.2\n"),
                versions("all versions", "sslVersion = all\n"),
                versions("no TLSv1.3", "options = NO_TLSv1_3\n"),
                Trial.of(
                        "a list of ciphers",
                        HEAD + "connect = 127.0.0.1:{plain}\nciphers = ECDHE-ECDSA-AES256-GCM-SHA384\n",
                        scene -> Client.tls(
                                scene.port(),
                                scene.nobody(),
                                "",
                                "bye\n",
                                "TLSv1.2",
                                "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                                "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"),
                        scene -> Client.tls(
                                scene.port(),
                                scene.nobody(),
                                "",
                                "bye\n",
                                "TLSv1.2",
                                "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256")),
                Trial.of(
                        "a list of groups for key exchange",
                        HEAD + "connect = 127.0.0.1:{plain}\ncurves = P-384:P-521\n",
                        scene -> Client.tls(scene.port(), scene.nobody(), "", "bye\n", "secp256r1"),
                        scene -> Client.tls(scene.port(), scene.nobody(), "", "bye\n", "secp256r1", "secp521r1"),
                        scene -> Client.tls(scene.port(), scene.nobody(), "", "bye\n", "TLSv1.2", "secp256r1"),
                        scene -> Client.tls(scene.port(), scene.nobody(), "", "bye\n", "TLSv1.2", "secp384r1")),
                Trial.of(
                        "sockets that are tuned, sessions that are not resumed",
                        HEAD + "connect = 127.0.0.1:{plain}\nsocket = l:TCP_NODELAY=1\nsocket = r:SO_KEEPALIVE=1\n"
                                + "sessionResume = no\noptions = NO_TICKET\nTIMEOUTconnect = 3\nTIMEOUTclose = 2\n",
                        HELLO,
                        HELLO),
                Trial.of(
                        "sessions that are kept for a while",
                        HEAD + "connect = 127.0.0.1:{plain}\nsessionCacheSize = 10\nsessionCacheTimeout = 60\n",
                        HELLO,
                        scene -> Client.tls(scene.port(), scene.nobody(), "", "hello\nbye\n", "TLSv1.2"),
                        HELLO),
                Trial.of(
                        "a host by its name",
                        "cert = {certs}/server-all.pem\n[s]\naccept = localhost:{A}\nconnect = localhost:{plain}\n",
                        HELLO),
                Trial.of(
                        "a client that says nothing",
                        HEAD + "connect = 127.0.0.1:{plain}\nTIMEOUTbusy = 1\n",
                        scene -> Client.plain(scene.port(), "")),
                names(),
                Trial.of(
                        "certificates for one server name alone",
                        """
                        cert = {certs}/server-all.pem
                        [main]
                        accept = 127.0.0.1:{A}
                        connect = 127.0.0.1:{plain}
                        [closed]
                        sni = main:closed.example
                        CAfile = {certs}/ca.pem
                        verifyChain = yes
                        requireCert = yes
                        connect = 127.0.0.1:{second}
                        """,
                        named("open.example"),
                        named("closed.example"),
                        scene -> Client.tls(scene.port(), scene.as("client"), "closed.example", "bye\n"),
                        scene -> Client.tls(scene.port(), scene.as("stranger"), "closed.example", "bye\n")));
    }

    /// Whose turn comes first is nobody's business.
    private static Visit times(int count) {
        return scene -> IntStream.range(0, count)
                .mapToObj(each -> HELLO.run(scene))
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    private static Trial versions(String name, String option) {
        return Trial.of(
                name,
                HEAD + "connect = 127.0.0.1:{plain}\n" + option,
                scene -> Client.tls(scene.port(), scene.nobody(), "", "bye\n", "TLSv1.2"),
                scene -> Client.tls(scene.port(), scene.nobody(), "", "bye\n", "TLSv1.3"),
                scene -> Client.tls(scene.port(), scene.nobody(), "", "bye\n", "TLSv1.2", "TLSv1.3"));
    }

    private static Trial names() {
        String conf = """
                cert = {certs}/server-all.pem
                [main]
                accept = 127.0.0.1:{A}
                connect = 127.0.0.1:{plain}
                [second]
                sni = main:second.example
                cert = {certs}/second-all.pem
                connect = 127.0.0.1:{second}
                [wild]
                sni = main:*.wild.example
                cert = {certs}/rsa-all.pem
                connect = 127.0.0.1:{second}
                """;
        return Trial.of(
                "services by server name",
                conf,
                named("second.example"),
                named("a.wild.example"),
                named("SECOND.example"),
                named("other.example"),
                named("wild.example"),
                named(""));
    }

    private static Visit named(String name) {
        return scene -> Client.tls(scene.port(), scene.nobody(), name, "bye\n");
    }
}
