package dev.fairlead.dialect.nginx.value;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// IP addresses written out. No name is ever looked up.
public final class Literals {
    private Literals() {}

    /// 4 or 16 bytes.
    public static Optional<byte[]> ip(String text) {
        return ipv4(text).or(() -> ipv6(text));
    }

    public static Optional<byte[]> ipv4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        byte[] bytes = new byte[4];
        for (int i = 0; i < 4; i++) {
            Optional<Integer> part = Numbers.parseInt(parts[i]).filter(value -> value <= 255);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            bytes[i] = part.get().byteValue();
        }
        return Optional.of(bytes);
    }

    public static Optional<byte[]> ipv6(String text) {
        int gap = text.indexOf("::");
        Optional<List<Integer>> head = groups(gap < 0 ? text : text.substring(0, gap));
        Optional<List<Integer>> tail = gap < 0 ? Optional.of(List.of()) : groups(text.substring(gap + 2));
        if (head.isEmpty() || tail.isEmpty()) {
            return Optional.empty();
        }
        int missing = 8 - head.get().size() - tail.get().size();
        if (gap < 0 ? missing != 0 : missing < 1) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.allocate(16);
        head.get().forEach(group -> bytes.putShort(group.shortValue()));
        for (int i = 0; i < missing; i++) {
            bytes.putShort((short) 0);
        }
        tail.get().forEach(group -> bytes.putShort(group.shortValue()));
        return Optional.of(bytes.array());
    }

    private static Optional<List<Integer>> groups(String text) {
        List<Integer> groups = new ArrayList<>();
        if (text.isEmpty()) {
            return Optional.of(groups);
        }
        String[] parts = text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            Optional<byte[]> ipv4 = i == parts.length - 1 ? ipv4(parts[i]) : Optional.empty();
            if (ipv4.isPresent()) {
                ByteBuffer bytes = ByteBuffer.wrap(ipv4.get());
                groups.add(bytes.getShort() & 0xffff);
                groups.add(bytes.getShort() & 0xffff);
                continue;
            }
            if (!parts[i].matches("[0-9a-fA-F]{1,4}")) {
                return Optional.empty();
            }
            groups.add(Integer.parseInt(parts[i], 16));
        }
        return Optional.of(groups);
    }
}
