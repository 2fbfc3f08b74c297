package dev.fairlead.engine.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HttpDateTest {
    @Test
    void theExampleOfTheStandardIsWrittenAsThere() {
        assertThat(HttpDate.text(784_111_777)).isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
    }

    @Test
    void everySecondIsWrittenAsJavaWouldWriteIt() {
        DateTimeFormatter java = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);
        long first = Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();
        long end = Instant.parse("+10000-01-01T00:00:00Z").getEpochSecond();
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            long second = random.nextLong(first, end);
            assertThat(HttpDate.text(second))
                    .isEqualTo(java.format(Instant.ofEpochSecond(second).atOffset(ZoneOffset.UTC)));
        }
    }
}
