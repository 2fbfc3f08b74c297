package dev.fairlead.engine.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.engine.handler.LeakWatch;
import dev.fairlead.model.app.WorkerKind;
import dev.fairlead.testkit.Reply;
import dev.fairlead.testkit.Wire;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The whole way: client, engine, real workers, and back.
@ExtendWith(LeakWatch.class)
class RealWorkersTest {
    private static final String APPLICATION = """
            import hashlib

            def application(environ, start_response):
                path = environ['PATH_INFO']
                cookie = environ.pop('HTTP_COOKIE', '')
                if path == '/hash':
                    digest, count = hashlib.md5(), 0
                    while True:
                        data = environ['wsgi.input'].read(70000)
                        if not data:
                            break
                        digest.update(data)
                        count += len(data)
                    body = ('%s %d' % (digest.hexdigest(), count)).encode()
                elif path == '/file':
                    start_response('200 OK', [('Content-Type', 'text/plain')])
                    return environ['wsgi.file_wrapper'](open('big', 'rb'))
                elif path == '/stream':
                    start_response('200 OK', [('Content-Type', 'text/plain')])
                    return (b'x' * 100000 for _ in range(50))
                elif path == '/echo':
                    body = environ['wsgi.input'].read()
                else:
                    body = ('%s %s%s' % (environ['REQUEST_METHOD'], path, cookie)).encode('latin-1')
                start_response('200 OK', [('Content-Type', 'text/plain'), ('Content-Length', str(len(body)))])
                return [body]
            """;

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"SYNC", "THREADS"})
    void fieldsThatComeAgainReachTheApplicationAgain(WorkerKind kind) throws Exception {
        try (RealWorkers workers = RealWorkers.start(folder, kind, 1, APPLICATION);
                Wire wire = workers.connect()) {
            for (int i = 0; i < 40; i++) {
                String path = "/" + i;
                String cookie = "c=" + i % 3;
                wire.send("GET " + path + " HTTP/1.1\nHost: h\nCookie: " + cookie + "\n\n");
                assertThat(wire.reply().body()).isEqualTo("GET " + path + cookie);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"SYNC", "THREADS"})
    void requestsOfAllSortsAreAnswered(WorkerKind kind) throws Exception {
        byte[] big = new byte[3_000_000];
        Files.write(folder.resolve("big"), big);
        try (RealWorkers workers = RealWorkers.start(folder, kind, 2, APPLICATION);
                Wire wire = workers.connect()) {
            assertThat(wire.send("GET /caf%C3%A9 HTTP/1.1\nHost: h\n\n").reply().body())
                    .isEqualTo("GET /caf\u00c3\u00a9");
            assertThat(wire.send("POST /echo HTTP/1.1\nHost: h\nContent-Length: 5\n\nhello")
                            .reply()
                            .body())
                    .isEqualTo("hello");
            assertThat(wire.send("GET /stream HTTP/1.1\nHost: h\n\n").reply().body())
                    .hasSize(5_000_000);
            assertThat(wire.send("GET /file HTTP/1.1\nHost: h\n\n").reply().body())
                    .hasSize(big.length);
            Reply head = wire.send("HEAD /file HTTP/1.1\nHost: h\n\n").reply("HEAD");
            assertThat(head.status()).isEqualTo(200);
            assertThat(wire.send("GET /again HTTP/1.1\nHost: h\n\n").reply().body())
                    .isEqualTo("GET /again");
        }
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {65_536, 65_537, 300_000, 20_000_000})
    void uploadsArriveWhole(int length) throws Exception {
        byte[] body = new byte[length];
        for (int i = 0; i < length; i++) {
            body[i] = (byte) ((i * 31) >> 3);
        }
        String expected =
                HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(body));
        try (RealWorkers workers = RealWorkers.start(folder, WorkerKind.SYNC, 1, APPLICATION);
                Wire wire = workers.connect()) {
            wire.send("POST /hash HTTP/1.1\nHost: h\nContent-Length: " + length + "\n\n");
            wire.sendRaw(Integer.MAX_VALUE, body);
            assertThat(wire.reply().body()).isEqualTo(expected + " " + length);
        }
    }

    @Test
    void chunkedUploadsArriveWhole() throws Exception {
        try (RealWorkers workers = RealWorkers.start(folder, WorkerKind.SYNC, 1, APPLICATION);
                Wire wire = workers.connect()) {
            wire.send("POST /echo HTTP/1.1\nHost: h\nTransfer-Encoding: chunked\n\n3\none\n5\nthree\n0\n\n");
            assertThat(wire.reply().body()).isEqualTo("onethree");
        }
    }

    @Test
    void whatAnApplicationDoesAfterItsLastByteKeepsNoClientWaiting() throws Exception {
        String code = """
                import os
                import time

                def application(environ, start_response):
                    start_response('200 OK', [('Content-Length', '5')])
                    yield b'early'
                    while os.path.isdir('end') and not os.path.exists('end' + environ['PATH_INFO']):
                        time.sleep(0.01)
                """;
        Files.createDirectory(folder.resolve("end"));
        try (RealWorkers workers = RealWorkers.start(folder, WorkerKind.SYNC, 1, code);
                Wire first = workers.connect();
                Wire second = workers.connect();
                Wire third = workers.connect()) {
            first.send("GET /1 HTTP/1.1\nHost: h\n\n");
            assertThat(first.reply().body()).isEqualTo("early");
            second.send("GET /2 HTTP/1.1\nHost: h\n\n");
            Files.createFile(folder.resolve("end/1"));
            assertThat(second.reply().body()).isEqualTo("early");
            third.send("GET /3 HTTP/1.1\nHost: h\n\n");
            Files.createFile(folder.resolve("end/2"));
            assertThat(third.reply().body()).isEqualTo("early");
            Files.createFile(folder.resolve("end/3"));
        }
    }
}
