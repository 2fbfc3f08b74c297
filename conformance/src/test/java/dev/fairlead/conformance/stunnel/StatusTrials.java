package dev.fairlead.conformance.stunnel;

import static dev.fairlead.conformance.stunnel.Trial.Visit.as;
import static dev.fairlead.conformance.stunnel.Trial.Visit.old;

import dev.fairlead.conformance.stunnel.Trial.Visit;
import java.util.List;

/// Services that ask whether certificates are still good (OCSP).
final class StatusTrials {
    /// A server that wants to know who its clients are.
    static final String SERVER = """
            cert = {certs}/server-all.pem
            CAfile = {certs}/ca.pem
            verifyChain = yes
            [service]
            accept = 127.0.0.1:{A}
            connect = 127.0.0.1:{plain}
            """;
    private static final String CLIENT = """
            client = yes
            [service]
            accept = 127.0.0.1:{A}
            connect = 127.0.0.1:{tls}
            """;

    private StatusTrials() {}

    static List<Trial> all() {
        return List.of(
                clients("the authority says it", responder("by-authority")),
                clients("no end of it is said", responder("without-end")),
                clients("one says it whom the authority has appointed", responder("appointed")),
                clients("one says it whom nobody has appointed", responder("not-appointed")),
                clients("a stranger says it", responder("stranger")),
                clients("an error", responder("error")),
                clients("one who does not want to", responder("unwilling")),
                clients("nothing", responder("empty")),
                clients("rubbish", responder("rubbish")),
                clients("not there", responder("other")),
                clients("nobody", "OCSP = http://127.0.0.1:{nobody}/\n"),
                clients("a nonce", responder("by-authority") + "OCSPnonce = yes\n"),
                clients("a nonce that does not come back", responder("prepared") + "OCSPnonce = yes\n"),
                clients("silence", responder("silent") + "TIMEOUTbusy = 1\n"),
                clients("those named", "OCSPaia = yes\n"),
                clients("those named and one more", "OCSPaia = yes\n" + responder("by-authority")),
                clients("no verification", "verifyChain = no\n" + responder("by-authority")),
                clients("off", "OCSPaia = no\n"),
                Trial.of(
                        "OCSP: the client's answer and no other",
                        SERVER + responder("prepared"),
                        as("client"),
                        as("named"),
                        as("revoked")),
                Trial.of(
                        "OCSP: others are sent elsewhere",
                        SERVER + responder("by-authority") + "redirect = 127.0.0.1:{second}\n",
                        as("client"),
                        as("revoked"),
                        as("stranger"),
                        old("client"),
                        old("revoked")),
                servers("the authority says it", responder("by-authority")),
                servers("those named, of whom there are none", "OCSPaia = yes\n"),
                servers("an error", responder("error")));
    }

    private static String responder(String path) {
        return "OCSP = http://127.0.0.1:{ocsp}/" + path + "\n";
    }

    private static Trial clients(String name, String options) {
        return Trial.of(
                "OCSP: " + name,
                SERVER + options,
                as("client"),
                as("revoked"),
                as("stranger"),
                as("named"),
                as("misnamed"),
                old("client"),
                old("revoked"));
    }

    private static Trial servers(String name, String options) {
        Visit hello = scene -> Client.plain(scene.port(), "hello\nbye\n");
        return Trial.of(
                "OCSP of a server: " + name,
                CLIENT + "CAfile = {certs}/ca.pem\nverifyChain = yes\n" + options,
                hello,
                hello);
    }
}
