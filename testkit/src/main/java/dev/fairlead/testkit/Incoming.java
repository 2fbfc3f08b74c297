package dev.fairlead.testkit;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Reads HTTP/1 messages off a socket and remembers every byte. Lenient: what is odd about a message is the
/// tests' business.
final class Incoming {
    private static final int PORTION = 16 * 1024;

    private final Socket socket;
    private final InputStream stream;
    private final ByteArrayOutputStream raw = new ByteArrayOutputStream();
    private int pushedBack = -1;
    private boolean wasReset;

    Incoming(Socket socket) throws IOException {
        this.socket = socket;
        this.stream = new java.io.BufferedInputStream(socket.getInputStream());
    }

    byte[] raw() {
        synchronized (raw) {
            return raw.toByteArray();
        }
    }

    boolean wasReset() {
        return wasReset;
    }

    /// Reads the next byte; -1 at the end. A reset counts as the end and is remembered.
    int read(Deadline deadline) throws IOException {
        if (pushedBack >= 0) {
            int octet = pushedBack;
            pushedBack = -1;
            return octet;
        }
        int octet;
        try {
            socket.setSoTimeout(deadline.millisLeft());
            octet = stream.read();
        } catch (SocketTimeoutException late) {
            throw deadline.missed("more from the other side; so far: " + shown(raw()));
        } catch (SocketException reset) {
            wasReset = true;
            octet = -1;
        }
        if (octet >= 0) {
            synchronized (raw) {
                raw.write(octet);
            }
        }
        return octet;
    }

    boolean atEnd(Deadline deadline) throws IOException {
        pushedBack = read(deadline);
        return pushedBack < 0;
    }

    /// Reads a line, without its end.
    /// @throws EOFException when the connection ends before the line does
    String line(Deadline deadline) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = read(deadline); octet != '\n'; octet = read(deadline)) {
            if (octet < 0) {
                throw new EOFException("ended after: " + shown(raw()));
            }
            line.write(octet);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    List<Header> headers(Deadline deadline) throws IOException {
        List<Header> headers = new ArrayList<>();
        for (String line = line(deadline); !line.isEmpty(); line = line(deadline)) {
            int colon = line.indexOf(':');
            headers.add(
                    colon < 0
                            ? new Header(line, "")
                            : new Header(
                                    line.substring(0, colon),
                                    line.substring(colon + 1).strip()));
        }
        return List.copyOf(headers);
    }

    byte[] exactly(long length, Deadline deadline) throws IOException {
        byte[] body = upTo(length, deadline);
        if (body.length < length) {
            throw new CutShort(body);
        }
        return body;
    }

    byte[] untilEnd(Deadline deadline) throws IOException {
        return upTo(Long.MAX_VALUE, deadline);
    }

    private byte[] upTo(long length, Deadline deadline) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] portion = new byte[PORTION];
        while (body.size() < length) {
            int octet = read(deadline);
            if (octet < 0) {
                break;
            }
            body.write(octet);
            int ready = (int) Math.min(Math.min(stream.available(), PORTION), length - body.size());
            int count = ready == 0 ? 0 : stream.read(portion, 0, ready);
            body.write(portion, 0, count);
            synchronized (raw) {
                raw.write(portion, 0, count);
            }
        }
        return body.toByteArray();
    }

    /// Reads chunks up to and with the last one; the trailers are left.
    byte[] chunks(Deadline deadline) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try {
            while (true) {
                String size = line(deadline).split(";", 2)[0].strip();
                long length = Long.parseLong(size, 16);
                if (length == 0) {
                    return body.toByteArray();
                }
                body.write(exactly(length, deadline));
                line(deadline);
            }
        } catch (CutShort cut) {
            body.write(cut.received());
            throw new CutShort(body.toByteArray());
        } catch (EOFException cut) {
            throw new CutShort(body.toByteArray());
        }
    }

    static String shown(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1)
                .replace("\r", "\\r")
                .replace("\n", "\\n\n");
        return text.length() > 2000 ? text.substring(0, 2000) + "…" : text;
    }

    /// The connection ended inside a body.
    static final class CutShort extends IOException {
        private static final long serialVersionUID = 1;

        private final transient byte[] received;

        CutShort(byte[] received) {
            super("the connection ended inside a body after " + received.length + " bytes");
            this.received = received;
        }

        byte[] received() {
            return received.clone();
        }
    }
}
