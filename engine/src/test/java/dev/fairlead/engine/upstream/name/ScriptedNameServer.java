package dev.fairlead.engine.upstream.name;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A name server on loopback that answers as it is told, by UDP and, if it shall, by TCP at the same port.
final class ScriptedNameServer implements AutoCloseable {
    private static final int HEADER = 12;

    private final DatagramSocket datagrams;
    private final List<ServerSocket> streams = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Script script;

    /// What is answered.
    interface Script {
        /// @param isByTcp how it is asked
        /// @param kind of record, by its number
        /// @return for no answer at all, [Answer#SILENCE]
        Answer to(String host, int kind, boolean isByTcp);
    }

    /// @param flags the last two bytes of the header's first four, as `8180`
    /// @param records as they stand in the message, names as pointers to the question's
    record Answer(int flags, List<byte[]> records) {
        static final Answer SILENCE = new Answer(0, List.of());
        static final Answer UNKNOWN = new Answer(0x8183, List.of());
        static final Answer CUT = new Answer(0x8380, List.of());

        static Answer addresses(String... addresses) {
            return new Answer(
                    0x8180,
                    List.of(addresses).stream().map(ScriptedNameServer::address).toList());
        }
    }

    private ScriptedNameServer(DatagramSocket datagrams, Script script) {
        this.datagrams = datagrams;
        this.script = script;
    }

    static ScriptedNameServer open(Script script) throws IOException {
        ScriptedNameServer server = new ScriptedNameServer(
                new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)), script);
        Thread.ofVirtual().start(server::serveDatagrams);
        return server;
    }

    ScriptedNameServer andTcp() throws IOException {
        ServerSocket socket = new ServerSocket(port(), 8, InetAddress.getLoopbackAddress());
        streams.add(socket);
        Thread.ofVirtual().start(() -> serveStreams(socket));
        return this;
    }

    int port() {
        return datagrams.getLocalPort();
    }

    /// `udp HOST` or `tcp HOST` for each question.
    List<String> asked() {
        return asked;
    }

    private static byte[] address(String text) {
        try {
            byte[] address = InetAddress.getByName(text).getAddress();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(new byte[] {(byte) 0xc0, HEADER, 0, (byte) (address.length == 4 ? 1 : 28), 0, 1, 0, 0, 0, 60, 0});
            out.write(address.length);
            out.writeBytes(address);
            return out.toByteArray();
        } catch (IOException notInDigits) {
            throw new IllegalArgumentException(notInDigits);
        }
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
        StringBuilder name = new StringBuilder();
        int at = HEADER;
        while (query[at] != 0) {
            name.append(name.isEmpty() ? "" : ".")
                    .append(new String(query, at + 1, query[at], StandardCharsets.ISO_8859_1));
            at += query[at] + 1;
        }
        asked.add((isByTcp ? "tcp " : "udp ") + name);
        Answer answer = script.to(name.toString(), query[at + 2], isByTcp);
        if (answer.equals(Answer.SILENCE)) {
            return new byte[0];
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(query, 0, 2);
        out.write(answer.flags() >> 8);
        out.write(answer.flags());
        out.writeBytes(new byte[] {0, 1, 0, (byte) answer.records().size(), 0, 0, 0, 0});
        out.write(query, HEADER, at + 5 - HEADER);
        answer.records().forEach(out::writeBytes);
        return out.toByteArray();
    }

    @Override
    public void close() throws IOException {
        datagrams.close();
        for (ServerSocket socket : streams) {
            socket.close();
        }
    }
}
