package dev.fairlead.process.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.model.service.execution.Logging;
import dev.fairlead.time.ManualClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {
    private final ManualClock clock = new ManualClock(1_767_225_600_123L);

    @Test
    void linesOfSeveralUnitsComeInTheOrderOfTheirTimes() {
        try (Journal journal = Journal.inMemory(JournalLimits.DEFAULT, clock)) {
            journal.append("a.service", "a", 1, List.of("one"));
            clock.advance(Duration.ofMillis(5));
            journal.append("b.service", "b", 2, List.of("two"));
            clock.advance(Duration.ofMillis(5));
            journal.append("a.service", "a", 1, List.of("three", "four"));
            assertThat(texts(journal.tail(List.of(), 10))).containsExactly("one", "two", "three", "four");
            assertThat(texts(journal.tail(List.of("a.service"), 2))).containsExactly("three", "four");
            assertThat(journal.tail(List.of("b.service"), 9).getFirst())
                    .isEqualTo(new JournalEntry(1_767_225_600_128_000L, "b.service", "b", 2, 6, "two"));
        }
    }

    @Test
    void memoryIsBounded() {
        try (Journal journal = Journal.inMemory(new JournalLimits(3, 0, 0), clock)) {
            journal.append("a", "a", 1, List.of("1", "2", "3", "4", "5"));
            assertThat(texts(journal.tail(List.of(), 10))).containsExactly("3", "4", "5");
        }
    }

    @Test
    void lineHasTheLevelItNamesElseTheUsualOneOfItsUnit() {
        try (Journal journal = Journal.inMemory(JournalLimits.DEFAULT, clock)) {
            Logging quiet = new Logging(5, true, 3, 7, Optional.empty());
            Logging literal = new Logging(5, false, 3, 7, Optional.empty());
            journal.append("a", "a", 1, quiet, List.of("plain", "<3>bad", "<8>none", "<3"));
            journal.append("a", "a", 1, literal, List.of("<3>as it is"));
            assertThat(journal.tail(List.of(), 10))
                    .extracting(entry -> entry.priority() + " " + entry.text())
                    .containsExactly("5 plain", "3 bad", "5 <8>none", "5 <3", "5 <3>as it is");
        }
    }

    @Test
    void lessImportantLinesThanAUnitAsksForAreDropped() {
        try (Journal journal = Journal.inMemory(JournalLimits.DEFAULT, clock)) {
            Logging warnings = new Logging(6, true, 3, 4, Optional.empty());
            journal.append("a", "a", 1, warnings, List.of("plain", "<4>warning", "<5>notice", "<0>end"));
            assertThat(texts(journal.tail(List.of(), 10))).containsExactly("warning", "end");
        }
    }

    @Test
    void linesBeyondTheRateAreDroppedAndCountedAndDoNotCrowdOutErrors() {
        try (Journal journal = Journal.inMemory(JournalLimits.DEFAULT, clock)) {
            Logging limited = new Logging(6, true, 3, 7, Optional.of(new Logging.Rate(Duration.ofSeconds(10), 2)));
            journal.append("a", "a", 1, limited, List.of("1", "2", "3", "<3>error", "4"));
            clock.advance(Duration.ofSeconds(11));
            journal.append("a", "a", 1, limited, List.of("5", "6"));
            journal.append("b", "b", 1, limited, List.of("7", "8"));
            assertThat(texts(journal.tail(List.of(), 10)))
                    .containsExactly("1", "2", "error", "Suppressed 2 messages from a", "5", "6", "7", "8");
        }
    }

    @Test
    void linesSurviveTheProgramThatWroteThem(@TempDir Path folder) throws IOException {
        try (Journal journal = Journal.open(folder, JournalLimits.DEFAULT, clock)) {
            journal.append("web@1.service", "my app", 77, List.of("hello: [1]: x", ""));
        }
        assertThat(Files.readString(folder.resolve("web@1.service.log")))
                .isEqualTo("2026-01-01T00:00:00.123001Z <6> my app[77]: hello: [1]: x\n"
                        + "2026-01-01T00:00:00.123002Z <6> my app[77]: \n");
        try (Journal journal = Journal.open(folder, JournalLimits.DEFAULT, clock)) {
            assertThat(journal.tail(List.of(), 10))
                    .containsExactly(
                            new JournalEntry(1_767_225_600_123_001L, "web@1.service", "my app", 77, 6, "hello: [1]: x"),
                            new JournalEntry(1_767_225_600_123_002L, "web@1.service", "my app", 77, 6, ""));
        }
    }

    @Test
    void filesAreBoundedAndSetAside(@TempDir Path folder) throws IOException {
        JournalLimits limits = new JournalLimits(5, 2_000, 2);
        try (Journal journal = Journal.open(folder, limits, clock)) {
            for (int i = 0; i < 200; i++) {
                journal.append("a", "a", 1, List.of("line " + i));
            }
            assertThat(texts(journal.tail(List.of("a"), 60)))
                    .containsExactlyElementsOf(
                            IntStream.range(140, 200).mapToObj(i -> "line " + i).toList());
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("boots", "a.log", "a.log.1", "a.log.2");
        }
        assertThat(Files.size(folder.resolve("a.log"))).isLessThanOrEqualTo(2_000);
        assertThat(Files.size(folder.resolve("a.log.2"))).isLessThanOrEqualTo(2_000);
    }

    @Test
    void followerMissesNothingAndGetsNothingTwice() {
        try (Journal journal = Journal.inMemory(JournalLimits.DEFAULT, clock)) {
            List<String> seen = new ArrayList<>();
            journal.append("a", "a", 1, List.of("1", "2", "3"));
            Journal.Following following = journal.tailAndFollow(List.of("a"), 2, entry -> seen.add(entry.text()));
            journal.append("a", "a", 1, List.of("4"));
            journal.append("b", "b", 1, List.of("other"));
            following.close();
            journal.append("a", "a", 1, List.of("5"));
            assertThat(seen).containsExactly("2", "3", "4");
        }
    }

    @ParameterizedTest(name = "{0} bytes at a time")
    @ValueSource(ints = {1, 7, 4096})
    void bytesBecomeLines(int step) {
        byte[] bytes = "one\ntwo ü\r\n\nrest".getBytes(StandardCharsets.UTF_8);
        LineSplitter splitter = new LineSplitter();
        List<String> lines = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += step) {
            lines.addAll(splitter.feed(ByteBuffer.wrap(bytes, at, Math.min(step, bytes.length - at))));
        }
        splitter.rest().ifPresent(lines::add);
        assertThat(lines).containsExactly("one", "two ü", "", "rest");
        assertThat(splitter.rest()).isEmpty();
    }

    @Test
    void endlessLineIsCut() {
        LineSplitter splitter = new LineSplitter();
        List<String> lines = splitter.feed(ByteBuffer.wrap(new byte[100_000]));
        assertThat(lines).hasSize(2).allMatch(line -> line.length() == 48 * 1024);
    }

    private static List<String> texts(List<JournalEntry> entries) {
        return entries.stream().map(JournalEntry::text).toList();
    }
}
