package dev.fairlead.engine.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.model.status.UpstreamStatus;
import dev.fairlead.model.text.NumberRange;
import dev.fairlead.model.upstream.HealthCheck;
import dev.fairlead.model.upstream.HealthCheck.Expectation;
import dev.fairlead.model.upstream.HealthCheck.Probe;
import dev.fairlead.model.upstream.ServerTraits;
import dev.fairlead.source.Span;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.Peer;
import dev.fairlead.testkit.Wire;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HealthCheckTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final String SICK = "HTTP/1.1 503 Sick\r\nContent-Length: 4\r\n\r\nsick";

    private static ServerTraits checked(Probe probe) {
        HealthCheck.Pace pace = new HealthCheck.Pace(
                Duration.ofMillis(20),
                Duration.ofMillis(10),
                Duration.ofMillis(10),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                0);
        return ServerTraits.NONE.withCheck(HealthCheck.of(probe, pace, 2, 2, Span.builtIn()));
    }

    private static void awaitState(Proxy proxy, int place, UpstreamStatus.State state) {
        Deadline.inSeconds(60)
                .await(
                        "state " + state,
                        () -> proxy.status(place).state() == state
                                && proxy.status(place).check().isPresent());
    }

    /// Answers checks as it is told to, and everything else well.
    private static Peer patient(AtomicReference<String> health) {
        return Peer.start(conversation -> {
            while (true) {
                var request = conversation.request();
                if (request.isEmpty()) {
                    return;
                }
                conversation.say(request.get().toString().contains("/health") ? health.get() : OK);
            }
        });
    }

    @Test
    void sickServerGetsNothingUntilItIsWellAgain() {
        AtomicReference<String> health = new AtomicReference<>(OK);
        try (Peer one = patient(health);
                Peer two = Peer.replying(OK);
                Proxy proxy = new Proxy()
                        .add(one.port(), checked(Probe.Http.get("/health", "check")))
                        .add(two.port(), ServerTraits.NONE)
                        .start();
                Wire wire = proxy.connect()) {
            proxy.settle();
            awaitState(proxy, 0, UpstreamStatus.State.AVAILABLE);
            health.set(SICK);
            awaitState(proxy, 0, UpstreamStatus.State.FAILING);
            assertThat(proxy.status(0).check().orElseThrow().reason()).isEqualTo("HTTP status 503");
            for (int i = 0; i < 4; i++) {
                wire.send(GET).expectStatus(200);
            }
            assertThat(two.requests()).hasSize(4);
            health.set(OK);
            awaitState(proxy, 0, UpstreamStatus.State.AVAILABLE);
            for (int i = 0; i < 4; i++) {
                wire.send(GET).expectStatus(200);
            }
            assertThat(two.requests()).hasSize(6);
        }
    }

    @Test
    void checksEndWithThePlanThatAskedForThem() {
        AtomicReference<String> health = new AtomicReference<>(OK);
        try (Peer one = patient(health);
                Proxy proxy = new Proxy()
                        .add(one.port(), checked(Probe.Http.get("/health", "check")))
                        .start()) {
            proxy.settle();
            awaitState(proxy, 0, UpstreamStatus.State.AVAILABLE);
            proxy.upstreams().settle(List.of(), List.of(), List.of(), proxy.clock);
            proxy.awaitLoops();
            int asked = connections(one);
            health.set(SICK);
            assertThat(proxy.status(0).state()).isEqualTo(UpstreamStatus.State.AVAILABLE);
            proxy.awaitLoops();
            assertThat(connections(one)).isEqualTo(asked + 1);
        }
    }

    /// With one that is made for this: those before it were accepted when it is answered.
    private static int connections(Peer peer) {
        try (Wire wire = Wire.connect(peer.port())) {
            wire.send(GET).reply();
            return peer.connections();
        }
    }

    @Test
    void allServersDownIsAnsweredAtOnce() {
        int closed;
        try (Peer gone = Peer.replying(OK)) {
            closed = gone.port();
        }
        try (Proxy proxy = new Proxy().add(closed, checked(new Probe.Connect())).start();
                Wire wire = proxy.connect()) {
            proxy.settle();
            awaitState(proxy, 0, UpstreamStatus.State.FAILING);
            assertThat(proxy.status(0).check().orElseThrow().reason()).isEqualTo("connection refused");
            wire.send(GET).expectStatus(502);
            assertThat(proxy.reports()).anyMatch(line -> line.contains("no live upstreams"));
        }
    }

    @Test
    void trackedServerGoesDownWithTheOneThatIsChecked() {
        AtomicReference<String> health = new AtomicReference<>(SICK);
        try (Peer one = patient(health);
                Peer two = Peer.replying(OK);
                Proxy proxy = new Proxy()
                        .add(
                                one.port(),
                                checked(Probe.Http.get("/health", "check")).withName("first"))
                        .add(two.port(), ServerTraits.NONE.withTracks(new ServerTraits.Reference("app", "first")))
                        .start()) {
            proxy.settle();
            awaitState(proxy, 0, UpstreamStatus.State.FAILING);
            assertThat(proxy.status(1).state()).isEqualTo(UpstreamStatus.State.FAILING);
        }
    }

    @Test
    void bodyAndStatusMayBeAskedFor() {
        assertThat(reason(new Expectation.Contains("", "well", false), "200 OK", "all is well"))
                .isEqualTo("HTTP status 200");
        assertThat(reason(new Expectation.Contains("", "well", false), "200 OK", "all is lost"))
                .isEqualTo("HTTP status 200, the body lacks \"well\"");
        assertThat(reason(new Expectation.Contains("server", "x", true), "200 OK", ""))
                .isEqualTo("HTTP status 200");
        assertThat(reason(new Expectation.Status(List.of(NumberRange.of(204)), false), "204 Nothing", ""))
                .isEqualTo("HTTP status 204");
    }

    private static String reason(Expectation expected, String status, String body) {
        Probe probe = new Probe.Http("GET", "/", 1, List.of("Host: x"), "", List.of(expected));
        String answer = "HTTP/1.1 " + status + "\r\nTransfer-Encoding: chunked\r\n\r\n"
                + (body.isEmpty() ? "" : Integer.toHexString(body.length()) + "\r\n" + body + "\r\n") + "0\r\n\r\n";
        return talk(probe, answer);
    }

    private static String talk(Probe probe, String answer) {
        try (Peer one = Peer.replying(answer);
                Proxy proxy = new Proxy().add(one.port(), checked(probe)).start()) {
            proxy.settle();
            Deadline.inSeconds(60)
                    .await("a check", () -> proxy.status(0).check().isPresent());
            return proxy.status(0).check().orElseThrow().reason();
        }
    }

    @Test
    void conversationsAreHeldStepByStep() {
        Probe probe = new Probe.Dialogue(List.of(
                new HealthCheck.Step.Expect("220 ", false),
                new HealthCheck.Step.Send("NOOP\r\n"),
                new HealthCheck.Step.Expect("250", false)));
        try (Peer one = Peer.start(conversation -> {
                    conversation.say("220 here\r\n");
                    conversation.request();
                });
                Proxy proxy = new Proxy().add(one.port(), checked(probe)).start()) {
            proxy.settle();
            Deadline.inSeconds(60).await("the second step", () -> one.raw().contains("NOOP\r\n"));
        }
    }
}
