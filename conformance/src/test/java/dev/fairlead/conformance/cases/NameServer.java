package dev.fairlead.conformance.cases;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// A name server on loopback that knows a few hosts of `zone.test`: `www` (IPv4), `six` (IPv6), `both`, and `count`,
/// whose address is another one each time it is asked for. `broken` is a failure, `silent` gets no answer, and other
/// hosts do not exist.
public final class NameServer implements AutoCloseable {
    private static final int HEADER = 12;
    private static final int IPV4 = 1;
    private static final int IPV6 = 28;
    private static final int FAILURE = 2;
    private static final int UNKNOWN = 3;
    private static final int SECONDS = 60;
    private static final Map<String, List<String>> ZONE = Map.of(
            "www.zone.test", List.of("127.0.0.1"),
            "six.zone.test", List.of("::1"),
            "both.zone.test", List.of("127.0.0.1", "::1"),
            "broken.zone.test", List.of());
    private static final String COUNTED = "count.zone.test";
    private static final String SILENT = "silent.zone.test";

    private final DatagramSocket socket;
    private final AtomicInteger counted = new AtomicInteger();

    private NameServer(DatagramSocket socket) {
        this.socket = socket;
        Thread.ofVirtual().name("name server").start(this::serve);
    }

    /// At a port that the kernel chooses.
    public static NameServer open() throws SocketException {
        return new NameServer(new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
    }

    public int port() {
        return socket.getLocalPort();
    }

    @Override
    public void close() {
        socket.close();
    }

    private void serve() {
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(new byte[512], 512);
                socket.receive(packet);
                byte[] answer = answer(packet.getData());
                if (answer.length > 0) {
                    socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private byte[] answer(byte[] query) throws IOException {
        StringBuilder name = new StringBuilder();
        int at = HEADER;
        while (query[at] != 0) {
            name.append(name.isEmpty() ? "" : ".")
                    .append(new String(query, at + 1, query[at], StandardCharsets.ISO_8859_1));
            at += query[at] + 1;
        }
        int end = at + 5;
        int type = query[at + 2];
        String host = name.toString();
        if (host.equals(SILENT)) {
            return new byte[0];
        }
        boolean isCounted = host.equals(COUNTED) && type == IPV4;
        List<byte[]> addresses = (isCounted
                        ? List.of("127.0.0." + counted.incrementAndGet())
                        : ZONE.getOrDefault(host, List.of()))
                .stream()
                        .map(NameServer::bytes)
                        .filter(address -> address.length == (type == IPV4 ? 4 : type == IPV6 ? 16 : 0))
                        .toList();
        boolean isKnown = ZONE.containsKey(host) || host.equals(COUNTED);
        int code = host.startsWith("broken.") ? FAILURE : isKnown ? 0 : UNKNOWN;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(query, 0, 2);
        out.write(new byte[] {(byte) 0x85, (byte) (0x80 | code), 0, 1, 0, (byte) addresses.size(), 0, 0, 0, 0});
        out.write(query, HEADER, end - HEADER);
        for (byte[] address : addresses) {
            out.write(
                    new byte[] {(byte) 0xc0, HEADER, 0, (byte) type, 0, 1, 0, 0, 0, SECONDS, 0, (byte) address.length});
            out.write(address);
        }
        return out.toByteArray();
    }

    private static byte[] bytes(String address) {
        try {
            return InetAddress.getByName(address).getAddress();
        } catch (IOException notInDigits) {
            throw new IllegalArgumentException(notInDigits);
        }
    }
}
