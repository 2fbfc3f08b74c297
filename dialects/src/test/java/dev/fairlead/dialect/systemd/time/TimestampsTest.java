package dev.fairlead.dialect.systemd.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TimestampsTest {
    private static final Path ANALYZE = Path.of("/usr/bin/systemd-analyze");
    private static final Pattern FORM = Pattern.compile("Original form: (.*)\\n(?:.*\\n)*?\\s*UNIX seconds: @(\\S+)");
    private static final List<String> TEXTS = List.of(
            "2026-01-02 03:04:05",
            "2026-01-02 03:04:05.5",
            "2026-01-02 03:04",
            "2026-01-02",
            "26-01-02",
            "70-01-02",
            "2026-1-2 3:4",
            "2026-02-31",
            "2026-01-02  03:04",
            "Fri 2026-01-02",
            "Friday 2026-01-02 10:00",
            "2026-01-02 03:04 UTC",
            "2026-01-02 03:04:60",
            "@1395716396",
            "@1395716396.25",
            "2100-01-01",
            "2027-12-31 23:59:59.999999");
    private static final List<String> WRONG = List.of(
            "noon",
            "2026-01-02T03:04",
            "Sat 2026-01-02",
            "2026-01-02 24:00",
            "2026-01-32",
            "2026-13-01",
            "2026-01-00",
            "infinity",
            "",
            "0",
            "epoch",
            " today",
            "Today",
            "1h",
            "1969-12-31",
            "ago",
            "Fri",
            "yesterday 10:00",
            "2026-01-02 03:04:05 CET",
            "10:00 2026-01-02");

    @Test
    void absoluteMomentsAreThoseOfSystemd() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(ANALYZE), "systemd is not installed");
        String said = analyze(TEXTS);
        Matcher matcher = FORM.matcher(said);
        int count = 0;
        while (matcher.find()) {
            assertThat(seconds(matcher.group(1)))
                    .as(matcher.group(1))
                    .contains(new BigDecimal(matcher.group(2)).stripTrailingZeros());
            count++;
        }
        assertThat(count).as(said).isEqualTo(TEXTS.size());
    }

    private static Optional<BigDecimal> seconds(String text) {
        return Timestamps.parse(text, Instant.parse("2026-11-21T15:00:00Z"), ZoneOffset.UTC)
                .map(moment -> BigDecimal.valueOf(moment.getEpochSecond())
                        .add(BigDecimal.valueOf(moment.getNano(), 9))
                        .stripTrailingZeros());
    }

    @Test
    void whatSystemdRefusesIsRefused() throws IOException, InterruptedException {
        for (String text : WRONG) {
            assertThat(seconds(text)).as(text).isEmpty();
        }
        assumeTrue(Files.isExecutable(ANALYZE), "systemd is not installed");
        assertThat(analyze(WRONG)).doesNotContain("UNIX seconds");
    }

    @Test
    void relativeMomentsCountFromNow() {
        Instant now = Instant.parse("2026-11-21T15:00:00Z");
        Map.of(
                        "now", "2026-11-21T15:00:00Z",
                        "-1h", "2026-11-21T14:00:00Z",
                        "+1h 30min", "2026-11-21T16:30:00Z",
                        "5min ago", "2026-11-21T14:55:00Z",
                        "2 days left", "2026-11-23T15:00:00Z",
                        "today", "2026-11-21T00:00:00Z",
                        "yesterday", "2026-11-20T00:00:00Z",
                        "tomorrow UTC", "2026-11-22T00:00:00Z",
                        "18:17", "2026-11-21T18:17:00Z",
                        "-5", "2026-11-21T14:59:55Z")
                .forEach((text, moment) -> assertThat(Timestamps.parse(text, now, ZoneOffset.UTC))
                        .as(text)
                        .contains(Instant.parse(moment)));
    }

    private static String analyze(List<String> texts) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(ANALYZE.toString(), "timestamp", "--"));
        words.addAll(texts);
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("TZ", "UTC");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }
}
