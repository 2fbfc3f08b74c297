package dev.fairlead.engine.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.engine.handler.LeakWatch;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http1.Answering;
import dev.fairlead.engine.http1.TestServer;
import dev.fairlead.engine.http1.TestSettings;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.ProcessUnderTest;
import dev.fairlead.testkit.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The worker is a shell that has a file open as 9, a pipe with a name as 8, a folder as 7 and a removed file
/// as 6.
@ExtendWith(LeakWatch.class)
class FileFramesTest {
    private static final String NAMING =
            "import os, time; os.dup2(os.open('file', os.O_PATH), 3); print('ready', flush=True); time.sleep(60)";

    @TempDir
    Path folder;

    private ProcessUnderTest worker;

    @BeforeEach
    void open() throws IOException {
        Files.writeString(folder.resolve("file"), "0123456789");
        Files.writeString(folder.resolve("gone"), "still here");
        Files.writeString(folder.resolve("log"), "written");
        worker = ProcessUnderTest.start(
                folder,
                "sh",
                "-c",
                "mkfifo pipe; exec 9<file 8<>pipe 7<. 6<gone 4>>log; rm gone; exec python3 -c \"" + NAMING + "\"");
        worker.awaitLine("ready", "ready"::equals, Deadline.inSeconds(60));
    }

    @AfterEach
    void close() {
        worker.close();
    }

    private String answered(int descriptor, long offset, long length) {
        Answering answering =
                new Answering(TestSettings.DEFAULTS, exchange -> answer(exchange, descriptor, offset, length));
        try (TestServer server = TestServer.serving(answering);
                Wire wire = Wire.connect(server.port())) {
            return wire.send("GET / HTTP/1.1\nHost: h\n\n").reply().body();
        }
    }

    private void answer(Exchange exchange, int descriptor, long offset, long length) {
        ByteBuf payload = Unpooled.buffer(FileFrames.PAYLOAD_BYTES)
                .writeIntLE(descriptor)
                .writeLongLE(offset)
                .writeLongLE(length);
        exchange.response().begin(200);
        exchange.respond();
        if (!FileFrames.take(exchange, worker.pid(), payload)) {
            exchange.output().data(Unpooled.copiedBuffer("refused", StandardCharsets.US_ASCII));
        }
        exchange.end();
    }

    @ParameterizedTest(name = "{1} bytes from {0}")
    @CsvSource({"0, 10, 0123456789", "3, 4, 3456", "0, 0, ''", "10, 0, ''"})
    void theStretchIsSent(long offset, long length, String expected) {
        assertThat(answered(9, offset, length)).isEqualTo(expected);
    }

    @Test
    void aFileWithoutNameIsSent() {
        assertThat(answered(6, 0, 5)).isEqualTo("still");
    }

    @ParameterizedTest(name = "{0}: {2} bytes from {1}")
    @CsvSource({
        "9, 0, 11",
        "9, 9, 2",
        "9, 11, 0",
        "9, -1, 1",
        "9, 0, -1",
        "9, 9223372036854775807, 1",
        "8, 0, 1",
        "7, 0, 1",
        "4, 0, 1",
        "3, 0, 1",
        "55, 0, 1",
        "-1, 0, 1",
    })
    void whatIsNoStretchOfARegularFileIsRefused(int descriptor, long offset, long length) {
        assertThat(answered(descriptor, offset, length)).isEqualTo("refused");
    }
}
