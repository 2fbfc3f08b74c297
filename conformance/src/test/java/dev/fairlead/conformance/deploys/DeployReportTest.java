package dev.fairlead.conformance.deploys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.conformance.Distribution;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.ProcessUnderTest;
import dev.fairlead.testkit.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a deploy says of the requests of its time is what became of them.
class DeployReportTest {
    private static final String CODE = """
            import os, pathlib, time
            VERSION = b"first"

            def application(environ, start_response):
                path = environ["PATH_INFO"]
                if path.endswith(("/slow", "/die")):
                    pathlib.Path("begun-%d" % os.getpid()).touch()
                    while not os.path.exists("go-on"):
                        time.sleep(0.01)
                if path.endswith("/die"):
                    os._exit(9)
                start_response("200 OK", [("Content-Length", str(len(VERSION)))])
                return [VERSION]
            """;

    @TempDir
    private Path scratch;

    @Test
    void itCountsWhatWasServedAndWhatFailedByTheOldCodeAndTheNew() throws IOException {
        Distribution.require();
        try (Site site = new Site(scratch, CODE);
                Wire slow = asked(site, "GET", "/plain/slow");
                Wire dying = asked(site, "POST", "/plain/die")) {
            Deadline.inSeconds(60).await("both workers to be busy", () -> site.count("plain", "begun-") == 2);
            site.write("plain", CODE.replace("first", "second"));
            ProcessUnderTest deploy = site.told("deploy", "plain");
            try (Wire waiting = asked(site, "GET", "/plain")) {
                // No old worker is free for it.
                assertThat(waiting.reply().body()).isEqualTo("second");
            }
            assertThat(deploy.running()).isTrue();
            Files.createFile(site.folder("plain").resolve("go-on"));
            assertThat(slow.reply().body()).isEqualTo("first");
            assertThat(dying.reply().status()).isEqualTo(502);
            assertThat(deploy.awaitExit(Deadline.inSeconds(60)))
                    .as(deploy.output())
                    .isZero();
            assertThat(deploy.output())
                    .contains("generation 2 of plain serves with 2 workers")
                    .contains("during the deploy: served 2, failed 1");
        }
    }

    private static Wire asked(Site site, String method, String path) {
        Wire wire = Wire.connect(site.port).patience(Duration.ofSeconds(30));
        wire.sendRaw(method + " " + path + " HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 0\r\n\r\n");
        return wire;
    }
}
