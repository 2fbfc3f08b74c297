package dev.fairlead.engine.upstream.name;

import dev.fairlead.testkit.NameQuestion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.Arrays;
import java.util.List;

/// A name server on loopback that answers when the test says so, and what.
final class ScriptedNames implements AutoCloseable {
    static final int NO_SUCH_NAME = 3;
    static final int REFUSED = 5;
    static final int FAILED = 2;

    private static final int GOOD_ORDER = 0x8180;
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
            return new Asked(packet.getData(), packet.getSocketAddress());
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

    /// One question that waits for its answer.
    final class Asked {
        private final NameQuestion question;
        private final SocketAddress from;

        private Asked(byte[] message, SocketAddress from) {
            this.question = new NameQuestion(message);
            this.from = from;
        }

        /// The kind of records and the host, such as `A www.test`.
        String what() {
            String kind = switch (question.kind()) {
                case NameQuestion.IPV4 -> "A";
                case NameQuestion.IPV6 -> "AAAA";
                case NameQuestion.SERVICE -> "SRV";
                default -> throw new IllegalStateException("no kind that is asked for: " + question.kind());
            };
            return kind + " " + question.host();
        }

        void addresses(String... literals) {
            answer(0, Arrays.stream(literals).map(NameQuestion::address).toList());
        }

        void places(byte[]... places) {
            answer(0, List.of(places));
        }

        /// There is nothing.
        void trouble(int code) {
            answer(code, List.of());
        }

        private void answer(int code, List<byte[]> contents) {
            byte[] answer = question.answer(GOOD_ORDER | code, contents);
            try {
                socket.send(new DatagramPacket(answer, answer.length, from));
            } catch (IOException unsent) {
                throw new UncheckedIOException(unsent);
            }
        }
    }
}
