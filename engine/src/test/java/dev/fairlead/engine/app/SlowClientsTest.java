package dev.fairlead.engine.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.engine.handler.LeakWatch;
import dev.fairlead.model.app.WorkerKind;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.Wire;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Clients that take or give next to nothing: workers have nothing to do with them.
@ExtendWith(LeakWatch.class)
class SlowClientsTest {
    private static final int CLIENTS = 200;
    private static final int UPLOAD = 100_000;
    private static final int DOWNLOAD = 2 << 20;
    private static final long LARGE = 96L << 20;

    private static final String APPLICATION = """
            def application(environ, start_response):
                start_response('200 OK', [('Content-Type', 'text/plain')])
                if environ['REQUEST_METHOD'] == 'POST':
                    return [str(len(environ['wsgi.input'].read())).encode()]
                if environ['PATH_INFO'] == '/stream':
                    return (b'x' * 65536 for _ in range(int(environ['QUERY_STRING']) // 65536))
                return [b'quick']
            """;

    @TempDir
    Path folder;

    /// As each of them would hold a worker for days, it is enough that others are answered at all.
    @Test
    void twoHundredOfThemOccupyNoWorker() throws Exception {
        List<Socket> clients = new ArrayList<>();
        try (RealWorkers workers = RealWorkers.start(folder, WorkerKind.SYNC, 2, APPLICATION)) {
            for (int i = 0; i < CLIENTS; i++) {
                Socket client = slow(workers.port());
                clients.add(client);
                say(client, i % 2 == 0 ? upload() : download(DOWNLOAD));
            }
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < CLIENTS; i++) {
                    if (i % 2 == 0) {
                        clients.get(i).getOutputStream().write('u');
                    } else {
                        assertThat(clients.get(i).getInputStream().read()).isNotNegative();
                    }
                }
                try (Wire wire = workers.connect()) {
                    for (int i = 0; i < 100; i++) {
                        assertThat(wire.send("GET / HTTP/1.1\nHost: h\n\n")
                                        .reply()
                                        .body())
                                .isEqualTo("quick");
                    }
                }
            }
            Deadline.inSeconds(60)
                    .await("workers without requests", () -> workers.load().running() == 0);
            assertThat(workers.load().waiting()).isZero();
            finishUpload(clients.get(0));
            assertThat(count(clients.get(1))).isGreaterThan(DOWNLOAD - 1000L);
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    @Test
    void aLargeAnswerThatNobodyTakesIsNotHeldInMemory() throws Exception {
        try (RealWorkers workers = RealWorkers.start(folder, WorkerKind.SYNC, 1, APPLICATION);
                Socket client = slow(workers.port())) {
            long before = directBytes();
            say(client, download(LARGE));
            Deadline.inSeconds(60)
                    .await("the end of the request", () -> workers.served(1).requests() == 1);
            assertThat(directBytes() - before).isLessThan(LARGE / 6);
            assertThat(count(client)).isGreaterThan(LARGE);
            assertThat(directBytes() - before).isLessThan(LARGE / 6);
        }
    }

    private static long directBytes() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
    }

    private static Socket slow(int port) throws IOException {
        Socket client = new Socket();
        client.setReceiveBufferSize(4096);
        client.setSoTimeout(20_000);
        client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return client;
    }

    private static String upload() {
        return "POST / HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: " + UPLOAD + "\r\n\r\n";
    }

    private static String download(long bytes) {
        return "GET /stream?" + bytes + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
    }

    private static void say(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// Sends what is left of a body of which three bytes were sent.
    private static void finishUpload(Socket client) throws IOException {
        client.getOutputStream().write(new byte[UPLOAD - 3]);
        String reply = new String(client.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        assertThat(reply).startsWith("HTTP/1.1 200 ").contains(Integer.toString(UPLOAD));
    }

    /// Reads to the end of the connection.
    private static long count(Socket client) throws IOException {
        InputStream in = client.getInputStream();
        byte[] into = new byte[1 << 20];
        long count = 0;
        int read = in.read(into);
        while (read >= 0) {
            count += read;
            read = in.read(into);
        }
        return count;
    }
}
