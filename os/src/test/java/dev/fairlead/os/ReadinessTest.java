package dev.fairlead.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class ReadinessTest {
    private static final long LONG_NANOS = Duration.ofSeconds(50).toNanos();

    private final Readiness readiness = new Readiness();

    @Test
    void nothingIsReadyUntilSomethingIsWritten() throws Exception {
        Pipe pipe = Pipe.open();
        try {
            readiness.add(pipe.readEnd());
            assertThat(readiness.await(1000)).isFalse();
            Pipe.write(pipe.writeEnd(), new byte[1]);
            assertThat(readiness.await(LONG_NANOS)).isTrue();
        } finally {
            close(pipe);
        }
    }

    @Test
    void oneOfManyIsEnough() throws Exception {
        Pipe quiet = Pipe.open();
        Pipe ended = Pipe.open();
        try {
            for (int i = 0; i < 20; i++) {
                readiness.add(quiet.readEnd());
            }
            readiness.add(ended.readEnd());
            Descriptors.close(ended.writeEnd());
            assertThat(readiness.await(LONG_NANOS)).isTrue();
            readiness.clear();
            assertThat(readiness.isEmpty()).isTrue();
            readiness.add(quiet.readEnd());
            assertThat(readiness.await(1000)).isFalse();
        } finally {
            close(quiet);
            Descriptors.close(ended.readEnd());
        }
    }

    private static void close(Pipe pipe) {
        Descriptors.close(pipe.readEnd());
        Descriptors.close(pipe.writeEnd());
    }
}
