package dev.fairlead.cli.control;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/// One request over a control socket. Speaks HTTP/1.0, whose answers end with the connection, so that an answer
/// that never ends can be read as it comes.
///
/// @param socket where the stack answers
public record ControlClient(Path socket) {
    private static final long ASK_AGAIN_NANOS = 50_000_000;
    /// The status of a socket's answers while it is left to another program.
    private static final int LEAVING = 503;

    /// @param status of the answer
    /// @param body all of it
    public record Reply(int status, String body) {
        public boolean isDone() {
            return status / 100 == 2;
        }
    }

    /// Asks and waits for the whole answer.
    ///
    /// @param target path and query, encoded
    /// @param text whether the answer is to be read by people
    public Reply ask(String method, String target, boolean text) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int status = ask(method, target, text, body);
        return new Reply(status, body.toString(StandardCharsets.UTF_8));
    }

    /// Has the stack go over to the program on disk.
    ///
    /// @return what came of it, once the new program answers, or the old one goes on
    public Reply upgrade() throws IOException {
        Reply begun = ask("POST", "/upgrade", true);
        while (begun.isDone()) {
            try {
                Reply report = ask("GET", "/upgrade", true);
                if (!report.body().isBlank() && report.status() != LEAVING) {
                    return report;
                }
            } catch (IOException closed) {
                // By the program that leaves; the one that comes takes the next connection.
                if (!SocketFolder.isAnswered(socket)) {
                    throw new IOException("the stack has ended while it was being upgraded", closed);
                }
            }
            LockSupport.parkNanos(ASK_AGAIN_NANOS);
        }
        return begun;
    }

    /// Asks and hands the answer's body on as it comes.
    ///
    /// @return the answer's status
    public int ask(String method, String target, boolean text, OutputStream body) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            String request = method + " " + target + " HTTP/1.0\r\nHost: fairlead\r\nAccept: "
                    + (text ? "text/plain" : "application/json") + "\r\nContent-Length: 0\r\n\r\n";
            ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            InputStream in = new BufferedInputStream(Channels.newInputStream(channel));
            int status = status(line(in));
            skipFields(in);
            copy(in, body);
            return status;
        }
    }

    /// The header fields say nothing that is needed here.
    private static void skipFields(InputStream in) throws IOException {
        String line = line(in);
        while (!line.isEmpty()) {
            line = line(in);
        }
    }

    private static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[8192];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            out.write(buffer, 0, count);
            out.flush();
        }
    }

    private static int status(String line) throws IOException {
        String[] words = line.split(" ", 3);
        if (words.length < 2 || !words[0].startsWith("HTTP/1.")) {
            throw new IOException("not an answer of a control socket: " + line);
        }
        return Integer.parseInt(words[1]);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the stack ended while it was asked");
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }
}
