package dev.fairlead.model.plan;

import java.util.Arrays;
import java.util.Optional;

/// Literal IP addresses as bytes in network order, without asking anybody.
final class HostBytes {
    private static final int WORDS = 8;

    private HostBytes() {}

    /// @param host a literal without brackets
    /// @return 4 or 16 bytes; empty for a name
    static Optional<byte[]> of(String host) {
        return host.indexOf(':') >= 0 ? six(host) : four(host);
    }

    static boolean isLoopback(byte[] address) {
        if (address.length == 4) {
            return address[0] == 127;
        }
        return (isZero(address, 15) && address[15] == 1) || (isMapped(address) && address[12] == 127);
    }

    /// Whether every address is meant.
    static boolean isEvery(byte[] address) {
        return isZero(address, address.length);
    }

    /// Whether it is an IPv4 address written as an IPv6 one.
    static boolean isMapped(byte[] address) {
        return address.length == 16 && isZero(address, 10) && address[10] == -1 && address[11] == -1;
    }

    private static boolean isZero(byte[] address, int count) {
        for (int i = 0; i < count; i++) {
            if (address[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static Optional<byte[]> four(String host) {
        String[] parts = host.split("\\.", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        byte[] bytes = new byte[4];
        for (int i = 0; i < bytes.length; i++) {
            Optional<Integer> value = number(parts[i], 10, 3, 255);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            bytes[i] = (byte) (int) value.get();
        }
        return Optional.of(bytes);
    }

    private static Optional<byte[]> six(String host) {
        int dots = host.indexOf('.');
        if (dots >= 0) {
            int colon = host.lastIndexOf(':');
            return four(host.substring(colon + 1))
                    .flatMap(tail -> six(host.substring(0, colon + 1) + hex(tail, 0) + ":" + hex(tail, 2)));
        }
        int gap = host.indexOf("::");
        if (gap < 0) {
            return words(host).filter(bytes -> bytes.length == 2 * WORDS);
        }
        Optional<byte[]> left = words(host.substring(0, gap));
        Optional<byte[]> right = words(host.substring(gap + 2));
        if (left.isEmpty() || right.isEmpty() || left.get().length + right.get().length >= 2 * WORDS) {
            return Optional.empty();
        }
        byte[] all = Arrays.copyOf(left.get(), 2 * WORDS);
        byte[] tail = right.get();
        System.arraycopy(tail, 0, all, all.length - tail.length, tail.length);
        return Optional.of(all);
    }

    private static String hex(byte[] four, int at) {
        return Integer.toHexString(((four[at] & 255) << 8) + (four[at + 1] & 255));
    }

    private static Optional<byte[]> words(String text) {
        if (text.isEmpty()) {
            return Optional.of(new byte[0]);
        }
        String[] parts = text.split(":", -1);
        byte[] bytes = new byte[2 * parts.length];
        for (int i = 0; i < parts.length; i++) {
            Optional<Integer> value = number(parts[i], 16, 4, 0xffff);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            bytes[2 * i] = (byte) (value.get() >> 8);
            bytes[2 * i + 1] = (byte) (int) value.get();
        }
        return Optional.of(bytes);
    }

    private static Optional<Integer> number(String text, int radix, int mostDigits, int largest) {
        boolean isNumber = !text.isEmpty()
                && text.length() <= mostDigits
                && text.chars().allMatch(c -> Character.digit(c, radix) >= 0 && c < 128);
        return isNumber ? Optional.of(Integer.parseInt(text, radix)).filter(n -> n <= largest) : Optional.empty();
    }
}
