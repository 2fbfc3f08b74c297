package dev.fairlead.engine.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/// One who tells whether certificates are still good, asked over HTTP (RFC 6960, appendix A). Takes its time: not
/// for event loops. What is asked and answered has a signature, so there is no TLS.
final class StatusResponder {
    /// As large as an answer may be, its head included. Those of public authorities take two thousand bytes.
    private static final int LARGEST = 64 << 10;

    private static final int HTTP_PORT = 80;

    private final String host;
    private final int port;
    private final String path;

    private StatusResponder(String host, int port, String path) {
        this.host = host;
        this.port = port;
        this.path = path;
    }

    /// @throws IOException if it is no URL of HTTP
    static StatusResponder at(String url) throws IOException {
        try {
            URI uri = new URI(url);
            if (!"http".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
                throw new IOException("\"" + url + "\" is not a URL of HTTP");
            }
            String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            return new StatusResponder(uri.getHost(), uri.getPort() < 0 ? HTTP_PORT : uri.getPort(), path + query);
        } catch (URISyntaxException unreadable) {
            throw new IOException("\"" + url + "\" is not a URL", unreadable);
        }
    }

    /// @param patience for all of it, but looking up the name
    /// @throws IOException if there is no answer in time, or one that is too large or is not what was asked for
    byte[] ask(byte[] question, Duration patience) throws IOException {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        InetSocketAddress address = new InetSocketAddress(bare, port);
        if (address.isUnresolved()) {
            throw new IOException("\"" + host + "\" is not known");
        }
        long end = System.nanoTime() + patience.toNanos();
        try (Socket socket = new Socket()) {
            socket.connect(address, left(end));
            OutputStream out = socket.getOutputStream();
            String head = "POST " + path + " HTTP/1.0\r\nHost: " + host + (port == HTTP_PORT ? "" : ":" + port)
                    + "\r\nContent-Type: application/ocsp-request\r\nContent-Length: " + question.length
                    + "\r\n\r\n";
            out.write(head.getBytes(ISO_8859_1));
            out.write(question);
            out.flush();
            return body(socket, end);
        }
    }

    private static int left(long end) throws SocketTimeoutException {
        long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
        if (left <= 0) {
            throw new SocketTimeoutException("no answer in time");
        }
        return Math.toIntExact(Math.min(left, Integer.MAX_VALUE));
    }

    private static byte[] body(Socket socket, long end) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[4096];
        Head head = Head.NONE;
        while (head.expected() < 0 || all.size() < head.expected()) {
            socket.setSoTimeout(left(end));
            int count = in.read(buffer);
            if (count < 0) {
                break;
            }
            all.write(buffer, 0, count);
            if (all.size() > LARGEST) {
                throw new IOException("the answer is larger than " + LARGEST + " bytes");
            }
            head = head.expected() < 0 ? Head.of(all.toByteArray()) : head;
        }
        if (head.size() == 0 || (head.expected() != Long.MAX_VALUE && all.size() < head.expected())) {
            throw new IOException("the answer is cut off");
        }
        return Arrays.copyOfRange(all.toByteArray(), head.size(), (int) Math.min(all.size(), head.expected()));
    }

    /// What stands before an answer.
    ///
    /// @param size 0 while it is not complete
    /// @param expected the size of all; the largest number where it is not told, negative while that is not known
    private record Head(int size, long expected) {
        static final Head NONE = new Head(0, -1);

        static Head of(byte[] bytes) throws IOException {
            String text = new String(bytes, ISO_8859_1);
            int end = text.indexOf("\r\n\r\n");
            if (end < 0) {
                return NONE;
            }
            String[] lines = text.substring(0, end).split("\r\n", -1);
            if (!lines[0].matches("HTTP/1\\.[01] 200( .*)?")) {
                throw new IOException("it answers \"" + lines[0] + "\"");
            }
            long expected = Long.MAX_VALUE;
            for (String line : lines) {
                String lower = line.toLowerCase(Locale.ROOT);
                if (lower.startsWith("transfer-encoding:")) {
                    throw new IOException("it answers in pieces, which was not asked for");
                }
                if (lower.matches("content-length: *[0-9]{1,8} *")) {
                    expected = end
                            + 4
                            + Long.parseLong(
                                    lower.substring(lower.indexOf(':') + 1).strip());
                }
            }
            return new Head(end + 4, expected);
        }
    }
}
