package dev.fairlead.engine.stream;

import dev.fairlead.testkit.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A server that does one thing with each connection.
final class Server implements AutoCloseable {
    /// What a socket of a test keeps before it is read, in bytes: kernels that may choose keep up to 32 MiB, in which
    /// a stream ends that should be held up.
    static final int LITTLE = 128 << 10;

    private final ServerSocket socket;
    private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();

    /// What it does.
    interface Script {
        void run(InputStream in, OutputStream out) throws IOException;
    }

    private Server(ServerSocket socket, Script script) {
        this.socket = socket;
        Thread.ofVirtual().start(() -> {
            while (!socket.isClosed()) {
                try {
                    Socket client = socket.accept();
                    Thread.ofVirtual().start(() -> serve(client, script));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    private static void serve(Socket client, Script script) {
        try (client) {
            script.run(client.getInputStream(), client.getOutputStream());
        } catch (IOException gone) {
            return;
        }
    }

    static Server start(ServerSocket socket, Script script) {
        return new Server(socket, script);
    }

    static Server start(Script script) {
        return start(listening(), script);
    }

    /// Sends everything back, and its end too.
    static Server echo() {
        return start(InputStream::transferTo);
    }

    /// Says its name and reads to the end.
    static Server named(String name) {
        return start((in, out) -> {
            out.write(name.getBytes(StandardCharsets.UTF_8));
            in.transferTo(OutputStream.nullOutputStream());
        });
    }

    /// Takes down everything until the client ends, then answers `bye`.
    static Server listener() {
        ServerSocket socket = listening();
        Server[] made = new Server[1];
        made[0] = new Server(socket, (in, out) -> {
            made[0].heard.add(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
            out.write("bye".getBytes(StandardCharsets.UTF_8));
        });
        return made[0];
    }

    private static ServerSocket listening() {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReceiveBufferSize(LITTLE);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return socket;
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /// A port nobody listens on.
    static int nobody() {
        return Ports.free();
    }

    String heard() throws InterruptedException {
        String text = heard.poll(10, TimeUnit.SECONDS);
        if (text == null) {
            throw new AssertionError("nothing was heard");
        }
        return text;
    }

    int port() {
        return socket.getLocalPort();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException ignored) {
            return;
        }
    }
}
