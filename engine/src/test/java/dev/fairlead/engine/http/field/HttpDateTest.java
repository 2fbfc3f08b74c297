package dev.fairlead.engine.http.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDateTest {
    private static final DateTimeFormatter EXPECTED =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);

    @Test
    void theExampleOfTheStandardIsWrittenAsThere() {
        assertThat(HttpDate.text(784_111_777)).isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
    }

    @Test
    void everySecondIsWrittenAsJavaWouldWriteIt() {
        long first = Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();
        long end = Instant.parse("+10000-01-01T00:00:00Z").getEpochSecond();
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            long second = random.nextLong(first, end);
            assertThat(HttpDate.text(second))
                    .isEqualTo(EXPECTED.format(Instant.ofEpochSecond(second).atOffset(ZoneOffset.UTC)));
        }
    }

    @Test
    void whatIsWrittenIsReadBack() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            long seconds = random.nextLong(0, 253_402_300_800L);
            String text = HttpDate.text(seconds);
            assertThat(text)
                    .isEqualTo(EXPECTED.format(Instant.ofEpochSecond(seconds).atOffset(ZoneOffset.UTC)));
            assertThat(HttpDate.parse(text)).isEqualTo(seconds);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sun, 06 Nov 1994 08:49:37 GMT|784111777",
                "Sunday, 06-Nov-94 08:49:37 GMT|784111777",
                "Sun Nov  6 08:49:37 1994|784111777",
                "Sun Nov 16 08:49:37 1994|784975777",
                "Xxx, 06 Nov 1994 08:49:37 and more|784111777",
                "Thu, 29 Feb 2024 00:00:00 GMT|1709164800",
                "Thu, 01-Jan-70 00:00:00 GMT|0",
                "Thu, 01-Jan-69 00:00:00 GMT|3124224000",
            })
    void allThreeFormsAreRead(String text, long seconds) {
        assertThat(HttpDate.parse(text)).isEqualTo(seconds);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "Sun, ",
                "Sun, 06 Nov 1994",
                "Sun, 32 Jan 1994 08:49:37 GMT",
                "Wed, 29 Feb 2023 00:00:00 GMT",
                "Sun, 06 Nev 1994 08:49:37 GMT",
                "Sun, 06 ovD 1994 08:49:37 GMT",
                "Sun, 06 Nov 1994 24:00:00 GMT",
                "Sun, 06 Nov 1994 08:60:37 GMT",
                "Sun, 06 Nov 1994 08-49-37 GMT",
                "Sun, 6 Nov 1994 08:49:37 GMT",
                "784111777",
            })
    void whatIsNoDateIsNotTakenForOne(String text) {
        assertThat(HttpDate.parse(text)).isEqualTo(HttpDate.INVALID);
    }
}
