package dev.fairlead.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The bytes that are sent, made once.
final class Requests {
    private static final byte[] MASK = {0x37, (byte) 0xfa, 0x21, 0x3d};

    private final List<ByteBuf> bodies;
    private final ByteBuf upgrade;
    private int next;

    private Requests(List<ByteBuf> bodies, ByteBuf upgrade) {
        this.bodies = bodies;
        this.upgrade = upgrade;
    }

    static Requests of(Options options) {
        return switch (options.mode()) {
            case WEBSOCKET ->
                new Requests(
                        List.of(FixedBytes.of(frame(options.messageBytes()))),
                        FixedBytes.of(head(options, options.targets().getFirst())));
            case HTTP, IDLE, SERVE ->
                new Requests(
                        options.targets().stream()
                                .map(target -> FixedBytes.of(request(options, target)))
                                .toList(),
                        Unpooled.EMPTY_BUFFER);
        };
    }

    /// The next one; whoever writes it releases it.
    ByteBuf next() {
        ByteBuf chosen = bodies.get(next);
        next = next + 1 == bodies.size() ? 0 : next + 1;
        return chosen.retainedDuplicate();
    }

    /// What has to be said once on every connection; empty bytes if nothing.
    ByteBuf opening() {
        return upgrade.retainedDuplicate();
    }

    private static byte[] request(Options options, URI target) {
        byte[] head = head(options, target);
        byte[] whole = Arrays.copyOf(head, head.length + options.bodyBytes());
        Arrays.fill(whole, head.length, whole.length, (byte) 'x');
        return whole;
    }

    private static byte[] head(Options options, URI target) {
        boolean upgrades = options.mode() == Options.Mode.WEBSOCKET;
        String method = options.method().isEmpty() ? options.bodyBytes() > 0 ? "POST" : "GET" : options.method();
        String path = target.getRawPath().isEmpty() ? "/" : target.getRawPath();
        String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
        StringBuilder text = new StringBuilder(512);
        text.append(method).append(' ').append(path).append(query).append(" HTTP/1.1\r\n");
        if (options.headers().stream().noneMatch(Requests::isHost)) {
            text.append("Host: ").append(target.getAuthority()).append("\r\n");
        }
        options.headers().forEach(header -> text.append(header).append("\r\n"));
        if (options.bodyBytes() > 0) {
            text.append("Content-Length: ").append(options.bodyBytes()).append("\r\n");
        }
        if (upgrades) {
            text.append("Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n")
                    .append("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
        } else if (options.eachNew()) {
            text.append("Connection: close\r\n");
        }
        return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static boolean isHost(String header) {
        return header.toLowerCase(Locale.ROOT).startsWith("host:");
    }

    /// A whole binary message, masked as a client's has to be.
    private static byte[] frame(int length) {
        ByteBuf frame = Unpooled.buffer(length + 14);
        Frames.writeHead(frame, length, true);
        frame.writeBytes(MASK);
        for (int i = 0; i < length; i++) {
            frame.writeByte('x' ^ MASK[i & 3]);
        }
        byte[] bytes = new byte[frame.readableBytes()];
        frame.readBytes(bytes);
        return bytes;
    }
}
