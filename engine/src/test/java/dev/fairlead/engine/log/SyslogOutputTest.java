package dev.fairlead.engine.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Deadline;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class SyslogOutputTest {
    private static final byte[] LINE = "<134>a line".getBytes(StandardCharsets.US_ASCII);

    @Test
    void aServerThatIsNotThereIsComplainedAboutOnce() throws IOException {
        Logger logger = Logger.getLogger(SyslogOutput.class.getName());
        Complaints complaints = new Complaints();
        logger.addHandler(complaints);
        logger.setUseParentHandlers(false);
        SyslogOutput output = new SyslogOutput("127.0.0.1:" + nobody());
        try {
            // Of UDP one hears with the next message that the one before came to nobody.
            Deadline.inSeconds(60).await("a complaint", () -> {
                output.write(LINE, LINE.length);
                return !complaints.said.isEmpty();
            });
            for (int i = 0; i < 50; i++) {
                output.write(LINE, LINE.length);
            }
            assertThat(complaints.said).hasSize(1);
        } finally {
            output.close();
            logger.removeHandler(complaints);
            logger.setUseParentHandlers(true);
        }
    }

    private static int nobody() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static final class Complaints extends Handler {
        private final List<String> said = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord complaint) {
            said.add(complaint.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
