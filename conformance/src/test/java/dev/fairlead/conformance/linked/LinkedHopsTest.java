package dev.fairlead.conformance.linked;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.Peer;
import dev.fairlead.testkit.Reply;
import dev.fairlead.testkit.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Each story is told twice, over sockets and without: the client sees the same bytes.
@ExtendWith(LeakWatch.class)
class LinkedHopsTest {
    private static final String CLOSING = """
            server { listen 127.0.0.1:%FRONT%; client_max_body_size 100m; location / { proxy_pass http://127.0.0.1:%INNER%; } }
            """;
    private static final String KEPT = """
            upstream inner { server 127.0.0.1:%INNER%; keepalive 4; }
            server { listen 127.0.0.1:%FRONT%; client_max_body_size 100m;
                location / { proxy_pass http://inner; proxy_http_version 1.1; proxy_set_header Connection ""; } }
            """;
    private static final String TELLING = """
            server { listen 127.0.0.1:%INNER%; client_max_body_size 100m;
                location / { return 200 "$connection_requests $request_method $http_connection $server_port $remote_addr\\n"; }
                location /files/ { alias %FOLDER%/; } }
            """;
    private static final String PASSING_ON = """
            server { listen 127.0.0.1:%INNER%; client_max_body_size 100m; MORE
                location / { proxy_pass http://127.0.0.1:%PEER%; proxy_http_version 1.1;
                    proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $http_connection; MORE } }
            """;
    private static final int PIECE = 100_000;
    private static final String GET = "GET / HTTP/1.1\nHost: a\n\n";

    @TempDir
    Path scratch;

    /// What happens at a site, as text.
    private interface Story {
        String at(Hops site, Peer peer) throws IOException;
    }

    private String toldTwice(String config, Peer.Script outside, Story story) throws IOException {
        String sockets = told(config, outside, story, false);
        assertThat(told(config, outside, story, true)).isEqualTo(sockets);
        return sockets;
    }

    private String told(String config, Peer.Script outside, Story story, boolean isLinked) throws IOException {
        try (Peer peer = Peer.start(outside);
                Hops site = Hops.start(scratch.resolve(isLinked ? "l" : "s"), config, peer.port(), isLinked)) {
            String told = site.neutral(story.at(site, peer));
            Deadline.inSeconds(60)
                    .await("connections to end", () -> site.status().connections() <= 4);
            return told;
        }
    }

    private static Peer.Script nobody() {
        return conversation -> {};
    }

    private static String text(Reply reply) {
        return reply.statusLine() + "\n" + reply.headers() + "\n" + reply.ending() + " " + reply.chunked() + "\n"
                + digest(reply.body());
    }

    private static String digest(String body) {
        return body.length() < 200 ? body : body.length() + " bytes, " + body.hashCode();
    }

    private static String noise(int length) {
        byte[] bytes = new byte[length];
        new Random(7).nextBytes(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Test
    void theKernelKnowsNothingOfALinkedHop() throws IOException {
        Story look = (site, peer) -> {
            try (Wire wire = site.connect()) {
                wire.send(GET);
                Deadline.inSeconds(60)
                        .await("the request", () -> !peer.requests().isEmpty());
                return "established " + site.establishedToInner();
            }
        };
        Peer.Script silent = conversation -> {
            conversation.request();
            conversation.read();
        };
        String config = CLOSING + PASSING_ON.replace("MORE", "");
        assertThat(told(config, silent, look, false)).isEqualTo("established 2");
        assertThat(told(config, silent, look, true)).isEqualTo("established 0");
    }

    @Test
    void visitorsHavePortsAsOutgoingConnectionsDo() throws IOException {
        String config = CLOSING + TELLING.replace("$remote_addr", "$remote_port");
        String told = told(
                config,
                nobody(),
                (site, peer) -> {
                    try (Wire wire = site.connect()) {
                        return wire.send(GET).reply().body();
                    }
                },
                true);
        assertThat(told).matches("(?s).* \\d{5}\n");
    }

    @Test
    void eachRequestHasItsOwnConnectionAsConfigured() throws IOException {
        String told = toldTwice(CLOSING + TELLING, nobody(), (site, peer) -> {
            StringBuilder all = new StringBuilder();
            try (Wire wire = site.connect()) {
                for (int i = 0; i < 5; i++) {
                    all.append(text(wire.send(GET).reply())).append('\n');
                }
            }
            return all + "accepted " + site.status().accepted();
        });
        assertThat(told).contains("1 GET close %INNER% 127.0.0.1").contains("accepted 6");
    }

    @Test
    void connectionsAreKeptAsConfigured() throws IOException {
        String told = toldTwice(KEPT + TELLING, nobody(), (site, peer) -> {
            StringBuilder all = new StringBuilder();
            try (Wire wire = site.connect()) {
                for (int i = 0; i < 5; i++) {
                    all.append(text(wire.send(GET).reply())).append('\n');
                }
            }
            return all + "accepted " + site.status().accepted();
        });
        assertThat(told).contains("5 GET  %INNER%").contains("accepted 2");
    }

    @Test
    void bigBodiesComeBackWhole() throws IOException {
        for (String front : List.of(CLOSING, KEPT)) {
            String told = toldTwice(front + TELLING, nobody(), (site, peer) -> {
                Files.writeString(site.folder().resolve("big"), noise(5_000_000), StandardCharsets.ISO_8859_1);
                Files.writeString(site.folder().resolve("small"), noise(900), StandardCharsets.ISO_8859_1);
                StringBuilder all = new StringBuilder();
                try (Wire wire = site.connect()) {
                    for (String name : List.of("big", "small", "big", "missing")) {
                        all.append(text(wire.send("GET /files/" + name + " HTTP/1.1\nHost: a\n\n")
                                .reply()));
                    }
                }
                return all.toString().replaceAll("ETag: [^,]*", "");
            });
            assertThat(told).contains("5000000 bytes");
        }
    }

    @Test
    void bigBodiesGoThere() throws IOException {
        String body = noise(3_000_000);
        for (String more : List.of("", "proxy_request_buffering off;")) {
            String told = toldTwice(
                    KEPT.replace("Connection \"\";", "Connection \"\"; " + more) + PASSING_ON.replace("MORE", more),
                    conversation -> {
                        while (true) {
                            var request = conversation.request();
                            if (request.isEmpty()) {
                                return;
                            }
                            conversation.ok("got " + digest(request.get().body()));
                        }
                    },
                    (site, peer) -> {
                        try (Wire wire = site.connect()) {
                            wire.sendRaw("POST /up HTTP/1.1\r\nHost: a\r\nContent-Length: 3000000\r\n\r\n" + body);
                            String first = text(wire.reply());
                            wire.sendRaw("POST /up HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
                            wire.sendRaw("186A0\r\n" + body.substring(0, 100_000) + "\r\n0\r\n\r\n");
                            return first + text(wire.reply());
                        }
                    });
            assertThat(told).contains("got 3000000 bytes").contains("got 100000 bytes");
        }
    }

    /// The client takes nothing for a while: what is on the way stays bounded, and nothing of it is lost. A kernel
    /// keeps
    /// up to 36 MB for each connection (`tcp_rmem` and `tcp_wmem` of Linux 6.16), and there are three in a row.
    @Test
    void aSlowClientHoldsTheOtherEndBack() throws IOException {
        for (String more : List.of("proxy_buffering off;", "proxy_max_temp_file_size 0;", "")) {
            int pieces = more.isEmpty() ? 400 : 2000;
            AtomicLongs sent = new AtomicLongs();
            String told = toldTwice(
                    CLOSING.replace("location / {", "location / { " + more) + PASSING_ON.replace("MORE", more),
                    conversation -> {
                        conversation.request();
                        conversation.say("HTTP/1.1 200 OK\r\nContent-Length: " + pieces * PIECE + "\r\n\r\n");
                        byte[] piece = noise(PIECE).getBytes(StandardCharsets.ISO_8859_1);
                        for (int i = 1; i <= pieces; i++) {
                            conversation.say(piece);
                            sent.set(i);
                        }
                    },
                    (site, peer) -> {
                        sent.set(0);
                        try (Wire wire = site.connect()) {
                            wire.send(GET);
                            wire.bytes(1);
                            if (more.isEmpty()) {
                                Deadline.inSeconds(60).await("all of it to be taken in", () -> sent.get() == pieces);
                            } else {
                                sent.awaitRest();
                                assertThat(sent.get()).isLessThan(pieces);
                            }
                            return digestOfPieces(wire, pieces);
                        }
                    });
            assertThat(told).isEqualTo(pieces + " pieces, all alike: true");
        }
    }

    /// Reads the body behind a head and looks at every piece of it.
    private static String digestOfPieces(Wire wire, int pieces) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            head.append((char) wire.bytes(1)[0]);
        }
        byte[] expected = noise(PIECE).getBytes(StandardCharsets.ISO_8859_1);
        boolean areAlike = true;
        for (int i = 0; i < pieces; i++) {
            areAlike &= Arrays.equals(wire.bytes(PIECE), expected);
        }
        return pieces + " pieces, all alike: " + areAlike;
    }

    /// A number that another thread writes.
    private static final class AtomicLongs {
        private volatile long value;

        void set(long next) {
            value = next;
        }

        long get() {
            return value;
        }

        /// Until it has not changed for a while.
        void awaitRest() {
            long[] last = {-1};
            int[] same = {0};
            Deadline.inSeconds(60).await("the sender to be held back", () -> {
                same[0] = last[0] == value ? same[0] + 1 : 0;
                last[0] = value;
                return same[0] > 20;
            });
        }
    }

    @Test
    void switchedProtocolsGoThrough() throws IOException {
        String front = CLOSING.replace(
                "proxy_pass",
                "proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade;"
                        + " proxy_set_header Connection $http_connection; proxy_pass");
        String told = toldTwice(
                front + PASSING_ON.replace("MORE", ""),
                conversation -> {
                    conversation.request();
                    conversation.say("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nhi");
                    int read = conversation.read();
                    while (read >= 0) {
                        conversation.say(new byte[] {(byte) (read + 1)});
                        read = conversation.read();
                    }
                    conversation.say("bye");
                },
                (site, peer) -> {
                    try (Wire wire = site.connect()) {
                        wire.send("GET / HTTP/1.1\nHost: a\nUpgrade: x\nConnection: upgrade\n\n");
                        StringBuilder all = new StringBuilder(text(wire.reply()));
                        all.append(new String(wire.bytes(2), StandardCharsets.ISO_8859_1));
                        for (String word : List.of("a", "hello", noise(100_000))) {
                            wire.sendRaw(word);
                            all.append(digest(new String(wire.bytes(word.length()), StandardCharsets.ISO_8859_1)));
                        }
                        wire.finish();
                        all.append(new String(wire.rest(), StandardCharsets.ISO_8859_1));
                        return all.toString();
                    }
                });
        assertThat(told).contains("101").contains("ifmmp").endsWith("bye");
    }

    @Test
    void anAnswerCutShortIsSeenAsSuch() throws IOException {
        for (boolean byReset : List.of(true, false)) {
            String told = toldTwice(
                    KEPT + PASSING_ON.replace("MORE", ""),
                    conversation -> {
                        conversation.request();
                        conversation.say("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + noise(5000));
                        if (byReset) {
                            conversation.reset();
                        } else {
                            conversation.close();
                        }
                    },
                    (site, peer) -> {
                        try (Wire wire = site.connect()) {
                            Reply reply = wire.send(GET).reply();
                            return reply.statusLine() + reply.ending();
                        }
                    });
            assertThat(told).contains("CUT_SHORT");
        }
    }

    @Test
    void aClientThatLeavesIsNoticedAtTheFarEnd() throws IOException {
        String told = toldTwice(
                CLOSING + PASSING_ON.replace("MORE", ""),
                conversation -> {
                    conversation.request();
                    conversation.read();
                },
                (site, peer) -> {
                    try (Wire wire = site.connect()) {
                        wire.send(GET);
                        Deadline.inSeconds(60)
                                .await("the request", () -> !peer.requests().isEmpty());
                        Deadline.inSeconds(60)
                                .await("two connections", () -> site.status().connections() == 2);
                    }
                    Deadline.inSeconds(60)
                            .await("no connection", () -> site.status().connections() == 0);
                    return "noticed";
                });
        assertThat(told).isEqualTo("noticed");
    }

    @Test
    void aRefusedBodyIsAnsweredAlthoughMoreIsOnItsWay() throws IOException {
        String told = toldTwice(
                KEPT.replace("proxy_pass", "proxy_request_buffering off; proxy_pass")
                        + "server { listen 127.0.0.1:%INNER%; client_max_body_size 1k; location / { proxy_pass http://127.0.0.1:%PEER%; } }",
                nobody(),
                (site, peer) -> {
                    try (Wire wire = site.connect()) {
                        wire.sendRaw(
                                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2000000\r\n\r\n" + noise(2_000_000));
                        return wire.reply().statusLine();
                    }
                });
        assertThat(told).contains("413");
    }

    @Test
    void aReloadDuringARequestLetsItEnd() throws IOException {
        for (String front : List.of(CLOSING, KEPT)) {
            String config = front + PASSING_ON.replace("MORE", "");
            String changed = config.replace("server {", "server { add_header X-New yes always;");
            String told = toldTwice(
                    config,
                    conversation -> {
                        while (conversation.request().isPresent()) {
                            if (conversation.number() == 0) {
                                // The test says when.
                                conversation.read();
                            }
                            conversation.ok("done");
                        }
                    },
                    (site, peer) -> {
                        try (Wire wire = site.connect()) {
                            wire.sendRaw("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
                            Deadline.inSeconds(60)
                                    .await("the request", () -> !peer.requests().isEmpty());
                            site.reload(changed);
                            try (Wire other = site.connect()) {
                                return text(other.send(GET).reply());
                            }
                        }
                    });
            assertThat(told).contains("X-New");
        }
    }

    @Test
    void aListenerThatAReloadTookAwayRefuses() throws IOException {
        String told = toldTwice(KEPT + TELLING, nobody(), (site, peer) -> {
            try (Wire wire = site.connect()) {
                String before = wire.send(GET).reply().statusLine();
                site.reload(KEPT);
                // A connection that is kept may still answer until its listener's loop has heard of the reload.
                Deadline.inSeconds(60)
                        .await(
                                "refusal",
                                () -> wire.send(GET).reply().statusLine().contains("502"));
                return before;
            }
        });
        assertThat(told).contains("200 OK");
    }

    @Test
    void drainingLetsRequestsPassEveryHop() throws IOException {
        String three = """
                server { listen 127.0.0.1:%FRONT%; location / { proxy_pass http://127.0.0.1:%THIRD%; } }
                server { listen 127.0.0.1:%THIRD%; location / { proxy_pass http://127.0.0.1:%INNER%; } }
                """;
        List<String> ended = new ArrayList<>();
        told(
                three + PASSING_ON.replace("MORE", ""),
                conversation -> {
                    conversation.request();
                    conversation.ok("x");
                },
                (site, peer) -> {
                    try (Wire wire = site.connect()) {
                        wire.sendRaw("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab");
                        Deadline.inSeconds(60)
                                .await("its head", () -> site.status().requests() == 1);
                        site.engine().stopAccepting();
                        Thread drain = Thread.ofVirtual().start(() -> {
                            try {
                                ended.add("drained " + site.engine().drain(java.time.Duration.ofSeconds(60)));
                            } catch (InterruptedException interrupted) {
                                Thread.currentThread().interrupt();
                            }
                        });
                        wire.sendRaw("cde");
                        String line = wire.reply().statusLine();
                        drain.join();
                        return line;
                    } catch (InterruptedException interrupted) {
                        throw new IllegalStateException(interrupted);
                    }
                },
                true);
        assertThat(ended).containsExactly("drained true");
    }

    @Test
    void aUnixSocketNeedsNoSocket() throws IOException {
        toldTwice(
                "server { listen 127.0.0.1:%FRONT%; location / { proxy_pass http://unix:%FOLDER%/in.sock; } }"
                        + "server { listen unix:%FOLDER%/in.sock;"
                        + " location / { return 200 \"$remote_addr $server_addr $connection_requests\"; } }",
                nobody(), (site, peer) -> {
                    try (Wire wire = site.connect()) {
                        return text(wire.send(GET).reply())
                                .replace(site.folder().toString(), "FOLDER");
                    }
                });
    }

    @Test
    void manyHopsInARowAreNoMoreThanMany() throws IOException {
        String told = toldTwice(
                "server { listen 127.0.0.1:%FRONT%; location / { proxy_set_header X-Left $http_x_left.; proxy_pass http://127.0.0.1:%FRONT%; }"
                        + " if ($http_x_left = \"" + ".".repeat(60) + "\") { return 200 \"end\"; } }",
                nobody(),
                (site, peer) -> {
                    try (Wire wire = site.connect()) {
                        return text(wire.send(GET).reply());
                    }
                });
        assertThat(told).contains("end");
    }
}
