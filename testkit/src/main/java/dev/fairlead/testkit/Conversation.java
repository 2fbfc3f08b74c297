package dev.fairlead.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One connection to a [Peer], from the peer's side.
public final class Conversation {
    private static final Deadline NEVER = Deadline.inSeconds(3600);

    private final Peer peer;
    private final int number;
    private final Socket socket;
    private final Incoming incoming;

    Conversation(Peer peer, int number, Socket socket) throws IOException {
        this.peer = peer;
        this.number = number;
        this.socket = socket;
        this.incoming = new Incoming(socket);
    }

    /// Counted from 0 in the order accepted.
    public int number() {
        return number;
    }

    /// Reads the next request with its body and records it; empty when the client ended the connection.
    public Optional<Received> request() throws IOException {
        return head().map(head -> {
            try {
                return body(head);
            } catch (IOException cut) {
                throw new UncheckedIOException(cut);
            }
        });
    }

    /// Reads the next request's head only, and records it when [#body] is called or never.
    public Optional<Received> head() throws IOException {
        if (incoming.atEnd(NEVER)) {
            return Optional.empty();
        }
        String line = incoming.line(NEVER);
        return Optional.of(new Received(number, line, incoming.headers(NEVER), "", List.of()));
    }

    public Received body(Received head) throws IOException {
        byte[] body = new byte[0];
        List<Header> trailers = List.of();
        if (head.header("Transfer-Encoding")
                .map(coding -> coding.toLowerCase(Locale.ROOT).contains("chunked"))
                .orElse(false)) {
            body = incoming.chunks(NEVER);
            trailers = incoming.headers(NEVER);
        } else if (head.header("Content-Length").isPresent()) {
            body = incoming.exactly(Long.parseLong(head.header("Content-Length").orElseThrow()), NEVER);
        }
        Received whole = new Received(
                number, head.requestLine(), head.headers(), new String(body, StandardCharsets.ISO_8859_1), trailers);
        peer.record(whole);
        return whole;
    }

    /// Sends these characters, each as one byte; line ends go out as they stand.
    public void say(String text) throws IOException {
        say(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public void say(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /// Answers 200 with a body and its length.
    public void ok(String body) throws IOException {
        say("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    /// Reads one byte; -1 at the end.
    public int read() throws IOException {
        return incoming.read(NEVER);
    }

    /// Says that nothing more comes.
    public void finish() throws IOException {
        socket.shutdownOutput();
    }

    public void close() throws IOException {
        socket.close();
    }

    /// Ends the connection with a reset.
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /// Every byte received over this connection.
    public byte[] raw() {
        return incoming.raw();
    }
}
