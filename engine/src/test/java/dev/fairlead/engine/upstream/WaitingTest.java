package dev.fairlead.engine.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.model.control.ServerCommand;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.upstream.Balance;
import dev.fairlead.model.upstream.Duty;
import dev.fairlead.model.upstream.Upstream;
import dev.fairlead.source.Span;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.Peer;
import dev.fairlead.testkit.Wire;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Servers that take one request at once.
class WaitingTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private final Semaphore leave = new Semaphore(0);
    private final AtomicInteger present = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    /// Answers each request when it is let.
    private Peer slow() {
        return Peer.start(conversation -> {
            while (conversation.request().isPresent()) {
                most.accumulateAndGet(present.incrementAndGet(), Math::max);
                leave.acquireUninterruptibly();
                present.decrementAndGet();
                conversation.say(OK);
            }
        });
    }

    /// A client whose request has the server's only place.
    private Wire first(Proxy proxy) {
        Wire first = proxy.connect().send(GET);
        Deadline.inSeconds(60).await("the first request", () -> present.get() == 1);
        return first;
    }

    /// Lets so many requests be answered, these among them.
    private void let(int requests, Wire... clients) {
        leave.release(requests);
        for (Wire client : clients) {
            client.expectStatus(200);
        }
    }

    private static Proxy narrow(int most, Duration patience, Peer... peers) {
        Proxy proxy = new Proxy();
        for (Peer peer : peers) {
            proxy.add(new Upstream.Server(
                    new Address.Tcp("127.0.0.1", peer.port()), 1, 1, 0, Duration.ZERO, false, false, Span.builtIn()));
        }
        proxy.queue = Optional.of(new Upstream.Queue(most, patience));
        return proxy.start();
    }

    @Test
    void requestsBeyondTheLimitWaitForTheirTurn() {
        try (Peer peer = slow();
                Proxy proxy = narrow(10, Duration.ofSeconds(60), peer);
                Wire one = proxy.connect();
                Wire two = proxy.connect();
                Wire three = proxy.connect()) {
            one.send(GET);
            two.send(GET);
            three.send(GET);
            let(3, one, two, three);
            assertThat(most).hasValue(1);
            Deadline.inSeconds(60)
                    .await("all places back", () -> proxy.status(0).active() == 0);
            assertThat(proxy.status(0).requests()).isEqualTo(3);
        }
    }

    @Test
    void fullQueueIsAnsweredWith503() {
        try (Peer peer = slow();
                Proxy proxy = narrow(1, Duration.ofSeconds(60), peer);
                Wire one = first(proxy);
                Wire two = proxy.connect();
                Wire three = proxy.connect()) {
            two.send(GET);
            Deadline.inSeconds(60).await("the second in the queue", () -> proxy.queued() == 1);
            three.send(GET).expectStatus(503);
            let(2, one, two);
            assertThat(proxy.reports()).anyMatch(line -> line.contains("too many requests wait for a server"));
        }
    }

    @Test
    void latenessIsAnsweredWith503() {
        try (Peer peer = slow();
                Proxy proxy = narrow(1, Duration.ofMillis(100), peer);
                Wire one = first(proxy);
                Wire two = proxy.connect()) {
            two.send(GET).expectStatus(503);
            let(1, one);
            assertThat(proxy.reports()).anyMatch(line -> line.contains("no server had room in time"));
        }
    }

    @Test
    void placeOfAClientThatLeftGoesToTheNext() {
        try (Peer peer = slow();
                Proxy proxy = narrow(10, Duration.ofSeconds(60), peer);
                Wire one = first(proxy);
                Wire three = proxy.connect()) {
            try (Wire two = proxy.connect()) {
                two.send(GET);
            }
            three.send(GET);
            let(3, one, three);
            Deadline.inSeconds(60)
                    .await("all places back", () -> proxy.status(0).active() == 0);
        }
    }

    @Test
    void raisedLimitLetsThoseInWhoWait() {
        try (Peer peer = slow();
                Proxy proxy = narrow(10, Duration.ofSeconds(60), peer);
                Wire one = first(proxy);
                Wire two = proxy.connect()) {
            two.send(GET);
            assertThat(proxy.tell(peer.port(), new ServerCommand.SetMaxConnections(2)))
                    .isTrue();
            Deadline.inSeconds(60).await("the second request", () -> present.get() == 2);
            let(2, one, two);
        }
    }

    @Test
    void serverThatIsDrainedGetsNothingNew() {
        try (Peer one = Peer.replying(OK);
                Peer two = Peer.replying(OK);
                Proxy proxy = Proxy.to(one.port(), two.port()).start();
                Wire wire = proxy.connect()) {
            proxy.tell(one.port(), new ServerCommand.SetDuty(Duty.DRAIN));
            wire.send(GET).expectStatus(200);
            wire.send(GET).expectStatus(200);
            assertThat(one.requests()).isEmpty();
            proxy.tell(one.port(), new ServerCommand.SetDuty(Duty.READY));
            proxy.tell(two.port(), new ServerCommand.SetWeight(0));
            wire.send(GET).expectStatus(200);
            assertThat(one.requests()).hasSize(1);
        }
    }

    @Test
    void sameServerIsTriedAgainAndTheLastTryGoesElsewhere() {
        int closed;
        try (Peer gone = Peer.replying(OK)) {
            closed = gone.port();
        }
        try (Peer two = Peer.replying(OK);
                Proxy proxy = Proxy.to(closed, two.port())) {
            proxy.balance = new Balance.InOrder();
            proxy.tries = 4;
            proxy.insistence = Optional.of(new Forward.Insistence(-1, Duration.ofMillis(1)));
            proxy.start();
            try (Wire wire = proxy.connect()) {
                wire.send(GET).expectStatus(200);
            }
            assertThat(proxy.status(0).requests()).isEqualTo(3);
        }
    }
}
