package dev.fairlead.engine.connection;

import java.util.HexFormat;

/// Addresses in their text form; IPv6 as RFC 5952 says.
final class AddressText {
    private AddressText() {}

    static String of(byte[] address) {
        return address.length == 4 ? ipv4(address, 0) : ipv6(address);
    }

    private static String ipv4(byte[] a, int at) {
        return (a[at] & 0xff) + "." + (a[at + 1] & 0xff) + "." + (a[at + 2] & 0xff) + "." + (a[at + 3] & 0xff);
    }

    private static String ipv6(byte[] address) {
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = (address[2 * i] & 0xff) << 8 | (address[2 * i + 1] & 0xff);
        }
        int bestStart = -1;
        int bestLength = 1;
        for (int i = 0; i < 8; i++) {
            int length = 0;
            while (i + length < 8 && groups[i + length] == 0) {
                length++;
            }
            if (length > bestLength) {
                bestStart = i;
                bestLength = length;
            }
        }
        if (bestStart == 0 && bestLength == 5 && groups[5] == 0xffff) {
            return "::ffff:" + ipv4(address, 12);
        }
        StringBuilder text = new StringBuilder(39);
        for (int i = 0; i < 8; i++) {
            if (i == bestStart) {
                text.append("::");
                i += bestLength - 1;
                continue;
            }
            if (i > 0 && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(HexFormat.of().toHexDigits((char) groups[i]).replaceFirst("^0{1,3}", ""));
        }
        return text.toString();
    }
}
