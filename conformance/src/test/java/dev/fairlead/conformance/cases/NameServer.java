package dev.fairlead.conformance.cases;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A name server on loopback that knows a few hosts of `zone.test`: `www` (IPv4), `six` (IPv6), `both`, and `count`,
/// whose address is another one each time it is asked for. `broken` is a failure, `silent` gets no answer, and other
/// hosts do not exist. Some change after they were asked for [#BEFORE] times: `moves` has been elsewhere, `gone` exists
/// no
/// longer, `late` exists only then. `many` has three addresses. `_http._tcp.pN-M` is a service at ports N and M of
/// `many`.
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
            "many.zone.test", List.of("127.0.0.1", "127.0.0.2", "127.0.0.3"),
            "broken.zone.test", List.of());
    private static final int SERVICE = 33;
    private static final int BEFORE = 3;
    private static final Pattern SERVICES = Pattern.compile("_http\\._tcp\\.p(\\d+)-(\\d+)\\.zone\\.test");
    private static final String COUNTED = "count.zone.test";
    private static final String SILENT = "silent.zone.test";

    private final DatagramSocket socket;
    private final AtomicInteger counted = new AtomicInteger();
    private final Map<String, Integer> asked = new HashMap<>();

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
        Optional<List<String>> found = addresses(host, type);
        List<byte[]> records = SERVICES.matcher(host).matches() && type == SERVICE
                ? services(host)
                : found.orElse(List.of()).stream()
                        .map(NameServer::bytes)
                        .filter(address -> address.length == (type == IPV4 ? 4 : type == IPV6 ? 16 : 0))
                        .toList();
        int code = host.startsWith("broken.") ? FAILURE : found.isPresent() || !records.isEmpty() ? 0 : UNKNOWN;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(query, 0, 2);
        out.write(new byte[] {(byte) 0x85, (byte) (0x80 | code), 0, 1, 0, (byte) records.size(), 0, 0, 0, 0});
        out.write(query, HEADER, end - HEADER);
        for (byte[] record : records) {
            out.write(
                    new byte[] {(byte) 0xc0, HEADER, 0, (byte) type, 0, 1, 0, 0, 0, SECONDS, 0, (byte) record.length});
            out.write(record);
        }
        return out.toByteArray();
    }

    /// @return empty if there is no such host
    private Optional<List<String>> addresses(String host, int type) {
        boolean isEarly = type == IPV4 && asked.merge(host, 1, Integer::sum) <= BEFORE;
        return switch (host) {
            case COUNTED -> Optional.of(List.of(type == IPV4 ? "127.0.0." + counted.incrementAndGet() : "::"));
            case "moves.zone.test" -> Optional.of(List.of(isEarly ? "127.0.0.9" : "127.0.0.1"));
            case "gone.zone.test" -> isEarly ? Optional.of(List.of("127.0.0.1")) : Optional.empty();
            case "late.zone.test" -> isEarly ? Optional.empty() : Optional.of(List.of("127.0.0.1"));
            default -> Optional.ofNullable(ZONE.get(host));
        };
    }

    /// Places of a service: the second has a larger share.
    private static List<byte[]> services(String host) {
        Matcher ports = SERVICES.matcher(host);
        if (!ports.matches()) {
            return List.of();
        }
        byte[] target = "\4many\4zone\4test\0".getBytes(StandardCharsets.ISO_8859_1);
        return List.of(service(1, ports.group(1), target), service(512, ports.group(2), target));
    }

    private static byte[] service(int weight, String port, byte[] target) {
        return ByteBuffer.allocate(6 + target.length)
                .putShort((short) 0)
                .putShort((short) weight)
                .putShort((short) Integer.parseInt(port))
                .put(target)
                .array();
    }

    private static byte[] bytes(String address) {
        try {
            return InetAddress.getByName(address).getAddress();
        } catch (IOException notInDigits) {
            throw new IllegalArgumentException(notInDigits);
        }
    }
}
