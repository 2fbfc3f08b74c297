package dev.fairlead.conformance.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.Received;
import dev.fairlead.testkit.Reply;
import dev.fairlead.testkit.Wire;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Sends the corpus and judges what comes of it. One server takes all of it, so that what one request breaks
/// another finds.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HostileRequestsTest {
    private static final List<String> PLACES = List.of("read", "streamed");
    private static final int PORTION = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    static Path folder;

    @SuppressWarnings("NullAway.Init") // started before all tests
    private static Target target;

    @BeforeAll
    static void start() throws IOException {
        Assumptions.assumeTrue(Target.available(), "there is no server to aim at");
        target = Target.start(folder);
    }

    @AfterAll
    static void stop() {
        if (target != null) {
            target.close();
        }
    }

    @Test
    void theCorpusIsWide() {
        assertThat(Row.table("requests.rows")).hasSizeGreaterThanOrEqualTo(120);
        assertThat(Row.table("requests.rows").stream().map(Row::name)).doesNotHaveDuplicates();
    }

    @TestFactory
    @Order(1)
    Stream<DynamicTest> oneRequestIsOneRequestHoweverItArrives() {
        return Row.table("requests.rows").stream()
                .flatMap(row -> Stream.of(1, 7, Integer.MAX_VALUE)
                        .map(step -> DynamicTest.dynamicTest(
                                row.name() + (step > 7 ? ", at once" : ", " + step + " at a time"),
                                () -> PLACES.forEach(place -> shoot(row, place, step)))));
    }

    private static void shoot(Row row, String place, int step) {
        Verdict verdict = Verdict.of(row.outcome());
        int before = target.upstream.requests().size();
        List<Integer> statuses = new ArrayList<>();
        try (Wire wire = Wire.connect(target.port).patience(PATIENCE)) {
            wire.sendRaw(step, row.request(place));
            if (verdict.silent()) {
                wire.finish();
            }
            for (Optional<Reply> reply = wire.tryReply("GET"); reply.isPresent(); reply = wire.tryReply("GET")) {
                statuses.add(reply.get().status());
            }
        } catch (AssertionError failed) {
            throw new AssertionError(row.name() + " (" + place + ", " + step + "): " + failed.getMessage(), failed);
        }
        List<Received> seen = target.upstream.requests();
        List<String> objections = verdict.objections(statuses, seen.size() - before);
        assertThat(objections).as("%s (%s, %d)", row.name(), place, step).isEmpty();
        assertThat(seen.subList(before, seen.size()))
                .as("%s (%s, %d)", row.name(), place, step)
                .noneMatch(request -> request.requestLine().contains("smuggled"));
    }

    @TestFactory
    @Order(2)
    Stream<DynamicTest> aRequestCutOffAfterAnyByteIsNoRequest() {
        return Row.table("cut.rows").stream()
                .flatMap(row -> PLACES.stream()
                        .map(place -> DynamicTest.dynamicTest(row.name() + ", " + place, () -> cut(row, place))));
    }

    private static void cut(Row row, String place) {
        int length = row.request(place + "/cut/000").length;
        for (int from = 0; from <= length; from += PORTION) {
            cut(row, place, from, Math.min(from + PORTION, length + 1));
        }
    }

    private static void cut(Row row, String place, int from, int to) {
        int most = Integer.parseInt(row.outcome());
        int whole = row.request(place + "/cut/000").length;
        int before = target.upstream.requests().size();
        List<Wire> wires = new ArrayList<>();
        for (int at = from; at < to; at++) {
            byte[] bytes = row.request(mark(place, at));
            wires.add(Wire.connect(target.port)
                    .sendRaw(Integer.MAX_VALUE, java.util.Arrays.copyOf(bytes, at))
                    .finish());
        }
        for (Wire wire : wires) {
            wire.rest();
            wire.close();
        }
        for (int at = from; at < to; at++) {
            String mark = "/" + mark(place, at) + "/";
            long seen = target.upstream.requests().stream()
                    .skip(before)
                    .filter(request -> request.requestLine().contains(mark))
                    .count();
            assertThat(seen)
                    .as("%s cut after %d bytes", row.name(), at)
                    .isLessThanOrEqualTo(at < whole ? most - 1 : most);
        }
    }

    private static String mark(String place, int at) {
        return String.format(java.util.Locale.ROOT, "%s/cut/%03d", place, at);
    }

    @Test
    @Order(3)
    void clientsThatResetAfterAnyByteDoNoHarm() {
        for (Row row : Row.table("cut.rows")) {
            for (String place : PLACES) {
                byte[] bytes = row.request(place);
                for (int at = 1; at <= bytes.length; at++) {
                    Wire.connect(target.port)
                            .sendRaw(Integer.MAX_VALUE, java.util.Arrays.copyOf(bytes, at))
                            .reset();
                }
            }
        }
        assertThat(target.health()).isEqualTo(200);
    }

    @ParameterizedTest(name = "{0}")
    @Order(4)
    @ValueSource(
            strings = {
                "",
                "GET /read/ HT",
                "GET /read/ HTTP/1.1\nHost: a\nX-Slow",
                "POST /read/ HTTP/1.1\nHost: a\nContent-Length: 10\n\nabc",
                "POST /streamed/ HTTP/1.1\nHost: a\nContent-Length: 10\n\nabc",
                "POST /read/ HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n3\nabc\n5",
                "POST /streamed/ HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n3\nabc\n5",
                "GET /read/ HTTP/1.1\nHost: a\n\n"
            })
    void whoeverStopsSendingIsLetGo(String beginning) {
        // Requests of clients that have reset their connections may still be on their way.
        String mark = "/stopped-" + Integer.toHexString(beginning.hashCode());
        try (Wire wire = Wire.connect(target.slowPort)) {
            wire.send(beginning.replace("/ HTTP/", mark + " HTTP/"));
            wire.rest();
        }
        assertThat(target.upstream.requests())
                .filteredOn(request -> request.requestLine().contains(mark))
                .hasSize(beginning.endsWith("Host: a\n\n") ? 1 : 0);
    }

    @Test
    @Order(5)
    void aHeadThatDripsIsLetGo() {
        try (Wire wire = Wire.connect(target.slowPort)) {
            wire.send("GET /read/ HTTP/1.1\nHost: a\n");
            Deadline drip = Deadline.in(Duration.ofSeconds(10));
            Thread.ofVirtual().start(() -> {
                while (!drip.passed()) {
                    wire.sendRaw("X");
                    java.util.concurrent.locks.LockSupport.parkNanos(200_000_000);
                }
            });
            wire.rest();
        }
    }

    @Test
    @Order(5)
    void whoeverStopsReadingIsLetGo() throws IOException {
        try (RandomAccessFile big =
                new RandomAccessFile(target.folder().resolve("big").toFile(), "rw")) {
            big.setLength(64L << 20);
        }
        Deadline.inSeconds(60).await("other connections to end", () -> target.connections() == 1);
        try (Wire wire = Wire.connect(target.slowPort)) {
            wire.send("GET /big HTTP/1.1\nHost: a\n\n");
            Deadline.inSeconds(60).await("the answer to begin", () -> target.connections() == 2);
            Deadline.inSeconds(60).await("the connection to be given up", () -> target.connections() == 1);
        }
    }

    @Test
    @Order(6)
    void theServerIsAsGoodAsBefore() throws IOException {
        assertThat(target.health()).isEqualTo(200);
        Deadline.inSeconds(60).await("all connections to be given back", () -> target.connections() == 1);
        for (int round = 0; round < 3; round++) {
            target.collectGarbage();
            assertThat(target.health()).isEqualTo(200);
        }
        assertThat(target.complaints()).isEmpty();
        assertThat(target.upstream.requests())
                .noneMatch(request -> request.requestLine().contains("smuggled"));
    }
}
