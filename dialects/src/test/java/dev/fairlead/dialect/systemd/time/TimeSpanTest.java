package dev.fairlead.dialect.systemd.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeSpanTest {
    @Test
    void bareNumbersAreSecondsAndUnitsAddUp() {
        assertThat(TimeSpan.parse("5")).contains(Duration.ofSeconds(5));
        assertThat(TimeSpan.parse("1min 30s")).contains(Duration.ofSeconds(90));
        assertThat(TimeSpan.parse("1h30m")).contains(Duration.ofMinutes(90));
        assertThat(TimeSpan.parse("100ms")).contains(Duration.ofMillis(100));
        assertThat(TimeSpan.parse("2.5s")).contains(Duration.ofMillis(2500));
        assertThat(TimeSpan.parse("infinity")).contains(TimeSpan.INFINITY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "5 parsecs", "-1", "1..2", "five"})
    void whatIsNoTimeIsNone(String text) {
        assertThat(TimeSpan.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "90",
                "1min",
                "2m",
                "3M",
                "1y",
                "1w 2d",
                "500ms",
                "20us",
                "1.5h",
                ".5s",
                "1h 2min 3s 4ms",
                "1d12h",
                "5 sec",
                "7 minutes",
                "1month",
                "infinity",
                "bogus",
                "1x",
                "-4",
                "3 s 2",
                "0"
            })
    void systemdAnalyzeAgrees(String text) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/systemd-analyze")), "systemd-analyze is not installed");
        Process process = new ProcessBuilder("systemd-analyze", "timespan", "--", text)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        boolean known = process.waitFor() == 0;
        Optional<Duration> ours = TimeSpan.parse(text);
        assertThat(ours.isPresent()).as(said).isEqualTo(known);
        if (known && !text.equals("infinity")) {
            String micros = said.lines()
                    .filter(line -> line.strip().startsWith("μs:"))
                    .findFirst()
                    .orElseThrow()
                    .strip()
                    .substring(3)
                    .strip();
            assertThat(ours.orElseThrow().toNanos() / 1000).isEqualTo(Long.parseLong(micros));
        }
    }
}
