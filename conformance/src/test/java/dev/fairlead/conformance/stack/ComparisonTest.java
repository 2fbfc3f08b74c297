package dev.fairlead.conformance.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.conformance.Distribution;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.ProcessUnderTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `bench/compare` measures what it says, in small: whoever wants the figures runs it whole.
class ComparisonTest {
    private static final Pattern RESTING =
            Pattern.compile("(?m)^relay-resting +KiB of each +(-?[0-9.]+) +<= 24 +(reached|NOT REACHED)$");
    /// Twice what is aimed at for many: of few, what the program takes or gives back meanwhile tells as much.
    private static final double MOST_KIB = 48;

    @TempDir
    private Path scratch;

    @BeforeEach
    void prepare() {
        Distribution.require();
    }

    @Test
    void filesAndProxiesAreComparedPrintedAndDrawn() throws Exception {
        requireInstalled("wrk", "nginx");
        String said = compare("--smoke", "--publish", scratch.resolve("docs").toString());
        assertThat(said)
                .containsPattern("(?m)^static-1k +CPU us/request +nginx +[0-9.]+ +[0-9.]+ +[0-9.]+ +<= 0\\.75 +")
                .containsPattern("(?m)^proxy-1k +CPU us/request +nginx +[0-9.]+ +[0-9.]+ +[0-9.]+ +<= 0\\.97 +")
                .containsPattern("(?m)^look +-t +[0-9.]+ +<= 0\\.3 +");
        assertThat(Files.readString(scratch.resolve("docs/performance.md")))
                .contains("| static-1k | CPU us/request | nginx |", "](performance/ratios.svg)");
        assertThat(Files.readString(scratch.resolve("docs/performance/ratios.svg")))
                .contains("static-1k / nginx");
        assertThat(Files.readString(scratch.resolve("docs/performance/results.json")))
                .contains("\"case\": \"proxy-1k\"", "\"processors\": ");
    }

    @Test
    void whatIsPlannedFitsIntoTheTimeThatIsPromised() {
        String said = compare("--list");
        assertThat(seconds(said, "quick", "planned")).isLessThanOrEqualTo(seconds(said, "quick", "at most"));
        assertThat(seconds(said, "quick", "at most")).isLessThan(5 * 60);
        assertThat(seconds(said, "full", "planned")).isLessThanOrEqualTo(seconds(said, "full", "at most"));
        assertThat(seconds(said, "full", "at most")).isLessThan(30 * 60);
    }

    private static int seconds(String said, String extent, String of) {
        Matcher line = Pattern.compile("(?m)^" + extent + ":.* ([0-9]+):([0-9]{2}) min " + of)
                .matcher(said);
        assertThat(line.find()).as(said).isTrue();
        return Integer.parseInt(line.group(1)) * 60 + Integer.parseInt(line.group(2));
    }

    @Test
    void restingConnectionsAndRelaysAreMeasured() {
        requireInstalled("openssl");
        String said = compare("--smoke", "relay-resting", "relay-stream", "relay-tls");
        Matcher resting = RESTING.matcher(said);
        assertThat(resting.find()).as(said).isTrue();
        assertThat(Double.parseDouble(resting.group(1))).isLessThan(MOST_KIB);
        assertThat(said)
                .containsPattern("(?m)^relay-stream +CPU s/GiB +[0-9.]+$")
                .containsPattern("(?m)^relay-tls +CPU s/GiB +");
    }

    private String compare(String... words) {
        List<String> command = new ArrayList<>();
        command.add(Distribution.checkout().resolve("bench/compare").toString());
        command.add("--no-install");
        command.addAll(List.of(words));
        ProcessUnderTest bench = ProcessUnderTest.start(scratch, command.toArray(String[]::new));
        assertThat(bench.awaitExit(Deadline.inSeconds(300))).as(bench::output).isZero();
        return bench.output();
    }

    private static void requireInstalled(String... programs) {
        for (String program : programs) {
            Assumptions.assumeTrue(Distribution.installed(program).isPresent(), () -> "there is no " + program);
        }
    }
}
