package dev.fairlead.conformance.pound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.conformance.Distribution;
import dev.fairlead.conformance.cases.Running;
import dev.fairlead.testkit.Conversation;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.Peer;
import dev.fairlead.testkit.Received;
import dev.fairlead.testkit.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Clients stay at the server that they had before, among servers that take turns.
@Timeout(180)
class PoundSessionsTest {
    private static final List<Peer> PEERS = new ArrayList<>();
    private static Running front;

    @TempDir
    static Path scratch;

    @BeforeAll
    static void pound() throws IOException {
        Distribution.prepare();
        for (String name : List.of("one", "two", "three")) {
            PEERS.add(Peer.start(conversation -> talk(name, conversation)));
        }
        StringBuilder config = new StringBuilder("""
                Balancer iwrr
                Alive 1
                ListenHTTP
                    Address 127.0.0.1
                    Port %PORT%
                End
                """);
        List.of("IP", "BASIC", "PARM", "URL", "COOKIE", "HEADER").forEach(type -> config.append(service(type, 300)));
        config.append(service("HEADER", 1).replace("header", "short"));
        config.append(service("HEADER", 300).replace("header", "failing").replace("%UP2%", "%DEAD%"));
        config.append("""
                Service
                    Path "^/checked"
                    BackEnd
                        Address 127.0.0.1
                        Port %UP1%
                        HAport %DEAD%
                    End
                    BackEnd
                        Address 127.0.0.1
                        Port %UP2%
                        HAport 127.0.0.1 %UP3%
                    End
                End
                """);
        front = PoundFront.start(
                scratch.resolve("pound"),
                scratch,
                config.toString(),
                PEERS.stream().map(Peer::port).toList());
    }

    private static String service(String type, int life) {
        String named = Set.of("IP", "BASIC", "PARM").contains(type) ? "" : "ID \"sid\"";
        String servers = "";
        for (int number = 1; number <= 3; number++) {
            servers += "    BackEnd\n Address 127.0.0.1\n Port %UP" + number + "%\n End\n";
        }
        return """
                Service
                    Path "^/%s"
                %s    Session
                        Type %s
                        TTL %d
                        %s
                    End
                End
                """.formatted(type.toLowerCase(Locale.ROOT), servers, type, life, named);
    }

    /// Says its name, and gives a session out where it is asked for one.
    private static void talk(String name, Conversation conversation) throws IOException {
        Optional<Received> request = conversation.request();
        while (request.isPresent()) {
            String target = request.get().target();
            int gift = target.indexOf("gift=");
            String session = gift < 0 ? "" : target.substring(gift + "gift=".length());
            String fields =
                    session.isEmpty() ? "" : "Set-Cookie: sid=" + session + "; Path=/\r\nSid: " + session + "\r\n";
            conversation.say("HTTP/1.1 200 OK\r\n" + fields + "Content-Length: " + name.length() + "\r\n\r\n" + name);
            request = conversation.request();
        }
    }

    @AfterAll
    static void end() {
        if (front != null) {
            front.close();
        }
        PEERS.forEach(Peer::close);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "BASIC, /basic, Authorization: Basic YWxpY2U6eA==, /basic, Authorization: Basic Ym9iOng=",
        "URL, /url?a=b&sid=1, X: 1, /url?sid=2&a=b, X: 1",
        "PARM, /parm;one, X: 1, /parm;two, X: 1",
        "COOKIE, /cookie, Cookie: other=1; sid=1, /cookie, Cookie: sid=2",
        "HEADER, /header, Sid: 1, /header, Sid: 2",
    })
    void aSessionStaysAtItsServerAndAnotherGoesToTheNext(
            String type, String target, String field, String otherTarget, String otherField) {
        String server = ask(target, field);
        String other = ask(otherTarget, otherField);
        assertThat(other).as(type).isNotEqualTo(server);
        for (int i = 0; i < 4; i++) {
            assertThat(ask(target, field)).isEqualTo(server);
            assertThat(ask(otherTarget, otherField)).isEqualTo(other);
        }
    }

    @ParameterizedTest
    @CsvSource({"/basic", "/url", "/parm", "/cookie", "/header"})
    void whoHasNoSessionIsSentToServersInTurn(String target) {
        Set<String> seen = new TreeSet<>();
        for (int i = 0; i < 3; i++) {
            seen.add(ask(target, "X: 1"));
        }
        assertThat(seen).containsExactly("one", "three", "two");
    }

    @Test
    void aClientIsKnownByItsAddress() {
        String server = ask("/ip/a", "Sid: 1");
        for (int i = 0; i < 4; i++) {
            assertThat(ask("/ip/b?c=" + i, "Sid: " + i)).isEqualTo(server);
        }
    }

    @ParameterizedTest
    @CsvSource({"/cookie, Cookie: sid=", "/header, Sid: "})
    void aSessionBelongsToTheServerThatGaveItOut(String target, String field) {
        for (int i = 0; i < 3; i++) {
            String session = "given" + i + target.substring(1);
            String giver = ask(target + "?gift=" + session, "X: 1");
            assertThat(ask(target, field + session)).isEqualTo(giver);
            assertThat(ask(target, field + session)).isEqualTo(giver);
        }
    }

    @Test
    void aSessionIsForgottenAfterItsTime() {
        String server;
        String next;
        long begun;
        do {
            begun = System.nanoTime();
            server = ask("/short", "Sid: s");
            next = ask("/short", "Sid: s");
        } while (System.nanoTime() - begun > Duration.ofSeconds(1).toNanos());
        assertThat(next).isEqualTo(server);
        String first = server;
        Deadline.inSeconds(60).await("the session to be forgotten", () -> {
            // Each request keeps it alive, so there has to be a pause that is longer than its life.
            LockSupport.parkNanos(Duration.ofMillis(1100).toNanos());
            return !ask("/short", "Sid: s").equals(first);
        });
    }

    @Test
    void aServerThatIsNotThereKeepsNobody() {
        for (int i = 0; i < 6; i++) {
            String server = ask("/failing", "Sid: f" + i);
            assertThat(server).isIn("one", "three");
            assertThat(ask("/failing", "Sid: f" + i)).isEqualTo(server);
        }
    }

    @Test
    void aServerWhosePortForChecksIsClosedGetsNothing() {
        Deadline.inSeconds(60).await("the check to fail", () -> {
            List<String> answers = List.of(ask("/checked", "X: 1"), ask("/checked", "X: 1"), ask("/checked", "X: 1"));
            return answers.equals(List.of("two", "two", "two"));
        });
        for (int i = 0; i < 4; i++) {
            assertThat(ask("/checked", "X: 1")).isEqualTo("two");
        }
    }

    private static String ask(String target, String field) {
        try (Wire wire = Wire.connect(front.port(1)).patience(Duration.ofSeconds(60))) {
            wire.send("GET " + target + " HTTP/1.1\nHost: localhost\n" + field + "\nConnection: close\n\n");
            return wire.reply().body();
        }
    }
}
