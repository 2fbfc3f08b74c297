package dev.fairlead.testkit;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/// A name server on loopback that answers as it is told, by UDP and, if it shall, by TCP at the same port.
public final class ScriptedNameServer implements AutoCloseable {
    private final DatagramSocket datagrams;
    private final List<ServerSocket> streams = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Script script;

    /// What is answered.
    public interface Script {
        /// @param kind of record, by its number
        /// @param isByTcp how it is asked
        /// @return for no answer at all, [Answer#SILENCE]
        Answer to(String host, int kind, boolean isByTcp);
    }

    /// @param flags the last two bytes of the header's first four, as `8180`
    /// @param contents of records of the kind that was asked for
    public record Answer(int flags, List<byte[]> contents) {
        public static final Answer SILENCE = new Answer(0, List.of());
        public static final Answer FAILURE = new Answer(0x8182, List.of());
        public static final Answer UNKNOWN = new Answer(0x8183, List.of());
        public static final Answer CUT = new Answer(0x8380, List.of());

        public static Answer of(List<byte[]> contents) {
            return new Answer(0x8180, contents);
        }

        public static Answer addresses(String... literals) {
            return of(Stream.of(literals).map(NameQuestion::address).toList());
        }
    }

    private ScriptedNameServer(DatagramSocket datagrams, Script script) {
        this.datagrams = datagrams;
        this.script = script;
    }

    /// At a port that the kernel chooses.
    public static ScriptedNameServer open(Script script) throws IOException {
        ScriptedNameServer server = new ScriptedNameServer(
                new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)), script);
        Thread.ofVirtual().start(server::serveDatagrams);
        return server;
    }

    public ScriptedNameServer andTcp() throws IOException {
        ServerSocket socket = new ServerSocket(port(), 8, InetAddress.getLoopbackAddress());
        streams.add(socket);
        Thread.ofVirtual().start(() -> serveStreams(socket));
        return this;
    }

    public int port() {
        return datagrams.getLocalPort();
    }

    /// `udp HOST` or `tcp HOST` for each question.
    public List<String> asked() {
        return asked;
    }

    private void serveDatagrams() {
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
                datagrams.receive(packet);
                byte[] answer = answer(packet.getData(), false);
                if (answer.length > 0) {
                    datagrams.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serveStreams(ServerSocket socket) {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                DataInputStream in = new DataInputStream(client.getInputStream());
                byte[] query = new byte[in.readUnsignedShort()];
                in.readFully(query);
                byte[] answer = answer(query, true);
                client.getOutputStream().write(new byte[] {(byte) (answer.length >> 8), (byte) answer.length});
                client.getOutputStream().write(answer);
            } catch (IOException gone) {
                // Another may come.
            }
        }
    }

    private byte[] answer(byte[] query, boolean isByTcp) {
        NameQuestion question = new NameQuestion(query);
        asked.add((isByTcp ? "tcp " : "udp ") + question.host());
        Answer answer = script.to(question.host(), question.kind(), isByTcp);
        return answer.equals(Answer.SILENCE) ? new byte[0] : question.answer(answer.flags(), answer.contents());
    }

    @Override
    public void close() throws IOException {
        datagrams.close();
        for (ServerSocket socket : streams) {
            socket.close();
        }
    }
}
