package dev.fairlead.engine.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.model.control.ServerCommand;
import dev.fairlead.model.http.Forward.Failure;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.upstream.Duty;
import dev.fairlead.model.upstream.Upstream;
import dev.fairlead.source.Span;
import dev.fairlead.testkit.Conversation;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.Peer;
import dev.fairlead.testkit.Ports;
import dev.fairlead.testkit.Reply;
import dev.fairlead.testkit.Wire;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryTest {
    private static final String GET = "GET / HTTP/1.1\nHost: site\n\n";
    private static final String POST = "POST / HTTP/1.1\nHost: site\nContent-Length: 4\n\nabcd";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private static Peer resetting() {
        return Peer.start(conversation -> {
            conversation.request();
            conversation.reset();
        });
    }

    private static Peer silent() {
        return Peer.start(conversation -> {
            conversation.request();
            conversation.read();
        });
    }

    @Test
    void refusedConnectionGoesToTheNextServer() {
        try (Peer peer = Peer.replying(OK);
                Proxy proxy = Proxy.to(Ports.free(), peer.port()).start();
                Wire wire = proxy.connect()) {
            for (int i = 0; i < 4; i++) {
                wire.send(POST).expectStatus(200);
            }
            assertThat(proxy.reports())
                    .contains(
                            "connect() failed (111: Connection refused) while connecting to upstream",
                            "upstream server temporarily disabled while connecting to upstream");
        }
    }

    @Test
    void resetBeforeTheAnswerGoesToTheNextServer() {
        try (Peer bad = resetting();
                Peer good = Peer.replying(OK);
                Proxy proxy = Proxy.to(bad.port(), good.port()).start();
                Wire wire = proxy.connect()) {
            for (int i = 0; i < 4; i++) {
                wire.send(GET).expectStatus(200);
            }
            assertThat(bad.connections()).isEqualTo(1);
        }
    }

    @Test
    void postIsNotSentTwice() {
        try (Peer bad = resetting();
                Peer good = Peer.replying(OK);
                Proxy proxy = Proxy.to(bad.port(), good.port()).start();
                Wire wire = proxy.connect()) {
            wire.send(POST).expectStatus(502);
            assertThat(good.requests()).isEmpty();
        }
    }

    @Test
    void postIsSentTwiceWhereThatIsAllowed() {
        try (Peer bad = resetting();
                Peer good = Peer.replying(OK);
                Proxy proxy = Proxy.to(bad.port(), good.port())) {
            proxy.nonIdempotent = true;
            proxy.start();
            try (Wire wire = proxy.connect()) {
                wire.send(POST).expectStatus(200);
                assertThat(good.requests().getFirst().body()).isEqualTo("abcd");
            }
        }
    }

    @Test
    void nothingIsTriedAgainOnceTheClientHasSomeOfTheAnswer() {
        try (Peer bad = Peer.start(conversation -> {
                    conversation.request();
                    conversation.say("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
                });
                Peer good = Peer.replying(OK);
                Proxy proxy = Proxy.to(bad.port(), good.port()).start();
                Wire wire = proxy.connect()) {
            Reply reply = wire.send(GET).reply();
            assertThat(reply.body()).isEqualTo("half");
            assertThat(reply.ending()).isEqualTo(Reply.Ending.CUT_SHORT);
            assertThat(good.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"STATUS_503,503", "STATUS_500,500", "STATUS_404,404", "STATUS_429,429", "STATUS_403,403"})
    void statusGoesToTheNextServerWhereThatIsAsked(Failure failure, int status) {
        try (Peer bad = Peer.replying("HTTP/1.1 " + status + " No\r\nContent-Length: 2\r\n\r\nno");
                Peer good = Peer.replying(OK);
                Proxy proxy = Proxy.to(bad.port(), good.port())) {
            proxy.retryOn = EnumSet.of(failure);
            proxy.start();
            try (Wire wire = proxy.connect()) {
                assertThat(wire.send(GET).reply().body()).isEqualTo("ok");
            }
        }
    }

    @Test
    void answerOfTheLastServerIsPassedAsItIs() {
        String busy = "HTTP/1.1 503 Busy\r\nContent-Length: 4\r\nX-Why: load\r\n\r\nbusy";
        try (Peer one = Peer.replying(busy);
                Peer two = Peer.replying(busy);
                Proxy proxy = Proxy.to(one.port(), two.port())) {
            proxy.retryOn = EnumSet.of(Failure.STATUS_503);
            proxy.start();
            try (Wire wire = proxy.connect()) {
                Reply reply = wire.send(GET).reply();
                assertThat(reply.statusLine()).isEqualTo("HTTP/1.1 503 Busy");
                assertThat(reply.body()).isEqualTo("busy");
                assertThat(one.requests().size() + two.requests().size()).isEqualTo(2);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void noMoreServersAreTriedThanAllowed(int tries) {
        try (Peer one = resetting();
                Peer two = resetting();
                Peer three = resetting();
                Proxy proxy = Proxy.to(one.port(), two.port(), three.port())) {
            proxy.tries = tries;
            proxy.start();
            try (Wire wire = proxy.connect()) {
                wire.send(GET).expectStatus(502);
                assertThat(one.connections() + two.connections() + three.connections())
                        .isEqualTo(tries);
            }
        }
    }

    @Test
    void silenceIsATimeoutAndThenTheNextServersTurn() {
        try (Peer bad = silent();
                Peer good = Peer.replying(OK)) {
            // The good one has no more time than the other, which may be too little on a busy machine.
            Deadline.inSeconds(60).await("the answer of the next server", () -> isAnswered(bad, good));
        }
    }

    private static boolean isAnswered(Peer bad, Peer good) {
        try (Proxy proxy = Proxy.to(bad.port(), good.port())) {
            proxy.read = Duration.ofMillis(100);
            proxy.start();
            try (Wire wire = proxy.connect()) {
                int status = wire.send(GET).reply().status();
                assertThat(proxy.reports().getFirst())
                        .isEqualTo("upstream timed out (110: Connection timed out)"
                                + " while reading response header from upstream");
                return status == 200;
            }
        }
    }

    @Test
    void silenceOfTheOnlyServerIsAGatewayTimeout() {
        try (Peer bad = silent();
                Proxy proxy = Proxy.to(bad.port())) {
            proxy.read = Duration.ofMillis(100);
            proxy.start();
            try (Wire wire = proxy.connect()) {
                wire.send(GET).expectStatus(504);
            }
        }
    }

    @Test
    void withoutAnyServerLeftThereAreNoLiveUpstreams() {
        try (Proxy proxy = Proxy.to(Ports.free(), Ports.free()).start();
                Wire wire = proxy.connect()) {
            wire.send(GET).expectStatus(502);
            wire.send(GET).expectStatus(502);
            assertThat(proxy.reports()).contains("no live upstreams while connecting to upstream");
        }
    }

    @Test
    void theOnlyServerIsTriedHoweverOftenItFailed() {
        int port = Ports.free();
        try (Proxy proxy = Proxy.to(port).start();
                Wire wire = proxy.connect()) {
            wire.send(GET).expectStatus(502);
            wire.send(GET).expectStatus(502);
            try (Peer peer = Peer.start(port, conversation -> {
                while (conversation.request().isPresent()) {
                    conversation.say(OK);
                }
            })) {
                wire.send(GET).expectStatus(200);
                assertThat(peer.connections()).isEqualTo(1);
            }
        }
    }

    @Test
    void backupStepsInWhenNoOtherIsLeft() {
        try (Peer spare = Peer.replying(OK);
                Proxy proxy = Proxy.to(Ports.free())) {
            proxy.add(new Upstream.Server(
                    new Address.Tcp("127.0.0.1", spare.port()),
                    1,
                    0,
                    1,
                    Duration.ofSeconds(10),
                    true,
                    false,
                    Span.builtIn()));
            proxy.start();
            try (Wire wire = proxy.connect()) {
                wire.send(GET).expectStatus(200);
                wire.send(GET).expectStatus(200);
                assertThat(spare.requests()).hasSize(2);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void connectionThatWentStaleIsReplacedWithoutCountingAsAFailure(boolean reset) {
        AtomicInteger answered = new AtomicInteger();
        try (Peer peer = Peer.start(conversation -> answerOnceThenDrop(conversation, answered, reset));
                Proxy proxy = Proxy.to(peer.port(), Ports.free())) {
            proxy.tries = 1;
            proxy.retryOn = EnumSet.noneOf(Failure.class);
            proxy.start();
            try (Wire wire = proxy.connect()) {
                wire.send(GET).expectStatus(200);
                wire.send("GET /two HTTP/1.1\nHost: site\n\n").expectStatus(502, 200);
                wire.send(GET).expectStatus(200, 502);
                assertThat(proxy.upstreams()
                                .status(java.util.List.of(proxy.upstream()), dev.fairlead.time.Clock.system())
                                .getFirst()
                                .servers()
                                .getFirst()
                                .failures())
                        .isZero();
            }
        }
    }

    /// Reads a second request and leaves without a word, as a server that is just being restarted does.
    private static void answerOnceThenDrop(Conversation conversation, AtomicInteger answered, boolean reset)
            throws java.io.IOException {
        conversation.request();
        conversation.say(OK);
        answered.incrementAndGet();
        conversation.request();
        if (reset) {
            conversation.reset();
        }
    }

    @Test
    void serverTakenOutGetsNothingNewUntilItIsPutBack() {
        try (Peer one = Peer.replying(OK);
                Peer two = Peer.replying(OK);
                Proxy proxy = Proxy.to(one.port(), two.port()).start();
                Wire wire = proxy.connect()) {
            assertThat(proxy.tell(one.port(), new ServerCommand.SetDuty(Duty.MAINTENANCE)))
                    .isTrue();
            for (int i = 0; i < 4; i++) {
                wire.send(GET).expectStatus(200);
            }
            assertThat(one.requests()).isEmpty();
            assertThat(proxy.tell(one.port(), new ServerCommand.SetDuty(Duty.READY)))
                    .isTrue();
            for (int i = 0; i < 4; i++) {
                wire.send(GET).expectStatus(200);
            }
            assertThat(one.requests()).hasSize(2);
        }
    }
}
