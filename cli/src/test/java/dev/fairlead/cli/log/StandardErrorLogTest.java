package dev.fairlead.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class StandardErrorLogTest {
    private final Logger log = new StandardErrorLog().getLoggerFactory().getLogger("a part");

    @Test
    void aTextIsOneLineWithItsArguments() {
        assertThat(said(() -> log.warn("port {} of {}", 80, "site.conf")))
                .isEqualTo("fairlead: port 80 of site.conf\n");
    }

    @Test
    void aFailureIsToldWithItsStack() {
        assertThat(said(() -> log.error("cannot write {}", "a.log", new IOException("disk full"))))
                .startsWith("fairlead: cannot write a.log\njava.io.IOException: disk full\n\tat ");
    }

    @Test
    void whatOnlyHelpsInDevelopingIsNotTold() {
        assertThat(said(() -> log.debug("looking"))).isEmpty();
    }

    private static String said(Runnable saying) {
        PrintStream before = System.err;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            saying.run();
        } finally {
            System.setErr(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
