package dev.fairlead.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/// An upstream server that follows a script and remembers every byte it was sent.
///
/// ```java
/// try (Peer peer = Peer.start(conversation -> {
///     while (conversation.request().isPresent()) {
///         conversation.ok("hello");
///     }
/// })) { … peer.port() … peer.requests() … }
/// ```
public final class Peer implements AutoCloseable {
    /// What happens on each connection; it is closed when the script returns or fails.
    @FunctionalInterface
    public interface Script {
        void talk(Conversation conversation) throws IOException;
    }

    private final ServerSocket listener;
    private final Script script;
    private final List<Conversation> conversations = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<Received> requests = new CopyOnWriteArrayList<>();

    private Peer(ServerSocket listener, Script script) {
        this.listener = listener;
        this.script = script;
    }

    /// Listens on a loopback port of the kernel's choice.
    public static Peer start(Script script) {
        return start(0, script);
    }

    /// Listens on a given loopback port.
    @SuppressWarnings("resource") // closed with the peer
    public static Peer start(int port, Script script) {
        try {
            ServerSocket listener = new ServerSocket();
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 512);
            Peer peer = new Peer(listener, script);
            Thread.ofVirtual().name("peer-" + listener.getLocalPort()).start(peer::accept);
            return peer;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Gives every request the same answer, sent as it stands, and keeps the connection.
    public static Peer replying(String response) {
        return start(conversation -> {
            while (conversation.request().isPresent()) {
                conversation.say(response);
            }
        });
    }

    public int port() {
        return listener.getLocalPort();
    }

    /// The requests read so far, in the order their bodies ended.
    public List<Received> requests() {
        return List.copyOf(requests);
    }

    /// How many connections were accepted so far.
    public int connections() {
        return conversations.size();
    }

    /// Every byte received so far, connection after connection.
    public String raw() {
        return conversations.stream()
                .map(conversation -> new String(conversation.raw(), StandardCharsets.ISO_8859_1))
                .collect(Collectors.joining());
    }

    /// Forgets what was received; connections stay.
    public void forget() {
        requests.clear();
    }

    void record(Received request) {
        requests.add(request);
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @SuppressWarnings("resource") // each conversation closes its own
    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                Conversation conversation = new Conversation(this, conversations.size(), socket);
                conversations.add(conversation);
                Thread.ofVirtual().start(() -> run(conversation, socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void run(Conversation conversation, Socket socket) {
        try (socket) {
            script.talk(conversation);
        } catch (IOException | UncheckedIOException clientWent) {
            // Scripts end this way whenever the program under test closes first; what it sent is recorded.
            sockets.remove(socket);
        }
    }
}
