package dev.fairlead.conformance.linked;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.cli.stack.FileKind;
import dev.fairlead.testkit.Conversation;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.Peer;
import dev.fairlead.testkit.Received;
import dev.fairlead.testkit.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// stunnel in front of HAProxy in front of nginx in front of a server: each story is told twice, over sockets and
/// without, and clients, the server and the logs of every program in the row tell the same.
@ExtendWith(LeakWatch.class)
class LinkedRowTest {
    private static final String STUNNEL = """
            cert = %PEM%
            [https]
            accept = 127.0.0.1:%TLS%
            connect = 127.0.0.1:%HTTP%
            [told]
            accept = 127.0.0.1:%TOLD%
            connect = 127.0.0.1:%VOUCHED%
            protocol = proxy
            """;
    private static final String HAPROXY = """
            global
                log 127.0.0.1:%LOG% local0
            defaults
                mode http
                log global
                log-format "hap %ci %f %b %s %ST %B %{+Q}r"
                timeout client 20s
                timeout server 20s
                timeout connect 5s
            frontend all
                bind 127.0.0.1:%HTTP%
                bind 127.0.0.1:%VOUCHED% accept-proxy
                http-request set-header X-Real-IP %[src]
                http-request set-header X-Scheme https if { dst_port %TOLD% }
                http-request add-header Via "1.1 haproxy"
                http-request deny deny_status 403 if { path_beg /denied }
                http-request redirect location /elsewhere code 302 if { path /moved }
                http-response add-header X-Hop haproxy
                use_backend application if { path_beg /socket /library } || { hdr(Upgrade) -i websocket }
                use_backend nobody if { path /nobody }
                default_backend files
            backend files
                option forwardfor
                server nginx 127.0.0.1:%FILES%
            backend application
                option forwardfor
                server peer 127.0.0.1:%PEER%
            backend nobody
                http-response set-header X-Never seen
                server disabled 127.0.0.1:9 disabled
            """;
    private static final String NGINX = """
            events { }
            http {
                log_format row 'nginx $remote_addr "$request" $status $body_bytes_sent "$http_x_forwarded_for" "$http_x_real_ip" '
                               '"$http_via" $scheme $connection_requests';
                access_log %FOLDER%/access.log row;
                error_log %FOLDER%/error.log;
                server {
                    listen 127.0.0.1:%FILES%;
                    root %FOLDER%/www;
                    gzip on;
                    gzip_types text/plain;
                    gzip_proxied any;
                    gzip_http_version 1.0;
                    client_max_body_size 20m;
                    default_type text/plain;
                    location / { try_files $uri @application; expires 30d; }
                    location /closed/ { deny all; }
                    location @application {
                        proxy_pass http://127.0.0.1:%PEER%;
                        proxy_http_version 1.1;
                        proxy_set_header Host $http_host;
                        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                        proxy_set_header X-Nginx-Peer $remote_addr;
                        proxy_set_header X-Nginx-Scheme $scheme;
                        add_header X-Upstream $upstream_status always;
                    }
                }
            }
            """;
    static final Map<FileKind, String> TEXTS =
            Map.of(FileKind.STUNNEL, STUNNEL, FileKind.HAPROXY, HAPROXY, FileKind.NGINX_MAIN, NGINX);
    static final String GET = "GET %s HTTP/1.1\r\nHost: a.example\r\n\r\n";

    @TempDir
    Path scratch;

    /// What happens in front of a row of servers, as text.
    private interface Story {
        String at(Row row, Peer peer) throws IOException;
    }

    /// Tells what it got: the head as it came, and how many bytes of body.
    private static void echo(Conversation conversation) throws IOException {
        for (Optional<Received> next = conversation.request(); next.isPresent(); next = conversation.request()) {
            Received got = next.get();
            String told = got.requestLine() + "\n" + got.headers() + "\n"
                    + got.body().length() + " bytes " + got.body().hashCode() + "\n";
            boolean hasBody = !got.method().equals("HEAD");
            conversation.say("HTTP/1.1 200 OK\r\nX-App: yes\r\nContent-Type: text/plain\r\nContent-Length: "
                    + told.length() + "\r\n\r\n" + (hasBody ? told : ""));
            if (got.header("Connection").filter("close"::equalsIgnoreCase).isPresent()) {
                return;
            }
        }
    }

    private String toldTwice(Peer.Script outside, Story story) throws IOException {
        String apart = told(outside, story, false);
        assertThat(told(outside, story, true)).isEqualTo(apart);
        return apart;
    }

    private String told(Peer.Script outside, Story story, boolean isLinked) throws IOException {
        Path folder = Files.createDirectories(scratch.resolve(isLinked ? "linked" : "apart"));
        Path www = Files.createDirectories(folder.resolve("www"));
        Files.writeString(www.resolve("small.txt"), "0123456789".repeat(100));
        Files.writeString(www.resolve("big.txt"), "abcdefghijklmnop".repeat(500_000));
        for (String name : List.of("small.txt", "big.txt")) {
            Files.setLastModifiedTime(www.resolve(name), FileTime.fromMillis(1_700_000_000_000L));
        }
        Files.deleteIfExists(folder.resolve("access.log"));
        try (Syslog syslog = new Syslog();
                Peer peer = Peer.start(outside)) {
            Row row = Row.start(folder, TEXTS, Map.of("PEER", peer.port(), "LOG", syslog.port()), isLinked);
            String told;
            try (row) {
                assertThat(row.status().hops()).hasSize(isLinked ? 3 : 0);
                told = row.neutral(story.at(row, peer));
                Deadline.inSeconds(60)
                        .await("connections to end", () -> row.status().connections() <= 4);
            }
            return told + logs(row, syslog);
        }
    }

    /// Every line of HAProxy's log and of nginx's, once all has ended: then they have been written.
    private static String logs(Row row, Syslog syslog) throws IOException {
        syslog.awaitAll();
        List<String> haproxy = syslog.lines.stream().sorted().toList();
        List<String> nginx = lines(row.folder().resolve("access.log"));
        return row.neutral("\n" + String.join("\n", haproxy) + "\n" + String.join("\n", nginx));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file)
                    ? Files.readAllLines(file, StandardCharsets.ISO_8859_1).stream()
                            .sorted()
                            .toList()
                    : List.of();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Takes syslog messages, without the time and the sender in front of them.
    private static final class Syslog implements AutoCloseable {
        private static final String TAG = "hap ";

        private final DatagramSocket socket;
        private final List<String> lines = new CopyOnWriteArrayList<>();

        Syslog() throws SocketException {
            socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
            Thread.ofVirtual().start(this::listen);
        }

        int port() {
            return socket.getLocalPort();
        }

        /// Waits until all is here that was sent before.
        void awaitAll() throws IOException {
            byte[] last = (TAG + "the end").getBytes(StandardCharsets.ISO_8859_1);
            socket.send(new DatagramPacket(last, last.length, socket.getLocalSocketAddress()));
            Deadline.inSeconds(60).await("the last line of the log", () -> lines.remove(TAG + "the end"));
        }

        private void listen() {
            byte[] buffer = new byte[65_536];
            while (!socket.isClosed()) {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                try {
                    socket.receive(packet);
                } catch (IOException closed) {
                    return;
                }
                String line = new String(buffer, 0, packet.getLength(), StandardCharsets.ISO_8859_1);
                if (line.contains(TAG)) {
                    lines.add(line.substring(line.indexOf(TAG)).strip());
                }
            }
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    /// Requests one after another on one connection, and every byte that came back.
    private static String kept(Row row, String door, List<String> requests) {
        try (Wire wire = row.connect(door)) {
            for (String request : requests) {
                wire.sendRaw(request);
                wire.reply(request.substring(0, request.indexOf(' ')));
            }
            return door + ":\n" + new String(wire.received(), StandardCharsets.ISO_8859_1) + "\n";
        }
    }

    private static String with(String path, String field) {
        return GET.formatted(path).replace("\r\n\r\n", "\r\n" + field + "\r\n\r\n");
    }

    @Test
    void everyProgramsRulesFieldsAndLogsAreTheSame() throws IOException {
        List<String> requests = List.of(
                GET.formatted("/small.txt"),
                GET.formatted("/small.txt").replace("GET", "HEAD"),
                with("/small.txt", "Range: bytes=2-5"),
                with("/small.txt", "Range: bytes=0-1,5-6").replace("Range", "X-Range"),
                with("/small.txt", "Range: bytes=5000-"),
                with("/small.txt", "If-Modified-Since: Tue, 14 Nov 2023 22:13:20 GMT"),
                with("/small.txt", "Accept-Encoding: gzip"),
                GET.formatted("/closed/x"),
                GET.formatted("/denied"),
                GET.formatted("/moved"),
                GET.formatted("/nobody"),
                with("/application", "X-Forwarded-For: 192.0.2.7"),
                with("/library", "X-Real-IP: 192.0.2.7"),
                with("/library", "Via: 1.0 fred"),
                GET.formatted("/application").replace("GET", "HEAD"),
                "POST /application HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello",
                "POST /library HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
                "POST /application HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
                "DELETE /library/1 HTTP/1.1\r\nHost: a\r\n\r\n",
                GET.formatted("/library/" + "x".repeat(3000)));
        String told = toldTwice(LinkedRowTest::echo, (row, peer) -> {
            StringBuilder all = new StringBuilder();
            for (String door : List.of("TLS", "TOLD", "HTTP")) {
                all.append(kept(row, door, requests));
            }
            return all.toString();
        });
        assertThat(told)
                .contains("X-Hop: haproxy", "X-App: yes", "206 Partial Content", "416 ", "304 Not Modified")
                .contains("403 Forbidden", "302 Found", "503 Service", "Content-Encoding: gzip", "X-Scheme: https")
                .contains("hap 127.0.0.1 all files ", "nginx 127.0.0.1 \"GET /small.txt HTTP/1.1\" 206 4 ");
    }

    @Test
    void connectionsEndAlikeAndBrokenRequestsAreAnsweredAlike() throws IOException {
        List<String> requests = List.of(
                "GET /small.txt HTTP/1.0\r\n\r\n",
                "GET /library HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n",
                GET.formatted("/library").replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"),
                "GET /small.txt HTTP/1.1\r\n\r\n",
                "NONSENSE\r\n\r\n",
                "GET /library HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
                "GET /library HTTP/9.9\r\nHost: a\r\n\r\n",
                GET.formatted("/library")
                        + GET.formatted("/small.txt").replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
        toldTwice(LinkedRowTest::echo, (row, peer) -> {
            StringBuilder all = new StringBuilder();
            for (String door : List.of("TLS", "HTTP")) {
                for (String request : requests) {
                    try (Wire wire = row.connect(door)) {
                        wire.sendRaw(request);
                        wire.tryReply("GET");
                        if (!request.contains("keep-alive") && !request.startsWith("GET /small.txt HTTP/1.1\r\n\r")) {
                            wire.rest();
                        }
                        all.append(new String(wire.received(), StandardCharsets.ISO_8859_1))
                                .append("\n--\n");
                    }
                }
            }
            return all.toString();
        });
    }

    @Test
    void webSocketsGoThrough() throws IOException {
        String told = toldTwice(
                conversation -> {
                    conversation.request();
                    conversation.say(
                            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\nhi");
                    for (int read = conversation.read(); read >= 0; read = conversation.read()) {
                        conversation.say(new byte[] {(byte) (read + 1)});
                    }
                },
                (row, peer) -> {
                    StringBuilder all = new StringBuilder();
                    for (String door : List.of("TLS", "HTTP")) {
                        try (Wire wire = row.connect(door)) {
                            wire.sendRaw(with(
                                    "/chat",
                                    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
                            wire.reply("GET");
                            wire.bytes(2);
                            wire.sendRaw("hello" + "x".repeat(50_000));
                            wire.bytes(50_005);
                            all.append(new String(wire.received(), StandardCharsets.ISO_8859_1));
                        }
                    }
                    return all.toString()
                            + peer.requests().stream().map(Received::headers).toList();
                });
        assertThat(told).contains("101 Switching Protocols").contains("hiifmmp").contains("X-Forwarded-For");
    }

    @Test
    void bigBodiesGoThroughWhole() throws IOException {
        String body = "0123456789abcdef".repeat(300_000);
        String told = toldTwice(LinkedRowTest::echo, (row, peer) -> {
            StringBuilder all = new StringBuilder();
            for (String path : List.of("/application", "/library")) {
                all.append(kept(
                        row,
                        "TLS",
                        List.of("POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + body.length() + "\r\n\r\n"
                                + body)));
            }
            try (Wire wire = row.connect("TLS")) {
                wire.sendRaw(GET.formatted("/big.txt"));
                all.append(wire.reply().body().hashCode());
            }
            return all.toString();
        });
        assertThat(told)
                .contains("4800000 bytes " + body.hashCode())
                .contains("" + "abcdefghijklmnop".repeat(500_000).hashCode());
    }

    @Test
    void serversThatFailAreAnsweredForAlike() throws IOException {
        String told = toldTwice(
                conversation -> {
                    Optional<Received> request = conversation.request();
                    String target = request.map(Received::target).orElse("");
                    if (target.endsWith("cut")) {
                        conversation.say("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nnot all");
                        conversation.finish();
                    } else if (target.endsWith("nonsense")) {
                        conversation.say("what?\r\n\r\n");
                    } else if (target.endsWith("open")) {
                        conversation.say("HTTP/1.1 200 OK\r\n\r\nuntil the end");
                    }
                },
                (row, peer) -> {
                    StringBuilder all = new StringBuilder();
                    for (String path : List.of("/library/", "/app/")) {
                        for (String how : List.of("cut", "nonsense", "open", "silent")) {
                            try (Wire wire = row.connect("TLS")) {
                                wire.sendRaw("POST " + path + how
                                        + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi");
                                all.append(how).append(new String(wire.rest(), StandardCharsets.ISO_8859_1));
                            }
                        }
                    }
                    return all.toString();
                });
        assertThat(told).contains("502 Bad Gateway", "not all", "until the end");
    }
}
