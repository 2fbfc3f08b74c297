package dev.fairlead.engine.upstream.balance;

import dev.fairlead.engine.convert.XxHash;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// What a cookie says of a server that has no value of its own: a hash of a secret and the server's address,
/// the same in every balancer that knows the secret (HAProxy's `dynamic-cookie-key`).
final class AddressCookie {
    private AddressCookie() {}

    /// 16 hexadecimal digits; nothing for a unix socket, or a server that has no address yet.
    static String of(String secret, SocketAddress address) {
        if (!(address instanceof InetSocketAddress inet) || inet.getAddress() == null) {
            return "";
        }
        byte[] key = secret.getBytes(StandardCharsets.ISO_8859_1);
        byte[] host = inet.getAddress().getAddress();
        ByteBuffer text = ByteBuffer.allocate(key.length + host.length + Integer.BYTES);
        text.put(key).put(host).putInt(inet.getPort());
        return HexFormat.of().toHexDigits(XxHash.of64(text.array(), 0));
    }
}
