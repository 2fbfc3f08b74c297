package dev.fairlead.conformance.stunnel;

import dev.fairlead.conformance.stunnel.Trial.Visit;
import java.util.List;

/// Services on whose connections something is said in the clear before TLS begins.
final class ProtocolTrials {
    private static final String CHECKED = "CAfile = {certs}/ca.pem\nverifyChain = yes\ncheckHost = localhost\n";
    private static final Visit HELLO = scene -> Client.plain(scene.port(), "hello\nbye\n");
    private static final String PROXIED = "protocolHost = inner.example:443\n";

    private ProtocolTrials() {}

    static List<Trial> all() {
        return List.of(
                asked("smtp", "smtp", ""),
                asked("smtp", "smtp", CHECKED),
                asked("smtp", "smtp", CHECKED.replace("localhost", "other.example")),
                asked("smtp", "smtp-refusing", ""),
                asked("smtp", "smtp-closed", ""),
                asked("imap", "imap", ""),
                asked("imap", "pop3", ""),
                asked("pop3", "pop3", ""),
                asked("pop3", "nntp", ""),
                asked("nntp", "nntp", ""),
                asked("pgsql", "pgsql", ""),
                asked("pgsql", "pgsql", CHECKED),
                asked("pgsql", "pgsql-refusing", ""),
                asked("connect", "proxy", PROXIED),
                asked("connect", "proxy", PROXIED + "sni = other.example\n"),
                asked("connect", "proxy", PROXIED + "protocolUsername = jo\nprotocolPassword = tea pot\n"),
                asked("connect", "proxy-refusing", PROXIED),
                clients("TLS", scene -> Client.postgresql(scene.port(), scene.nobody(), true)),
                clients("a session", scene -> Client.postgresql(scene.port(), scene.nobody(), false)));
    }

    private static Trial asked(String protocol, String greeting, String options) {
        return Trial.of(
                "protocol " + protocol + ": " + greeting + " " + options.replace('\n', ' '),
                "; greeting " + greeting + "\nclient = yes\n[service]\naccept = 127.0.0.1:{A}\n"
                        + "connect = localhost:{greeting}\nTIMEOUTbusy = 20\nTIMEOUTclose = 5\nprotocol = " + protocol
                        + "\n"
                        + options,
                HELLO);
    }

    private static Trial clients(String what, Visit visit) {
        return Trial.of(
                "protocol pgsql: clients ask for " + what,
                "[service]\naccept = 127.0.0.1:{A}\nconnect = {plain}\ncert = {certs}/server-all.pem\n"
                        + "protocol = pgsql\n",
                visit);
    }
}
