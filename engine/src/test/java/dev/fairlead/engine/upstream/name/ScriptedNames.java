package dev.fairlead.engine.upstream.name;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// A name server on loopback that answers when the test says so, and what.
final class ScriptedNames implements AutoCloseable {
    static final int NO_SUCH_NAME = 3;
    static final int REFUSED = 5;
    static final int FAILED = 2;

    private static final int HEADER = 12;
    private static final int PATIENCE_MILLIS = 60_000;

    private final DatagramSocket socket;

    ScriptedNames() throws SocketException {
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    int port() {
        return socket.getLocalPort();
    }

    /// The next question, past or to come.
    Asked next() {
        try {
            DatagramPacket packet = new DatagramPacket(new byte[512], 512);
            socket.receive(packet);
            return new Asked(Arrays.copyOf(packet.getData(), packet.getLength()), packet.getSocketAddress());
        } catch (IOException nobodyAsked) {
            throw new UncheckedIOException(nobodyAsked);
        }
    }

    @Override
    public void close() {
        socket.close();
    }

    static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (IOException notInDigits) {
            throw new UncheckedIOException(notInDigits);
        }
    }

    /// The content of a record about a place of a service.
    static byte[] place(String host, int port, int weight) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(6)
                .putShort((short) 0)
                .putShort((short) weight)
                .putShort((short) port)
                .array());
        for (String label : host.split("\\.", -1)) {
            out.write(label.length());
            out.writeBytes(label.getBytes(StandardCharsets.ISO_8859_1));
        }
        out.write(0);
        return out.toByteArray();
    }

    /// One question that waits for its answer.
    final class Asked {
        private final byte[] message;
        private final SocketAddress from;
        private final int end;

        private Asked(byte[] message, SocketAddress from) {
            this.message = message;
            this.from = from;
            int at = HEADER;
            while (message[at] != 0) {
                at += message[at] + 1;
            }
            this.end = at + 5;
        }

        /// The kind of records and the host, such as `A www.test`.
        String what() {
            StringBuilder host = new StringBuilder();
            for (int at = HEADER; message[at] != 0; at += message[at] + 1) {
                host.append(host.isEmpty() ? " " : ".")
                        .append(new String(message, at + 1, message[at], StandardCharsets.ISO_8859_1));
            }
            return switch (message[end - 3]) {
                case 1 -> "A" + host;
                case 28 -> "AAAA" + host;
                case 33 -> "SRV" + host;
                default -> throw new IllegalStateException("no kind that is asked for: " + message[end - 3]);
            };
        }

        void addresses(String... literals) {
            answer(
                    0,
                    Arrays.stream(literals)
                            .map(literal -> address(literal).getAddress())
                            .toList());
        }

        void places(byte[]... places) {
            answer(0, List.of(places));
        }

        /// There is nothing.
        void trouble(int code) {
            answer(code, List.of());
        }

        private void answer(int code, List<byte[]> records) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(message, 0, 2);
            out.writeBytes(new byte[] {(byte) 0x81, (byte) (0x80 | code), 0, 1, 0, (byte) records.size(), 0, 0, 0, 0});
            out.write(message, HEADER, end - HEADER);
            for (byte[] record : records) {
                out.writeBytes(new byte[] {(byte) 0xc0, HEADER, 0, message[end - 3], 0, 1, 0, 0, 0, 60, 0});
                out.write(record.length);
                out.writeBytes(record);
            }
            byte[] answer = out.toByteArray();
            try {
                socket.send(new DatagramPacket(answer, answer.length, from));
            } catch (IOException unsent) {
                throw new UncheckedIOException(unsent);
            }
        }
    }
}
