package dev.fairlead.conformance.frameworks;

import dev.fairlead.testkit.Reply;
import dev.fairlead.testkit.Wire;
import java.nio.charset.StandardCharsets;

/// A WebSocket client's handshake and frames, as bytes.
final class WebSockets {
    private WebSockets() {}

    /// A request for a WebSocket.
    static String request(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: shop.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: chat\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    }

    /// Asks for a WebSocket; what the server answers.
    static Reply upgrade(Wire wire, String path) {
        wire.sendRaw(request(path));
        return wire.reply();
    }

    /// A frame, masked with zeros.
    ///
    /// @param first the first byte: whether it is the last, and its kind
    static void frame(Wire wire, int first, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
        byte[] frame = new byte[bytes.length + 6];
        frame[0] = (byte) first;
        frame[1] = (byte) (0x80 | bytes.length);
        System.arraycopy(bytes, 0, frame, 6, bytes.length);
        wire.sendRaw(Integer.MAX_VALUE, frame);
    }

    /// The next bytes, as ISO 8859-1.
    static String text(Wire wire, int count) {
        return new String(wire.bytes(count), StandardCharsets.ISO_8859_1);
    }
}
