package dev.fairlead.conformance.upstart;

import dev.fairlead.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What jobs do when events come, processes end and people ask: each case is job texts and a play, beside it
/// stands what happens. No process is started.
class EventCasesTest {
    private static final Path CASES = Path.of("src/test/resources/upstart/events");

    @TestFactory
    List<DynamicTest> jobsGoTheirWayAsTheEventsCome() {
        return Golden.cases(CASES, ".case", ".expected", EventCasesTest::play);
    }

    private static String play(Path file) throws IOException {
        return EventPlay.of(Files.readString(file)).perform();
    }
}
