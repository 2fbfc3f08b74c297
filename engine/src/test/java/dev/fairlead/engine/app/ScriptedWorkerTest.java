package dev.fairlead.engine.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.engine.handler.LeakWatch;
import dev.fairlead.model.app.WorkerKind;
import dev.fairlead.testkit.Reply;
import dev.fairlead.testkit.Wire;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The frames that ordinary answers do without, from a worker that does little else.
@ExtendWith(LeakWatch.class)
class ScriptedWorkerTest {
    private static final String WORKER = """
            import marshal, os, socket, struct, sys, threading

            token, doors = sys.argv[1], sys.argv[2:]

            def connect(door):
                link = socket.socket(socket.AF_UNIX)
                link.connect('\\0' + door[1:])
                return link

            def frame(code, number, payload=b''):
                return struct.pack('<II', len(payload), code | number << 8) + payload

            def exactly(link, count):
                data = b''
                while len(data) < count:
                    more = link.recv(count - len(data))
                    if not more:
                        os._exit(0)
                    data += more
                return data

            def read(link):
                size, tag = struct.unpack('<II', exactly(link, 8))
                return tag & 255, tag >> 8, exactly(link, size)

            def response(number, body, status='200 OK'):
                head = ('%s\\r\\nContent-Length: %d\\r\\n\\r\\n' % (status, len(body))).encode()
                return frame(33, number, struct.pack('<I', len(head)) + head + body)

            SWITCHED = b'HTTP/1.1 101 Switching Protocols\\r\\nUpgrade: websocket\\r\\n\\r\\n'

            def echo(tunnel, link, number):
                while True:
                    data = tunnel.recv(65536)
                    if not data:
                        break
                    tunnel.sendall(data)
                end(tunnel, link, number)

            def end(tunnel, link, number):
                try:
                    tunnel.shutdown(socket.SHUT_WR)
                    while tunnel.recv(65536):
                        pass
                except OSError:
                    pass
                tunnel.close()
                link.sendall(frame(36, number))

            def serve(door):
                link = connect(door)
                hello = '\\t'.join([token, str(os.getpid()), '100', '0']).encode()
                link.sendall(frame(32, 0, hello))
                counts = {}
                while True:
                    code, number, payload = read(link)
                    if code == 1:
                        variables, body, flags = marshal.loads(payload)
                        path = variables['path']
                        opening = frame(41, number, token.encode())
                        if path == '/ws' and flags & 2:
                            tunnel = connect(door)
                            tunnel.sendall(opening + SWITCHED + b'hi')
                            threading.Thread(target=echo, args=(tunnel, link, number), daemon=True).start()
                        elif path == '/ws-refused':
                            tunnel = connect(door)
                            tunnel.sendall(opening + b'HTTP/1.1 403 No\\r\\nContent-Length: 4\\r\\n\\r\\nnope')
                            end(tunnel, link, number)
                        elif path == '/ws-unused':
                            tunnel = connect(door)
                            tunnel.sendall(opening)
                            tunnel.close()
                            link.sendall(response(number, b'by frames'))
                        elif path == '/ws-both':
                            tunnel = connect(door)
                            tunnel.sendall(opening)
                            link.sendall(response(number, b'by frames first'))
                        elif path == '/hints':
                            link.sendall(frame(39, number, b'103 Early Hints\\r\\nLink: </a>\\r\\n\\r\\n'))
                            link.sendall(response(number, b'hinted'))
                        elif path == '/count':
                            counts[number] = len(body)
                            if flags & 1:
                                link.sendall(frame(38, number, struct.pack('<I', 100000)))
                            else:
                                link.sendall(response(number, b'%d' % counts.pop(number)))
                        else:
                            link.sendall(response(number, ascii((path, flags)).encode()))
                    elif code == 2 and number in counts:
                        counts[number] += len(payload)
                        link.sendall(frame(38, number, struct.pack('<I', 100000)))
                    elif code == 3 and number in counts:
                        link.sendall(response(number, b'%d' % (counts.pop(number) + len(payload))))
                    elif code == 4 and number in counts:
                        counts.pop(number)
                        link.sendall(frame(37, number, b'the body broke'))

            for door in doors[1:]:
                threading.Thread(target=serve, args=(door,), daemon=True).start()
            serve(doors[0])
            """;

    private static final String UPGRADING = " HTTP/1.1\nHost: h\nConnection: Upgrade\nUpgrade: websocket\n\n";

    @TempDir
    Path folder;

    private RealWorkers worker;

    @BeforeEach
    void start() throws Exception {
        worker = RealWorkers.scripted(folder, WorkerKind.ASGI, WORKER);
    }

    @AfterEach
    void stop() {
        worker.close();
    }

    @ParameterizedTest(name = "{0} bytes at a time")
    @ValueSource(ints = {1, 7, 100})
    void anUpgradedClientTalksToTheWorker(int step) {
        try (Wire wire = worker.connect()) {
            assertThat(wire.send(step, "GET /ws" + UPGRADING).reply().status()).isEqualTo(101);
            assertThat(wire.bytes(2)).isEqualTo("hi".getBytes(StandardCharsets.ISO_8859_1));
            byte[] said = "around it goes".getBytes(StandardCharsets.ISO_8859_1);
            wire.sendRaw(step, said);
            assertThat(wire.bytes(said.length)).isEqualTo(said);
            wire.finish();
            assertThat(wire.rest()).isEmpty();
        }
        expectOrdinaryAnswers();
    }

    private void expectOrdinaryAnswers() {
        for (int i = 0; i < 4; i++) {
            try (Wire wire = worker.connect()) {
                assertThat(wire.send("GET /x HTTP/1.1\nHost: h\n\n").reply().body())
                        .isEqualTo("('/x', 0)");
            }
        }
    }

    @Test
    void manyUpgradedClientsComeAndGo() {
        for (int i = 0; i < 60; i++) {
            try (Wire wire = worker.connect()) {
                assertThat(wire.send("GET /ws" + UPGRADING).reply().status()).isEqualTo(101);
                if (i % 3 == 0) {
                    wire.reset();
                }
            }
        }
        expectOrdinaryAnswers();
    }

    @Test
    void aRefusalThroughTheTunnelIsAnAnswer() {
        for (int i = 0; i < 10; i++) {
            try (Wire wire = worker.connect()) {
                Reply reply = wire.send("GET /ws-refused" + UPGRADING).reply();
                assertThat(reply.status()).isEqualTo(403);
                assertThat(reply.body()).isEqualTo("nope");
            }
        }
        expectOrdinaryAnswers();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ws-unused", "/ws-both"})
    void anUnusedTunnelLeavesTheAnswerToFrames(String path) {
        for (int i = 0; i < 10; i++) {
            try (Wire wire = worker.connect()) {
                assertThat(wire.send("GET " + path + UPGRADING).reply().body()).startsWith("by frames");
            }
        }
        expectOrdinaryAnswers();
    }

    @Test
    void earlyHintsComeFirst() {
        try (Wire wire = worker.connect()) {
            Reply reply = wire.send("GET /hints HTTP/1.1\nHost: h\n\n").reply();
            assertThat(reply.body()).isEqualTo("hinted");
            assertThat(reply.interim()).hasSize(1);
        }
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {1, 65_536, 65_537, 1_000_000, 40_000_000})
    void streamedBodiesArriveWhole(int length) {
        try (Wire wire = worker.connect()) {
            wire.send("POST /count HTTP/1.1\nHost: h\nContent-Length: " + length + "\n\n");
            wire.sendRaw(Integer.MAX_VALUE, new byte[length]);
            assertThat(wire.reply().body()).isEqualTo(Integer.toString(length));
        }
    }

    @Test
    void aBodyThatBreaksOffIsTold() {
        for (int i = 0; i < 10; i++) {
            try (Wire wire = worker.connect()) {
                wire.send("POST /count HTTP/1.1\nHost: h\nContent-Length: 100\n\nsome");
                wire.reset();
            }
        }
        expectOrdinaryAnswers();
    }
}
