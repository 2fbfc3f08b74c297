package dev.fairlead.conformance.linked;

import dev.fairlead.testkit.Conversation;
import dev.fairlead.testkit.Peer;
import dev.fairlead.testkit.Wire;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// All ends while much is under way: nothing of it stays behind in memory.
@ExtendWith(LeakWatch.class)
class EndedMidwayTest {
    private static final String DATA = "0123456789abcdef".repeat(8000);
    private static final int TIMES = 3;

    @TempDir
    Path scratch;

    /// Sends without an end what nobody reads to the end.
    private static void talk(Conversation conversation) throws IOException {
        conversation.say("HTTP/1.1 200 OK\r\nContent-Length: 100000000000\r\n\r\n");
        while (true) {
            conversation.say(DATA);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nothingStaysBehind(boolean isLinked) throws IOException {
        for (int time = 0; time < TIMES; time++) {
            Path folder = Files.createDirectories(scratch.resolve("" + time));
            Files.createDirectories(folder.resolve("www"));
            Files.writeString(folder.resolve("www/big.txt"), DATA.repeat(100));
            List<Wire> wires = new ArrayList<>();
            try (DatagramSocket logs = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                    Peer peer = Peer.start(EndedMidwayTest::talk);
                    Row row = Row.start(
                            folder,
                            LinkedRowTest.TEXTS,
                            Map.of("PEER", peer.port(), "LOG", logs.getLocalPort()),
                            isLinked)) {
                for (String door : List.of("TLS", "TOLD", "HTTP", "FILES")) {
                    for (String path : List.of("/big.txt", "/library", "/application")) {
                        wires.addAll(begun(row, door, path, time));
                    }
                }
            } finally {
                wires.forEach(Wire::close);
            }
        }
    }

    /// Three downloads, of which two have begun to arrive, and an upload.
    private static List<Wire> begun(Row row, String door, String path, int time) {
        List<Wire> wires = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Wire wire = row.connect(door);
            wires.add(wire.sendRaw(LinkedRowTest.GET.formatted(path)));
            wire.bytes(i * 50_000);
        }
        Wire upload = row.connect(door);
        wires.add(upload);
        upload.sendRaw("POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: 10000000\r\n\r\n"
                + DATA.substring(0, time * 20_000));
        return wires;
    }
}
