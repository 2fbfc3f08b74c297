package dev.fairlead.conformance.stunnel;

import dev.fairlead.conformance.stunnel.Trial.Visit;
import java.util.List;

/// Services that start a program for each connection.
final class ProgramTrials {
    private static final String HEAD = """
            cert = {certs}/server-all.pem
            [service]
            accept = 127.0.0.1:{A}
            """;

    private ProgramTrials() {}

    static List<Trial> all() {
        return List.of(
                Trial.of(
                        "exec: it ends of itself",
                        HEAD + "exec = /usr/bin/head\nexecArgs = head -n 2\n",
                        scene -> Client.tls(scene.port(), scene.nobody(), "", "hello\nbye\n")),
                started("arguments", "exec = /bin/echo\nexecArgs = echo  one   two\n"),
                started("no arguments", "exec = /bin/pwd\n"),
                started("it fails", "exec = /bin/false\n"),
                started("it is not there", "exec = /nonexistent/program\n"),
                started("it says why it fails", "exec = /bin/ls\nexecArgs = ls /nonexistent\n"),
                Trial.of(
                        "exec: who the client is",
                        HEAD
                                + "CAfile = {certs}/ca.pem\nverifyChain = yes\nrequireCert = no\nexec = /usr/bin/printenv\n"
                                + "execArgs = printenv REMOTE_HOST SSL_CLIENT_DN SSL_CLIENT_I_DN\n",
                        as("client"),
                        as(""),
                        as("stranger")),
                Trial.of(
                        "exec: much goes both ways",
                        HEAD + "exec = /usr/bin/head\nexecArgs = head -c 3000000\n",
                        scene -> Client.tls(scene.port(), scene.nobody(), "", "x".repeat(3_000_000))),
                Trial.of(
                        "exec: silence",
                        HEAD + "exec = /bin/cat\nTIMEOUTidle = 1\n",
                        scene -> Client.tls(scene.port(), scene.nobody(), "", "hello\n")));
    }

    private static Trial started(String name, String options) {
        return Trial.of("exec: " + name, HEAD + options, as(""), as(""));
    }

    /// Says nothing: what a program leaves unread resets its connection, or not, with stunnel.
    private static Visit as(String name) {
        return scene -> (name + " " + Client.tls(scene.port(), scene.as(name), "", ""));
    }
}
