package dev.fairlead.dialect.haproxy.value;

import dev.fairlead.model.net.AddressRange;
import java.util.Optional;

/// Addresses with a mask: `10.0.0.0/8`, `10.0.0.0/255.0.0.0`, `2001:db8::/32`.
public final class Networks {
    private static final int IPV4_BITS = 32;
    private static final int IPV6_BITS = 128;

    private Networks() {}

    public static Optional<AddressRange> read(String text) {
        int slash = text.indexOf('/');
        String host = slash < 0 ? text : text.substring(0, slash);
        Optional<byte[]> address = bytes(host);
        if (address.isEmpty()) {
            return Optional.empty();
        }
        int bits = address.get().length == 4 ? IPV4_BITS : IPV6_BITS;
        Optional<Integer> length = slash < 0 ? Optional.of(bits) : length(text.substring(slash + 1), bits);
        return length.map(prefix -> block(address.get(), prefix));
    }

    private static Optional<Integer> length(String text, int bits) {
        if (text.indexOf('.') < 0) {
            return Figures.between(text, 0, bits);
        }
        return bytes(text).filter(mask -> mask.length == 4).flatMap(Networks::ones);
    }

    /// How many leading bits of a mask are set, if no other is.
    private static Optional<Integer> ones(byte[] mask) {
        int bits = 0;
        for (byte octet : mask) {
            bits = bits << 8 | (octet & 0xff);
        }
        int ones = Integer.numberOfLeadingZeros(~bits);
        return ones == IPV4_BITS || bits << ones == 0 ? Optional.of(ones) : Optional.empty();
    }

    private static AddressRange block(byte[] address, int prefix) {
        byte[] network = address.clone();
        for (int i = 0; i < network.length; i++) {
            int kept = Math.clamp(prefix - i * 8L, 0, 8);
            network[i] &= (byte) (0xff00 >> kept);
        }
        return new AddressRange.Block(network, prefix);
    }

    /// The bytes of a literal address in network order.
    public static Optional<byte[]> bytes(String text) {
        return text.indexOf(':') >= 0 ? ipv6(text) : ipv4(text);
    }

    private static Optional<byte[]> ipv4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        byte[] bytes = new byte[4];
        for (int i = 0; i < 4; i++) {
            Optional<Integer> octet = Figures.between(parts[i], 0, 255);
            if (octet.isEmpty()) {
                return Optional.empty();
            }
            bytes[i] = octet.get().byteValue();
        }
        return Optional.of(bytes);
    }

    private static Optional<byte[]> ipv6(String text) {
        int gap = text.indexOf("::");
        String head = gap < 0 ? text : text.substring(0, gap);
        String tail = gap < 0 ? "" : text.substring(gap + 2);
        Optional<byte[]> before = groups(head);
        Optional<byte[]> behind = groups(tail);
        if (before.isEmpty() || behind.isEmpty() || tail.contains("::")) {
            return Optional.empty();
        }
        int length = before.get().length + behind.get().length;
        if (gap < 0 ? length != 16 : length > 14) {
            return Optional.empty();
        }
        byte[] bytes = new byte[16];
        System.arraycopy(before.get(), 0, bytes, 0, before.get().length);
        System.arraycopy(behind.get(), 0, bytes, 16 - behind.get().length, behind.get().length);
        return Optional.of(bytes);
    }

    private static Optional<byte[]> groups(String text) {
        if (text.isEmpty()) {
            return Optional.of(new byte[0]);
        }
        String[] parts = text.split(":", -1);
        boolean dotted = parts[parts.length - 1].indexOf('.') >= 0;
        byte[] bytes = new byte[parts.length * 2 + (dotted ? 2 : 0)];
        for (int i = 0; i < parts.length; i++) {
            if (dotted && i == parts.length - 1) {
                Optional<byte[]> last = ipv4(parts[i]);
                if (last.isEmpty()) {
                    return Optional.empty();
                }
                System.arraycopy(last.get(), 0, bytes, i * 2, 4);
            } else {
                if (!parts[i].matches("[0-9a-fA-F]{1,4}")) {
                    return Optional.empty();
                }
                int group = Integer.parseInt(parts[i], 16);
                bytes[i * 2] = (byte) (group >> 8);
                bytes[i * 2 + 1] = (byte) group;
            }
        }
        return Optional.of(bytes);
    }
}
