package dev.fairlead.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.cli.pound.PoundctlPersonality;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.Peer;
import dev.fairlead.testkit.Ports;
import dev.fairlead.testkit.ProcessUnderTest;
import dev.fairlead.testkit.Reply;
import dev.fairlead.testkit.Said;
import dev.fairlead.testkit.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Operators see what a running pound does, and switch parts of it on and off.
@Timeout(180)
class PoundctlTest {
    private static final int PORT = Ports.free();
    private static final int OTHER_PORT = Ports.free();

    @TempDir
    static Path folder;

    private static Peer one;
    private static Peer two;
    private static ProcessUnderTest pound;
    private static Path cfg;
    private static Path socket;

    @BeforeAll
    static void aPoundThatRuns() throws IOException {
        one = Peer.start(conversation -> {
            while (conversation.request().isPresent()) {
                conversation.ok("one");
            }
        });
        two = Peer.start(conversation -> {
            while (conversation.request().isPresent()) {
                conversation.ok("two");
            }
        });
        socket = folder.resolve("pound.sock");
        cfg = folder.resolve("pound.cfg");
        Files.writeString(cfg, """
                LogLevel 0
                Balancer iwrr
                Control
                    Socket "%s"
                    Mode 640
                End
                ListenHTTP "front"
                    Address 127.0.0.1
                    Port %d
                    Service "sleepy"
                        Path "^/sleepy"
                        Disabled yes
                        Error 403
                    End
                    Service "moved"
                        Path "^/moved"
                        Redirect 301 "http://elsewhere.example"
                    End
                End
                ListenHTTP
                    Address 127.0.0.1
                    Port %d
                End
                Service "site"
                    BackEnd
                        Address 127.0.0.1
                        Port %d
                        TimeOut 30
                    End
                    BackEnd
                        Address 127.0.0.1
                        Port %d
                        Priority 9
                    End
                    Session
                        Type HEADER
                        ID "Sid"
                        TTL 300
                    End
                End
                Service
                    Error 404
                End
                """.formatted(socket, PORT, OTHER_PORT, one.port(), two.port()));
        pound = new Program(folder).start("pound", "-F", "-f", cfg.toString());
        Deadline.inSeconds(60).await("pound to serve", () -> {
            assertThat(pound.running()).as(pound.output()).isTrue();
            return Ports.isListening(PORT)
                    && Files.exists(socket)
                    && poundctl("list").status() == 0;
        });
    }

    @AfterAll
    static void itEndsAndTakesItsSocketAway() {
        if (pound != null) {
            pound.signal("TERM");
            pound.awaitExit(Deadline.inSeconds(40));
            pound.close();
            assertThat(socket).doesNotExist();
        }
        one.close();
        two.close();
    }

    private static Said poundctl(String... words) {
        return run(Stream.concat(Stream.of("-s", socket.toString()), Stream.of(words)));
    }

    private static Said run(Stream<String> words) {
        return Said.by((out, err) -> new PoundctlPersonality(out, err).run(words.toList()));
    }

    private static Said poundctl2(String... words) {
        return run(Stream.concat(Stream.of("-c", socket.toString()), Stream.of(words)));
    }

    @Test
    void everythingIsShown() {
        assertThat(poundctl().out())
                .contains("PID: " + pound.pid())
                .contains("  0. Listener \"front\" http://127.0.0.1:" + PORT + " enabled")
                .contains("     0. Service \"sleepy\" disabled")
                .contains("  0. error 403 active")
                .contains("  1. Service \"moved\" active")
                .contains("  0. redirect 301 http://elsewhere.example (redirect request) active")
                .contains("  1. Listener http://127.0.0.1:" + OTHER_PORT + " enabled")
                .contains("Global services:")
                .contains("  0. backend http 127.0.0.1:" + one.port() + " 5 alive active")
                .contains("  1. backend http 127.0.0.1:" + two.port() + " 9 alive active")
                .contains("Session type: HEADER");
    }

    @Test
    void theConfigurationSaysWhereTheSocketIs() {
        assertThat(run(Stream.of("-f", cfg.toString(), "list", "/front")).out())
                .startsWith("Listener \"front\" http://127.0.0.1:" + PORT);
    }

    @Test
    void programsAreToldInJson() {
        assertThat(poundctl("-j", "list", "/-/site/0").out())
                .contains("\"type\":\"backend\"")
                .contains("\"address\":\"127.0.0.1:" + one.port() + "\"")
                .contains("\"alive\":true")
                .contains("\"enabled\":true")
                .contains("\"priority\":5")
                .contains("\"io_to\":30")
                .contains("\"ws_to\":600");
        assertThat(poundctl("-j").out())
                .startsWith("{\"timestamp\":")
                .contains("\"pid\":" + pound.pid())
                .contains("\"listeners\":[{\"name\":\"front\"")
                .contains("\"session_type\":\"NONE\"")
                .contains("\"emergency\":null");
    }

    @Test
    void aServerThatIsOffGetsNoNewClientsAndOneThatIsOnDoes() {
        assertThat(poundctl("disable", "/-/site/0")).isEqualTo(new Said(0, "", ""));
        assertThat(poundctl("list", "/-/site/0").out()).endsWith("disabled\n");
        for (int i = 0; i < 4; i++) {
            assertThat(Program.get(PORT, "/")).isEqualTo("two");
        }
        assertThat(poundctl("on", "/-/0/0").status()).isZero();
        Deadline.inSeconds(60)
                .await(
                        "the server to be chosen again",
                        () -> Program.get(PORT, "/").equals("one"));
    }

    @Test
    void theWordsOfPound2DoTheSame() {
        assertThat(poundctl2("-b", "-1", "0", "1").status()).isZero();
        assertThat(poundctl2().out()).contains("127.0.0.1:" + two.port() + " 9 alive disabled");
        for (int i = 0; i < 4; i++) {
            assertThat(Program.get(PORT, "/")).isEqualTo("one");
        }
        assertThat(poundctl2("-B", "-1", "0", "1").status()).isZero();
        assertThat(poundctl2().out()).contains("127.0.0.1:" + two.port() + " 9 alive active");
    }

    @Test
    void aServiceIsSwitchedOffAndOn() {
        assertThat(get(PORT, "/sleepy").orElseThrow().statusLine()).contains("200");
        assertThat(poundctl("on", "/front/sleepy").status()).isZero();
        assertThat(get(PORT, "/sleepy").orElseThrow().statusLine()).contains("403");
        assertThat(poundctl("off", "/front/sleepy").status()).isZero();
        assertThat(get(PORT, "/sleepy").orElseThrow().statusLine()).contains("200");
        poundctl("off", "/-/site");
        assertThat(get(PORT, "/").orElseThrow().statusLine()).contains("404");
        poundctl("on", "/-/site");
        assertThat(get(PORT, "/").orElseThrow().statusLine()).contains("200");
    }

    @Test
    void aListenerThatIsOffAnswersNobody() {
        poundctl("off", "/1");
        assertThat(get(OTHER_PORT, "/")).isEmpty();
        assertThat(poundctl("list", "/1").out()).contains(OTHER_PORT + " disabled");
        poundctl("on", "/1");
        assertThat(get(OTHER_PORT, "/").orElseThrow().statusLine()).contains("200");
    }

    @Test
    void sessionsAreShownAddedAndForgotten() {
        assertThat(poundctl("add", "/-/site/1", "a b&c").status()).isZero();
        assertThat(poundctl("list", "/-/site").out()).contains("Session a b&c 1 20");
        for (int i = 0; i < 3; i++) {
            assertThat(asked("a b&c")).isEqualTo("two");
        }
        assertThat(poundctl2("-n", "-1", "0", "a b&c").status()).isZero();
        assertThat(poundctl("list", "/-/site").out()).doesNotContain("a b&c");
        assertThat(poundctl2("-N", "-1", "0", "x", "0").status()).isZero();
        assertThat(asked("x")).isEqualTo("one");
        assertThat(poundctl("-j", "list", "/-/site").out()).contains("\"key\":\"x\",\"backend\":0,\"expire\":\"20");
        assertThat(poundctl("delete", "/-/site", "nobody").status()).isEqualTo(1);
    }

    @Test
    void aSessionStaysAtAServerThatIsOff() {
        poundctl("add", "/-/site/0", "stays");
        poundctl("off", "/-/site/0");
        assertThat(asked("stays")).isEqualTo("one");
        poundctl("on", "/-/site/0");
    }

    @Test
    void whatIsNotThereIsSaid() {
        assertThat(poundctl("off", "/7")).isEqualTo(new Said(1, "", "poundctl: there is no listener 7\n"));
        assertThat(poundctl("list", "/front/9").err()).isEqualTo("poundctl: there is no service 9\n");
        assertThat(poundctl("list", "/-/site/2").err()).isEqualTo("poundctl: there is no backend 2\n");
        assertThat(poundctl("off", "/front/moved/0").err()).isEqualTo("poundctl: command failed\n");
        assertThat(poundctl("wonder").err()).startsWith("poundctl: unknown command \"wonder\"");
        assertThat(poundctl("off").err()).startsWith("poundctl: required argument missing");
        assertThat(poundctl("-T", "mine.tmpl", "list").err()).startsWith("poundctl: \"-T\": templates are not");
        assertThat(poundctl("-s", "127.0.0.1:8900", "list").err())
                .startsWith("poundctl: \"127.0.0.1:8900\": the socket is a file");
        assertThat(poundctl("-s", "http://127.0.0.1:8900/", "list").err())
                .startsWith("poundctl: \"http://127.0.0.1:8900/\": the socket is a file");
    }

    @Test
    void theSocketIsForThoseWhomTheConfigurationNames() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                .isEqualTo("rw-r-----");
    }

    private static String asked(String session) {
        try (Wire wire = Wire.connect(PORT).patience(Duration.ofSeconds(60))) {
            wire.send("GET / HTTP/1.1\nHost: a\nSid: " + session + "\nConnection: close\n\n");
            return wire.reply().body();
        }
    }

    private static Optional<Reply> get(int port, String path) {
        try (Wire wire = Wire.connect(port).patience(Duration.ofSeconds(60))) {
            wire.send("GET " + path + " HTTP/1.1\nHost: a\nConnection: close\n\n");
            return wire.tryReply("GET");
        }
    }
}
