package dev.fairlead.engine.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fairlead.model.app.RequestView.Underscores;
import dev.fairlead.model.app.WorkerKind;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.ProcessUnderTest;
import dev.fairlead.testkit.Wire;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The same bytes are sent to the real gunicorn, where it is installed: its application has to see the same
/// variables.
class GunicornEnvironTest {
    private static final String DUMP = """
            def application(environ, start_response):
                lines = []
                for name in sorted(environ):
                    if isinstance(environ[name], (str, bool, tuple)):
                        lines.append(name + ' = ' + ascii(environ[name]) + '\\n')
                start_response('200 OK', [('Content-Type', 'text/plain')])
                return [''.join(lines).encode('ascii')]
            """;

    /// Not the same in any two servers, or added by workers.
    private static final Set<String> OWN = Set.of(
            "SERVER_SOFTWARE",
            "SERVER_PORT",
            "REMOTE_PORT",
            "wsgi.version",
            "wsgi.multithread",
            "wsgi.multiprocess",
            "wsgi.run_once",
            "wsgi.input_terminated");

    @TempDir
    static Path folder;

    private static ProcessUnderTest gunicorn;
    private static int port;
    private static EncodedRequests ours;

    @BeforeAll
    static void start() throws IOException {
        boolean isInstalled = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, "gunicorn")));
        assumeTrue(isInstalled, "gunicorn is not installed");
        Files.writeString(folder.resolve("dump.py"), DUMP);
        gunicorn = ProcessUnderTest.start(folder, "gunicorn", "-b", "127.0.0.1:0", "dump:application");
        String line = gunicorn.awaitLine("the port", text -> text.contains("Listening at"), Deadline.inSeconds(60));
        port = Integer.parseInt(line.replaceFirst(".*127\\.0\\.0\\.1:(\\d+).*", "$1"));
        // The installed one is older than the rule about underscores.
        ours = EncodedRequests.of(
                folder, Applications.of(WorkerKind.SYNC, Applications.trusting(true, Underscores.DANGEROUS, "")));
    }

    @AfterAll
    static void stop() {
        if (ours != null) {
            ours.close();
            gunicorn.close();
        }
    }

    static Stream<String> requests() {
        Stream<String> targets = Stream.of(
                        "/",
                        "//",
                        "//a//b/",
                        "///x?y",
                        "/a/./b/../c",
                        "/a%20b%2Fc%2f%C3%A9%e9?q=%20+&x",
                        "/a?b?c",
                        "/a;b=c;d?e;f",
                        "/?",
                        "/a#b",
                        "/a?b#c?d",
                        "/a#b?c",
                        "/a:b@c/d:e?f:g",
                        "/[x]/{y}|z^`",
                        "/'\"<>\\",
                        "/a%25%32%35",
                        "/?a=%zz&b=%",
                        "http://h/p?q",
                        "http://h?q",
                        "http://h",
                        "http://other.example:81/p//q",
                        "/very/" + "long/".repeat(100) + "?" + "q=1&".repeat(300))
                .map(target -> "GET " + target + " HTTP/1.1\nHost: h\n\n");
        Stream<String> fields = Stream.of(
                        "X-A: b",
                        "x-lower: c",
                        "X-A: 1\nX-B: 2\nx-a: 3",
                        "Cookie: a=1\nCookie: b=2; c=3",
                        "X-Empty:",
                        "X-Empty:\nX-Empty: \nX-Empty: x",
                        "X-Space:   padded",
                        "X-Tab:\tafter\ttabs",
                        "X-Colon: a:b:c",
                        "X-Comma: a,b\nX-Comma: c",
                        "X_Under: u",
                        "X_Under: 1\nX-Under: 2",
                        "X-Latin: caf\u00e9 \u00ff",
                        "X!#$%&'*+.^`|~9: odd",
                        "X-Long: " + "v".repeat(4000),
                        "Content-Type: text/html; charset=x",
                        "Content-Type: a/b\nContent-Type: c/d",
                        "Content_Type: a/b",
                        "Content_Length: 3",
                        "Transfer-Encoding: chunked\n\n0",
                        "Content-Length: 0",
                        "Content-Length: 2\nX-After: y\n\nhi",
                        "Accept: */*\nAccept: text/html\nAccept-Language: de",
                        "Connection: keep-alive\nKeep-Alive: 300",
                        "X-Forwarded-Proto: https",
                        "X-Forwarded-Proto: http",
                        "X-Forwarded-Proto: HTTPS",
                        "X-Forwarded-Proto: https,http",
                        "X-Forwarded-Ssl: on\nX-Forwarded-Protocol: ssl",
                        "X-Forwarded-For: 1.2.3.4, 5.6.7.8",
                        "Forwarded: for=1.2.3.4",
                        "X-Real-IP: 1.2.3.4",
                        "Authorization: Basic YTpi",
                        "Range: bytes=0-1",
                        "If-None-Match: \"x\"",
                        "Expect: 100-continue\nContent-Length: 2\n\nhi",
                        "Proxy: evil",
                        "SCRIPT_NAME: /s",
                        "PATH_INFO: /evil",
                        "Upgrade: websocket\nConnection: Upgrade\nSec-WebSocket-Key: x")
                .map(field -> "POST /s/p?q HTTP/1.1\nHost: h\n" + field + (field.contains("\n\nhi") ? "" : "\n\n"));
        Stream<String> others = Stream.of(
                "OPTIONS /o HTTP/1.1\nHost: h\n\n",
                "PUT /o HTTP/1.1\nHost: h\nContent-Length: 1\n\nx",
                "BREW-IT /pot HTTP/1.1\nHost: h\n\n",
                "GET / HTTP/1.0\n\n",
                "GET / HTTP/1.0\nHost: old\n\n",
                "GET / HTTP/1.1\nHost: UPPER.Example:99\n\n",
                "GET / HTTP/1.1\nHost: [::1]:80\n\n");
        return Stream.of(targets, fields, others).flatMap(each -> each);
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("requests")
    void theApplicationSeesWhatGunicornShowsIt(String request) {
        List<String> expected;
        try (Wire wire = Wire.connect(port)) {
            expected = comparable(wire.send(request).reply().body().lines());
        }
        List<String> actual = comparable(ours.variables(request).stream().filter(line -> !line.startsWith("body ")));
        assertThat(actual).isEqualTo(expected);
    }

    @Test
    void randomRequestsLookAlikeToo() {
        Random random = new Random(20_261_121);
        List<String> requests =
                Stream.generate(() -> request(random)).limit(150).toList();
        List<List<String>> actual = ours.variables(requests);
        for (int i = 0; i < requests.size(); i++) {
            try (Wire wire = Wire.connect(port)) {
                List<String> expected =
                        comparable(wire.send(requests.get(i)).reply().body().lines());
                assertThat(comparable(actual.get(i).stream()))
                        .as(requests.get(i))
                        .isEqualTo(expected);
            }
        }
    }

    private static String request(Random random) {
        StringBuilder request = new StringBuilder("GET /");
        text(request, random, 20, "abcXYZ019-._~!$&'()*+,;=:@/?%41%c3%A9".split("(?<!%|%.)"));
        request.append(" HTTP/1.1\nHost: h\n");
        int fields = random.nextInt(12);
        for (int i = 0; i < fields; i++) {
            request.append('X');
            text(request, random, 3, "aA-_b".split(""));
            request.append(':');
            text(request, random, 12, "aZ09 ,;=:\t\"\\{}\u00e9\u00ff\u0080~".split(""));
            // White space at the end stays in the installed one, and goes in later ones.
            request.append(".\n");
        }
        return request.append('\n').toString();
    }

    private static void text(StringBuilder to, Random random, int most, String... pieces) {
        int count = random.nextInt(most + 1);
        for (int i = 0; i < count; i++) {
            to.append(pieces[random.nextInt(pieces.length)]);
        }
    }

    private static List<String> comparable(Stream<String> lines) {
        return lines.filter(line -> !OWN.contains(line.split(" ", 2)[0])).toList();
    }
}
