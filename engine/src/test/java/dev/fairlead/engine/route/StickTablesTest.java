package dev.fairlead.engine.route;

import static dev.fairlead.engine.route.Written.answer;
import static dev.fairlead.engine.route.Written.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.engine.compile.Shared;
import dev.fairlead.engine.http1.TestServer;
import dev.fairlead.model.http.ResponseHeaders;
import dev.fairlead.model.http.ResponseRule;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.http.Rule.Track.Scope;
import dev.fairlead.model.text.Change;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.Conversion;
import dev.fairlead.model.text.Counter;
import dev.fairlead.model.text.CounterPlace;
import dev.fairlead.model.text.NumberRange;
import dev.fairlead.model.text.StickTable;
import dev.fairlead.model.text.StickTable.Stored;
import dev.fairlead.model.text.Variable;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.Peer;
import dev.fairlead.testkit.Wire;
import dev.fairlead.time.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StickTablesTest {
    private static final CounterPlace TRACKED = new CounterPlace.Tracked(0);
    private final ManualClock clock = new ManualClock(0);
    private final Shared shared = new Shared();

    private static Stored count(Counter counter) {
        return new Stored(counter, Duration.ZERO);
    }

    private static Stored rate(Counter counter) {
        return new Stored(counter, Duration.ofSeconds(10));
    }

    private static StickTable table(StickTable.Key key, long most, boolean purges, Stored... stored) {
        return new StickTable(
                "table", key, 32, most, purges, Optional.of(Duration.ofSeconds(60)), List.of(stored), Written.HERE);
    }

    private static StickTable texts(Stored... stored) {
        return table(StickTable.Key.TEXT, 100, true, stored);
    }

    private static Rule track(StickTable table, String key, Scope scope) {
        return new Rule.Track(0, table, text(key), scope, Written.HERE);
    }

    private static Variable number(CounterPlace place, Counter counter) {
        return new Variable.TableNumber(place, counter);
    }

    /// Refuses requests whose number is above the limit.
    private static Rule limit(Variable number, long most) {
        return new Rule.When(
                new Condition.InNumbers(Written.of(number), List.of(new NumberRange(most + 1, Long.MAX_VALUE)), false),
                List.of(answer(429, "slow down")),
                Optional.empty(),
                Written.HERE);
    }

    private static Rule show(Object... parts) {
        return new Rule.Assign(Written.custom("shown"), Written.of(parts), Written.HERE);
    }

    private TestServer serve(TestHost host) {
        return TestHost.serve(clock, shared, host);
    }

    private static String key(TestServer server, String key) {
        return Asked.get(server, "/?k=" + key).body();
    }

    @Test
    void requestsBeyondARateAreRefusedUntilThePeriodHasPassed() {
        StickTable table = table(StickTable.Key.IPV4, 100, true, rate(Counter.REQUEST_RATE));
        TestHost host = TestHost.named("a.example")
                .rule(track(table, "$remote_addr", Scope.REQUEST))
                .rule(limit(number(TRACKED, Counter.REQUEST_RATE), 3))
                .at("/", answer(200, "fine"));
        try (TestServer server = serve(host)) {
            for (int i = 0; i < 3; i++) {
                assertThat(Asked.get(server, "/").status()).isEqualTo(200);
            }
            assertThat(Asked.get(server, "/").status()).isEqualTo(429);
            clock.advance(Duration.ofSeconds(15));
            // Four requests in the period before, half of which is less than a period ago.
            assertThat(Asked.get(server, "/").status()).isEqualTo(200);
            assertThat(Asked.get(server, "/").status()).isEqualTo(429);
            clock.advance(Duration.ofSeconds(20));
            assertThat(Asked.get(server, "/").status()).isEqualTo(200);
        }
    }

    @Test
    void everyKeyIsCountedByItself() {
        TestHost host = TestHost.named("a.example")
                .rule(track(texts(count(Counter.REQUESTS)), "$arg_k", Scope.REQUEST))
                .rule(show(number(TRACKED, Counter.REQUESTS), " of ", number(TRACKED, Counter.TRACKERS)))
                .at("/", answer(200, "$shown"));
        try (TestServer server = serve(host)) {
            assertThat(key(server, "a")).isEqualTo("1 of 1");
            assertThat(key(server, "b")).isEqualTo("1 of 1");
            assertThat(key(server, "a")).isEqualTo("2 of 1");
            assertThat(key(server, "x".repeat(32) + "1")).isEqualTo("1 of 1");
            assertThat(key(server, "x".repeat(32) + "2")).isEqualTo("2 of 1");
        }
    }

    @Test
    void whatIsNotTrackedHasNoNumberAndAnUnknownKeyHasZero() {
        StickTable table = texts(count(Counter.REQUESTS));
        Variable ofKey = number(new CounterPlace.Entry(table, text("$arg_k")), Counter.REQUESTS);
        Variable notStored = number(new CounterPlace.Entry(table, text("$arg_k")), Counter.SESSIONS);
        TestHost host = TestHost.named("a.example")
                .rule(show(
                        new Variable.Answer(new Condition.Present(number(TRACKED, Counter.REQUESTS))),
                        new Variable.Answer(new Condition.Present(notStored)),
                        new Variable.Answer(new Condition.Present(ofKey)),
                        ofKey))
                .at("/", answer(200, "$shown"));
        try (TestServer server = serve(host)) {
            assertThat(key(server, "a")).isEqualTo("0010");
            assertThat(Asked.get(server, "/").body()).isEqualTo("000");
        }
    }

    @Test
    void connectionsAreCountedAsLongAsTheyAreOpen() {
        StickTable table = table(
                StickTable.Key.IPV6,
                100,
                true,
                count(Counter.CONNECTIONS_NOW),
                count(Counter.CONNECTIONS),
                count(Counter.REQUESTS));
        Variable open = number(TRACKED, Counter.CONNECTIONS_NOW);
        TestHost host = TestHost.named("a.example")
                .rule(track(table, "$remote_addr", Scope.CONNECTION))
                .rule(show(
                        open,
                        " of ",
                        number(TRACKED, Counter.CONNECTIONS),
                        " asked ",
                        number(TRACKED, Counter.REQUESTS)))
                .at("/", answer(200, "$shown"));
        try (TestServer server = serve(host);
                Wire one = Wire.connect(server.port())) {
            assertThat(ask(one)).isEqualTo("1 of 1 asked 1");
            assertThat(ask(one)).isEqualTo("1 of 1 asked 2");
            try (Wire two = Wire.connect(server.port())) {
                assertThat(ask(two)).isEqualTo("2 of 2 asked 3");
                assertThat(ask(one)).isEqualTo("2 of 2 asked 4");
            }
            Deadline.inSeconds(60).await("the other connection to be gone", () -> ask(one).startsWith("1 of 2 "));
        }
    }

    private static String ask(Wire wire) {
        return wire.send("GET / HTTP/1.1\nHost: a.example\n\n").reply().body();
    }

    @Test
    void aConnectionThatIsRejectedAtOnceWasNoSession() {
        StickTable table = table(
                StickTable.Key.IPV4,
                100,
                true,
                count(Counter.CONNECTIONS_NOW),
                count(Counter.CONNECTIONS),
                count(Counter.SESSIONS),
                count(Counter.REQUESTS));
        TestHost host = TestHost.named("a.example")
                .rule(track(table, "$remote_addr", Scope.CONNECTION))
                .rule(new Rule.When(
                        new Condition.InNumbers(
                                Written.of(number(TRACKED, Counter.CONNECTIONS_NOW)),
                                List.of(new NumberRange(2, Long.MAX_VALUE)),
                                false),
                        List.of(answer(444)),
                        Optional.empty(),
                        Written.HERE))
                .rule(show(
                        number(TRACKED, Counter.CONNECTIONS),
                        " ",
                        number(TRACKED, Counter.SESSIONS),
                        " ",
                        number(TRACKED, Counter.REQUESTS)))
                .at("/", answer(200, "$shown"));
        try (TestServer server = serve(host);
                Wire one = Wire.connect(server.port())) {
            assertThat(ask(one)).isEqualTo("1 1 1");
            try (Wire two = Wire.connect(server.port())) {
                two.send("GET / HTTP/1.1\nHost: a.example\n\n").expectClosed();
            }
            assertThat(ask(one)).isEqualTo("2 1 2");
        }
    }

    @Test
    void answersAreCountedByTheirKind() {
        StickTable table = texts(
                count(Counter.CLIENT_ERRORS),
                count(Counter.SERVER_ERRORS),
                count(Counter.BYTES_OUT),
                count(Counter.BYTES_IN));
        CounterPlace place = new CounterPlace.Entry(table, text("all"));
        try (Peer missing = Peer.replying("HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\n\r\nno!");
                Peer failing = Peer.replying("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 3\r\n\r\nno!");
                TestServer server = serve(TestHost.named("a.example")
                        .rule(track(table, "all", Scope.REQUEST))
                        .rule(show(number(place, Counter.CLIENT_ERRORS), " ", number(place, Counter.SERVER_ERRORS)))
                        .at("= /shown", answer(200, "$shown"))
                        .at("/refused", answer(403))
                        .at(
                                "= /bytes",
                                show(number(place, Counter.BYTES_IN), " ", number(place, Counter.BYTES_OUT)),
                                answer(200, "$shown"))
                        .passing("/a", missing.port())
                        .passing("/b", failing.port()))) {
            assertThat(Asked.get(server, "/shown").body()).isEqualTo("0 0");
            int bytes = "GET /shown HTTP/1.1\r\nHost: a.example\r\n\r\n".length();
            assertThat(Asked.get(server, "/bytes").body()).matches(bytes + " [1-9][0-9]+");
            assertThat(Asked.get(server, "/a").status()).isEqualTo(404);
            assertThat(Asked.get(server, "/b").status()).isEqualTo(502);
            assertThat(Asked.get(server, "/refused").status()).isEqualTo(403);
            assertThat(Asked.get(server, "/shown").body()).isEqualTo("2 1");
        }
    }

    @Test
    void rulesCountWhatTheyLike() {
        StickTable table = texts(count(Counter.GENERAL_0), rate(Counter.GENERAL_0_RATE), count(Counter.TAG_0));
        Variable increased = new Variable.TableNumberAfter(
                new CounterPlace.Entry(table, text("$arg_k")), Counter.GENERAL_0, new Change.Increase(text("2")));
        TestHost host = TestHost.named("a.example")
                .with(new ResponseHeaders(
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        ResponseHeaders.ServerField.NAME,
                        true,
                        List.of(),
                        List.of(),
                        List.of(new ResponseRule.Count(
                                TRACKED, Counter.TAG_0, new Change.SetTo(text("$status")), Written.HERE))))
                .at(
                        "/after",
                        show(increased, " ", number(new CounterPlace.Entry(table, text("$arg_k")), Counter.TAG_0)),
                        answer(200, "$shown"))
                .at(
                        "/",
                        track(table, "$arg_k", Scope.REQUEST),
                        new Rule.Count(TRACKED, Counter.GENERAL_0, new Change.Increase(text("1")), Written.HERE),
                        show(
                                number(TRACKED, Counter.GENERAL_0),
                                " ",
                                number(TRACKED, Counter.GENERAL_0_RATE),
                                " ",
                                number(TRACKED, Counter.TAG_0)),
                        answer(201, "$shown"));
        try (TestServer server = serve(host)) {
            assertThat(key(server, "a")).isEqualTo("1 1 0");
            assertThat(key(server, "a")).isEqualTo("2 2 201");
            assertThat(Asked.get(server, "/after?k=a").body()).isEqualTo("4 201");
            assertThat(Asked.get(server, "/after?k=b").body()).isEqualTo("2 0");
            clock.advance(Duration.ofSeconds(30));
            assertThat(key(server, "a")).isEqualTo("5 1 201");
        }
    }

    @Test
    void entriesAreForgottenWhenTheyWereNotUsedForLong() {
        StickTable table = texts(count(Counter.REQUESTS));
        TestHost host = TestHost.named("a.example")
                .rule(track(table, "$arg_k", Scope.REQUEST))
                .rule(show(number(TRACKED, Counter.REQUESTS), " ", new Variable.TableEntries(table, false)))
                .at("/", answer(200, "$shown"));
        try (TestServer server = serve(host)) {
            assertThat(key(server, "a")).isEqualTo("1 1");
            clock.advance(Duration.ofSeconds(40));
            assertThat(key(server, "b")).isEqualTo("1 2");
            assertThat(key(server, "a")).isEqualTo("2 2");
            clock.advance(Duration.ofSeconds(59));
            assertThat(key(server, "a")).isEqualTo("3 2");
            clock.advance(Duration.ofSeconds(2));
            assertThat(key(server, "a")).isEqualTo("4 1");
            clock.advance(Duration.ofSeconds(61));
            assertThat(key(server, "a")).isEqualTo("1 1");
        }
    }

    @Test
    void aFullTableMakesRoomOrTakesNoMore() {
        Stored requests = count(Counter.REQUESTS);
        assertThat(keysSeen(table(StickTable.Key.TEXT, 2, true, requests))).isEqualTo("1 1 1 1 2");
        assertThat(keysSeen(table(StickTable.Key.TEXT, 2, false, requests))).isEqualTo("1 1  2 2");
    }

    /// The counts of a, b, c, a, and a or c again.
    private static String keysSeen(StickTable table) {
        TestHost host = TestHost.named("a.example")
                .rule(track(table, "$arg_k", Scope.REQUEST))
                .rule(show(number(TRACKED, Counter.REQUESTS)))
                .at("/", answer(200, "$shown"));
        try (TestServer server = TestHost.serve(new ManualClock(0), new Shared(), host)) {
            String last = table.purges() ? "c" : "b";
            return String.join(
                    " ", key(server, "a"), key(server, "b"), key(server, "c"), key(server, "a"), key(server, last));
        }
    }

    @Test
    void aReloadKeepsTheEntriesOfATableThatItLeavesAsItWas() {
        StickTable table = texts(count(Counter.REQUESTS));
        assertThat(countedOnce(texts(count(Counter.REQUESTS)))).isEqualTo("1");
        assertThat(countedOnce(table)).isEqualTo("2");
        assertThat(countedOnce(texts(count(Counter.REQUESTS), count(Counter.SESSIONS))))
                .isEqualTo("1");
    }

    private String countedOnce(StickTable table) {
        TestHost host = TestHost.named("a.example")
                .rule(track(table, "$arg_k", Scope.REQUEST))
                .rule(show(number(TRACKED, Counter.REQUESTS)))
                .at("/", answer(200, "$shown"));
        try (TestServer server = serve(host)) {
            return key(server, "a");
        }
    }

    @Test
    void valuesAreLookedUpInTables() {
        StickTable table = texts(count(Counter.REQUESTS));
        Variable name = new Variable.QueryArgument("k");
        TestHost host = TestHost.named("a.example")
                .rule(new Rule.When(
                        new Condition.Present(new Variable.QueryArgument("count")),
                        List.of(track(table, "$arg_k", Scope.REQUEST)),
                        Optional.empty(),
                        Written.HERE))
                .rule(show(
                        new Variable.Converted(name, new Conversion.InTable(table)),
                        new Variable.Converted(name, new Conversion.TableCounter(table, Counter.REQUESTS)),
                        " ",
                        new Variable.TableEntries(table, true)))
                .at("/", answer(200, "$shown"));
        try (TestServer server = serve(host)) {
            assertThat(key(server, "a")).isEqualTo("00 100");
            assertThat(key(server, "a&count=1")).isEqualTo("11 99");
            assertThat(key(server, "b")).isEqualTo("00 99");
        }
    }
}
