package dev.fairlead.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.engine.generation.Engine;
import dev.fairlead.model.stream.StreamListener;
import dev.fairlead.model.upstream.Balance;
import dev.fairlead.testkit.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Streams of many bytes go through a pipe in the kernel, and nobody can tell by what arrives.
final class ShortcutTest {
    private static final int SOME = 24 << 20;

    private static Socket connect(Engine engine) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(Server.LITTLE);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), Streams.port(engine)));
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static StreamListener to(Server server) {
        return Streams.listener(
                Streams.host(Streams.forward(Streams.upstream("u", new Balance.InOrder(), server.port()))));
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static void send(Socket socket, byte[] bytes, boolean ends) {
        Thread.ofVirtual().start(() -> {
            try {
                socket.getOutputStream().write(bytes);
                if (ends) {
                    socket.shutdownOutput();
                }
            } catch (IOException lost) {
                throw new AssertionError(lost);
            }
        });
    }

    /// Pipes that this program has open.
    private static long pipes() {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.filter(ShortcutTest::isPipe).count();
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private static boolean isPipe(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("pipe:");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    private static void awaitPipes(long wanted) {
        Deadline.inSeconds(20).await(wanted + " pipes", () -> pipes() >= wanted);
    }

    /// Until there are no more than before; what another part of the program closes meanwhile is no matter.
    private static void awaitAsBefore(long before) {
        Deadline.inSeconds(20).await("no more than " + before + " pipes", () -> pipes() <= before);
    }

    @Test
    void aStreamGoesThroughAPipeWhileItIsHeldUpToo() throws Exception {
        byte[] much = random(SOME);
        try (Server server = Server.echo();
                Engine engine = Streams.start(to(server));
                Socket socket = connect(engine)) {
            long before = pipes();
            send(socket, much, true);
            InputStream in = socket.getInputStream();
            byte[] start = in.readNBytes(4 << 20);
            // Nobody takes the rest; what the sockets' buffers do not hold waits.
            Deadline.inSeconds(20).await("a pipe", () -> pipes() > before);
            byte[] rest = in.readAllBytes();
            assertThat(Arrays.equals(start, 0, start.length, much, 0, start.length))
                    .isTrue();
            assertThat(Arrays.equals(rest, 0, rest.length, much, start.length, much.length))
                    .isTrue();
            awaitAsBefore(before);
        }
    }

    @Test
    void whatIsNoStreamAnyMoreGoesItsUsualWay() throws Exception {
        byte[] much = random(SOME);
        try (Server server = Server.echo();
                Engine engine = Streams.start(to(server));
                Socket socket = connect(engine)) {
            long before = pipes();
            for (int i = 0; i < 3; i++) {
                send(socket, much, false);
                assertThat(Arrays.equals(socket.getInputStream().readNBytes(much.length), much))
                        .isTrue();
                for (int size : new int[] {1, 100, 5000}) {
                    byte[] little = random(size);
                    socket.getOutputStream().write(little);
                    assertThat(socket.getInputStream().readNBytes(size)).isEqualTo(little);
                }
            }
            awaitAsBefore(before);
        }
    }

    @Test
    void theEndComesBehindEverythingThatWasSent() throws Exception {
        byte[] much = random(SOME);
        CountDownLatch ended = new CountDownLatch(1);
        CompletableFuture<byte[]> heard = new CompletableFuture<>();
        try (Server server = Server.start((in, out) -> {
                    byte[] start = in.readNBytes(2 << 20);
                    await(ended);
                    byte[] rest = in.readAllBytes();
                    byte[] all = Arrays.copyOf(start, start.length + rest.length);
                    System.arraycopy(rest, 0, all, start.length, rest.length);
                    heard.complete(all);
                    out.write(much);
                });
                Engine engine = Streams.start(to(server));
                Socket socket = connect(engine)) {
            long before = pipes();
            byte[] sent = random(SOME);
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
                try {
                    socket.getOutputStream().write(sent);
                    socket.shutdownOutput();
                } catch (IOException lost) {
                    throw new AssertionError(lost);
                }
            });
            awaitPipes(before + 2);
            ended.countDown();
            assertThat(Arrays.equals(heard.get(20, TimeUnit.SECONDS), sent)).isTrue();
            assertThat(Arrays.equals(socket.getInputStream().readAllBytes(), much))
                    .isTrue();
            sending.get(20, TimeUnit.SECONDS);
            awaitAsBefore(before);
        }
    }

    @Test
    void aClientThatIsLostEndsTheServersConnectionAndThePipe() throws Exception {
        CompletableFuture<String> end = new CompletableFuture<>();
        try (Server server = Server.start((in, out) -> {
                    try {
                        byte[] piece = new byte[1 << 16];
                        while (true) {
                            out.write(piece);
                        }
                    } catch (IOException broken) {
                        end.complete("broken");
                        throw broken;
                    }
                });
                Engine engine = Streams.start(to(server))) {
            long before = pipes();
            try (Socket socket = connect(engine)) {
                socket.getInputStream().readNBytes(4 << 20);
                awaitPipes(before + 2);
                socket.setSoLinger(true, 0);
            }
            assertThat(end.get(20, TimeUnit.SECONDS)).isEqualTo("broken");
            awaitAsBefore(before);
        }
    }

    @Test
    void aServerThatIsLostEndsTheClientsConnectionAndThePipe() throws Exception {
        CountDownLatch lost = new CountDownLatch(1);
        try (Server server = Server.start((in, out) -> {
                    out.write(new byte[16 << 20]);
                    await(lost);
                    throw new IOException("lost");
                });
                Engine engine = Streams.start(to(server));
                Socket socket = connect(engine)) {
            long before = pipes();
            // What the server has not read makes its end a reset.
            socket.getOutputStream().write(1);
            int read = socket.getInputStream().readNBytes(16 << 20).length;
            assertThat(read).isEqualTo(16 << 20);
            lost.countDown();
            socket.setSoTimeout(20_000);
            assertThatThrownBy(() -> {
                        if (socket.getInputStream().read() < 0) {
                            throw new IOException("ended");
                        }
                    })
                    .isInstanceOf(IOException.class)
                    .hasMessageNotContaining("timed out");
            awaitAsBefore(before);
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IOException("nothing happened");
            }
        } catch (InterruptedException stopped) {
            throw new IOException(stopped);
        }
    }
}
