package dev.fairlead.engine.text;

import dev.fairlead.engine.connection.Peer;
import io.netty.util.NetUtil;
import java.util.Optional;

/// Addresses in texts.
public final class Addresses {
    /// What lies in no block but those of everything.
    static final byte[] NOWHERE = {(byte) 255, (byte) 255, (byte) 255, (byte) 255};

    private Addresses() {}

    /// The address that the text is: IPv4, or IPv6 with or without brackets. No names are looked up.
    public static Optional<byte[]> parse(String text) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
        return Optional.ofNullable(bytes);
    }

    /// An IPv4 address that came as an IPv6 one, as IPv4.
    public static byte[] unmapped(byte[] address) {
        if (address.length != 16 || address[10] != -1 || address[11] != -1) {
            return address;
        }
        for (int i = 0; i < 10; i++) {
            if (address[i] != 0) {
                return address;
            }
        }
        return new byte[] {address[12], address[13], address[14], address[15]};
    }

    /// With only the first bits left.
    static byte[] masked(byte[] address, int bits) {
        byte[] masked = address.clone();
        for (int i = 0; i < masked.length; i++) {
            int left = Math.clamp(bits - i * 8L, 0, 8);
            masked[i] &= (byte) (0xff00 >> left);
        }
        return masked;
    }

    static String text(byte[] address) {
        return Peer.of(address, 0).text();
    }
}
