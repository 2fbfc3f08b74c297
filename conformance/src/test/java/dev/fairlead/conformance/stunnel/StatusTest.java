package dev.fairlead.conformance.stunnel;

import static dev.fairlead.conformance.stunnel.Trial.Visit.as;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.conformance.stunnel.Trial.Visit;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What Debian's stunnel cannot be asked about OCSP: options of later versions, limits, and that nobody else waits.
final class StatusTest {
    private static Certs certs;

    @BeforeAll
    static void makeCertificates(@TempDir Path folder) throws IOException {
        certs = Certs.make(folder);
    }

    @Test
    void whatIsGoodPassesAndWhatIsRevokedDoesNot() throws IOException {
        String seen = run("OCSP = http://127.0.0.1:{ocsp}/by-authority\n", as("client"), as("revoked"));
        assertThat(seen.lines().filter(line -> line.startsWith("client client ")))
                .singleElement()
                .asString()
                .contains("100013 bytes");
        assertThat(seen).contains("client revoked refused");
    }

    @Test
    void uncertaintyPassesWhereItIsAllowedButNeverRevocation() throws IOException {
        String uncertain = run("OCSP = http://127.0.0.1:{ocsp}/error\nOCSPrequire = no\n", as("client"));
        assertThat(uncertain).contains("100013 bytes");
        String revoked = run("OCSP = http://127.0.0.1:{ocsp}/by-authority\nOCSPrequire = no\n", as("revoked"));
        assertThat(revoked).contains("client revoked refused");
    }

    @Test
    void anAnswerWithoutEndIsNotReadToItsEnd() throws IOException {
        assertThat(run("OCSP = http://127.0.0.1:{ocsp}/endless\n", as("client")))
                .contains("client client refused")
                .doesNotContain("heard");
    }

    @Test
    void aResponderThatSpeaksSlowlyIsNotWaitedForLonger() throws IOException {
        assertThat(run("OCSP = http://127.0.0.1:{ocsp}/drops\nTIMEOUTocsp = 1\n", as("client")))
                .contains("client client refused")
                .doesNotContain("heard");
    }

    @Test
    void othersAreServedWhileRespondersAreSilent() throws Exception {
        int asking = Ports.free();
        int plainly = Ports.free();
        try (Backend backend = Backend.plain("plain");
                Responder responder = Responder.start(certs)) {
            String conf = """
                    cert = FOLDER/server-all.pem
                    connect = 127.0.0.1:BACKEND
                    [asking]
                    accept = 127.0.0.1:ASKING
                    CAfile = FOLDER/ca.pem
                    verifyChain = yes
                    OCSP = http://127.0.0.1:RESPONDER/silent
                    TIMEOUTocsp = 60
                    [plainly]
                    accept = 127.0.0.1:PLAINLY
                    """.replace("FOLDER", certs.folder().toString())
                    .replace("BACKEND", backend.place())
                    .replace("ASKING", Integer.toString(asking))
                    .replace("RESPONDER", Integer.toString(responder.port()))
                    .replace("PLAINLY", Integer.toString(plainly));
            Program program =
                    Program.Ours.stunnel(Files.writeString(certs.folder().resolve("asking.conf"), conf));
            List<Thread> waiting = new ArrayList<>();
            try {
                Ports.awaitListener(asking, Deadline.inSeconds(60));
                for (int i = 0; i < 16; i++) {
                    waiting.add(Thread.ofVirtual()
                            .start(() -> Client.tls(asking, Tls.context(certs, "client"), "", "bye\n", "TLSv1.2")));
                }
                responder.awaitSilence(16);
                for (int i = 0; i < 16; i++) {
                    assertThat(Client.tls(plainly, Tls.context(certs, ""), "", "bye\n"))
                            .contains("100013 bytes");
                }
                assertThat(waiting).allMatch(Thread::isAlive);
            } finally {
                program.close();
            }
            for (Thread thread : waiting) {
                thread.join();
            }
        }
    }

    private static String run(String options, Visit... visits) throws IOException {
        return Trial.of("OCSP", StatusTrials.SERVER + options, visits).run(Program.Ours::stunnel, certs);
    }
}
