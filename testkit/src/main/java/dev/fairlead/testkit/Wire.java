package dev.fairlead.testkit;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.assertj.core.api.Assertions;

/// A client that says exactly the bytes it is told to and reads what comes back.
///
/// ```java
/// try (Wire wire = Wire.connect(port)) {
///     wire.send(7, """
///             GET / HTTP/1.1
///             Host: a.example
///
///             """);
///     wire.expectStatus(200);
/// }
/// ```
/// Each wait ends with an [AssertionError] after the patience given (30 s unless set). When the other side
/// closes while bytes are being sent, the rest is dropped silently: what it answered is still there to be read.
public final class Wire implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Socket socket;
    private final Incoming incoming;
    private Duration patience = PATIENCE;
    private String lastMethod = "GET";

    private Wire(Socket socket) throws IOException {
        this.socket = socket;
        this.incoming = new Incoming(socket);
    }

    public static Wire connect(int port) {
        return connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    public static Wire connect(SocketAddress address) {
        try {
            Socket socket = new Socket();
            socket.connect(address, (int) PATIENCE.toMillis());
            return over(socket);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Speaks over a socket that is connected already, such as a TLS one, and closes it in the end.
    public static Wire over(Socket socket) {
        try {
            socket.setTcpNoDelay(true);
            return new Wire(socket);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public Wire patience(Duration longest) {
        this.patience = longest;
        return this;
    }

    /// Sends a text whose lines end in CR LF, however they end here: what a text block holds.
    public Wire send(String text) {
        return send(Integer.MAX_VALUE, text);
    }

    /// The same, `step` bytes at a time.
    public Wire send(int step, String text) {
        return sendRaw(step, text.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    /// Sends these characters, each as one byte, and nothing else.
    public Wire sendRaw(String text) {
        return sendRaw(Integer.MAX_VALUE, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public Wire sendRaw(int step, byte[] bytes) {
        rememberMethod(bytes);
        try {
            for (int from = 0; from < bytes.length; from += Math.min(step, bytes.length)) {
                int length = Math.min(step, bytes.length - from);
                socket.getOutputStream().write(bytes, from, length);
                socket.getOutputStream().flush();
            }
        } catch (IOException closedByTheOtherSide) {
            return this;
        }
        return this;
    }

    /// Says that nothing more will be sent, and keeps listening.
    public Wire finish() {
        try {
            socket.shutdownOutput();
        } catch (IOException closedAlready) {
            return this;
        }
        return this;
    }

    /// Ends the connection with a reset instead of a goodbye.
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Reads the next response; whether it has a body is judged by the method last sent.
    public Reply reply() {
        return reply(lastMethod);
    }

    /// Reads the next response, the answer to `method`. Those with a status 1xx before it are kept in it.
    public Reply reply(String method) {
        return tryReply(method)
                .orElseThrow(() -> new AssertionError("the connection ended where a response was expected; received: "
                        + Incoming.shown(incoming.raw())));
    }

    /// Reads the next response; empty when the connection ends before its head is complete.
    public Optional<Reply> tryReply(String method) {
        Deadline deadline = Deadline.in(patience);
        List<Reply> interim = new ArrayList<>();
        try {
            while (true) {
                Reply reply = next(method, interim, deadline);
                if (reply.status() / 100 != 1 || reply.status() == 101) {
                    return Optional.of(reply);
                }
                interim.add(reply);
            }
        } catch (EOFException ended) {
            return Optional.empty();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public Wire expectStatus(int... allowed) {
        Reply reply = reply();
        Assertions.assertThat(allowed).as(reply.statusLine()).contains(reply.status());
        return this;
    }

    /// Claims that nothing more comes and the other side ends the connection.
    public Wire expectClosed() {
        byte[] rest = rest();
        Assertions.assertThat(Incoming.shown(rest))
                .as("what came before the end")
                .isEmpty();
        return this;
    }

    /// Reads until the other side ends the connection.
    public byte[] rest() {
        try {
            return incoming.untilEnd(Deadline.in(patience));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Reads exactly so many bytes, for protocols other than HTTP.
    public byte[] bytes(int count) {
        try {
            return incoming.exactly(count, Deadline.in(patience));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Everything received so far.
    public byte[] received() {
        return incoming.raw();
    }

    /// Whether the other side ended the connection with a reset.
    public boolean wasReset() {
        return incoming.wasReset();
    }

    public int localPort() {
        return socket.getLocalPort();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void rememberMethod(byte[] bytes) {
        String start = new String(bytes, 0, Math.min(bytes.length, 32), StandardCharsets.ISO_8859_1);
        int space = start.indexOf(' ');
        if (space > 0 && start.substring(0, space).chars().allMatch(c -> c >= 'A' && c <= 'Z')) {
            lastMethod = start.substring(0, space);
        }
    }

    private Reply next(String method, List<Reply> interim, Deadline deadline) throws IOException {
        String statusLine = incoming.line(deadline);
        if (!statusLine.matches("HTTP/1\\.[01] \\d{3}( .*)?")) {
            throw new WireFormatError("not a response: " + statusLine);
        }
        List<Header> headers = incoming.headers(deadline);
        Reply head = new Reply(statusLine, headers, "", false, List.of(), interim, Reply.Ending.FRAMED);
        int status = head.status();
        if (method.equals("HEAD") || status / 100 == 1 || status == 204 || status == 304) {
            return head;
        }
        return withBody(head, deadline);
    }

    private Reply withBody(Reply head, Deadline deadline) throws IOException {
        Optional<String> length = head.header("Content-Length");
        boolean chunked = head.header("Transfer-Encoding")
                .map(coding -> coding.toLowerCase(Locale.ROOT).endsWith("chunked"))
                .orElse(false);
        byte[] body;
        List<Header> trailers = List.of();
        Reply.Ending ending = Reply.Ending.FRAMED;
        try {
            if (chunked) {
                body = incoming.chunks(deadline);
                trailers = incoming.headers(deadline);
            } else if (length.isPresent()) {
                body = incoming.exactly(Long.parseLong(length.get()), deadline);
            } else {
                body = incoming.untilEnd(deadline);
                ending = Reply.Ending.CLOSED;
            }
        } catch (Incoming.CutShort cut) {
            body = cut.received();
            ending = Reply.Ending.CUT_SHORT;
        }
        return new Reply(
                head.statusLine(),
                head.headers(),
                new String(body, StandardCharsets.ISO_8859_1),
                chunked,
                trailers,
                head.interim(),
                ending);
    }
}
