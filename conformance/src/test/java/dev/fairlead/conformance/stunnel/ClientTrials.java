package dev.fairlead.conformance.stunnel;

import dev.fairlead.conformance.stunnel.Trial.Visit;
import java.util.List;

/// Services that speak TLS to servers.
final class ClientTrials {
    private static final String HEAD = """
            client = yes
            [service]
            accept = 127.0.0.1:{A}
            """;
    private static final Visit HELLO = scene -> Client.plain(scene.port(), "hello\nbye\n");

    private ClientTrials() {}

    static List<Trial> all() {
        return List.of(
                trial("TLS to the server", "connect = 127.0.0.1:{tls}\n"),
                trial("the server's name is asked for", "connect = localhost:{tls}\n"),
                trial("another name is asked for", "connect = 127.0.0.1:{tls}\nsni = other.example\n"),
                trial("a name without a dot is asked for", "connect = 127.0.0.1:{tls}\nsni = other\n"),
                trial("no name is asked for", "connect = localhost:{tls}\nsni =\n"),
                trial("a certificate is shown", "connect = 127.0.0.1:{strict}\ncert = {certs}/client-all.pem\n"),
                trial("no certificate is shown", "connect = 127.0.0.1:{strict}\n"),
                trial("no TLS there", "connect = 127.0.0.1:{plain}\nTIMEOUTbusy = 2\n"),
                trial("nobody there", "connect = 127.0.0.1:{nobody}\n"),
                trial("the next server", "connect = 127.0.0.1:{nobody}\nconnect = 127.0.0.1:{tls}\n"),
                verified("an authority vouches", "CAfile = {certs}/ca.pem\nverifyChain = yes\n"),
                verified("no authority vouches", "CAfile = {certs}/stranger.pem\nverifyChain = yes\n"),
                verified("a folder of authorities", "CApath = {certs}/hashed\nverifyChain = yes\n"),
                verified("the certificate itself", "CAfile = {certs}/server.pem\nverifyPeer = yes\n"),
                verified("another certificate", "CAfile = {certs}/client.pem\nverifyPeer = yes\n"),
                verified("its host", "CAfile = {certs}/ca.pem\nverifyChain = yes\ncheckHost = localhost\n"),
                verified("another host", "CAfile = {certs}/ca.pem\nverifyChain = yes\ncheckHost = other.example\n"),
                verified("its address", "CAfile = {certs}/ca.pem\nverifyChain = yes\ncheckIP = 127.0.0.1\n"),
                verified("another address", "CAfile = {certs}/ca.pem\nverifyChain = yes\ncheckIP = 127.0.0.2\n"),
                trial("the server's version", "connect = 127.0.0.1:{tls}\nsslVersion = TLSv1.2\n"),
                trial("a newer version than the server's wish", "connect = 127.0.0.1:{tls}\nsslVersionMax = TLSv1.2\n"),
                trial(
                        "ciphers and groups",
                        "connect = 127.0.0.1:{tls}\nsslVersion = TLSv1.2\nciphers = ECDHE-ECDSA-AES256-GCM-SHA384\n"
                                + "curves = P-256:P-384\n"),
                trial(
                        "servers in turn, one of which is not there",
                        "connect = 127.0.0.1:{nobody}\nconnect = 127.0.0.1:{tls}\nfailover = rr\n"),
                verified(
                        "a server that is not revoked",
                        "CAfile = {certs}/ca.pem\nCRLfile = {certs}/crl.pem\nverifyChain = yes\n"),
                trial("names looked up late", "connect = localhost:{tls}\ndelay = yes\n"),
                trial("a name that nobody knows", "connect = nobody.invalid:{tls}\n"),
                trial(
                        "a name that nobody knows in front of a server",
                        "connect = nobody.invalid:{tls}\nconnect = localhost:{tls}\n"),
                trial(
                        "several servers looked up late",
                        "connect = nobody.invalid:{tls}\nconnect = localhost:{nobody}\nconnect = localhost:{tls}\n"
                                + "delay = yes\n"));
    }

    private static Trial trial(String name, String options) {
        return Trial.of("client: " + name, HEAD + options, HELLO, HELLO);
    }

    private static Trial verified(String name, String options) {
        return trial(name, "connect = 127.0.0.1:{tls}\n" + options);
    }
}
