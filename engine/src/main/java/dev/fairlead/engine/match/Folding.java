package dev.fairlead.engine.match;

/// Bytes without regard to the case of ASCII letters.
final class Folding {
    private Folding() {}

    /// As it is compared: unsigned, in lower case where case does not matter.
    static int of(byte b, boolean ignoresCase) {
        return ignoresCase && b >= 'A' && b <= 'Z' ? b | 0x20 : b & 0xff;
    }

    static byte[] of(byte[] bytes, boolean ignoresCase) {
        if (ignoresCase) {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) of(bytes[i], true);
            }
        }
        return bytes;
    }

    /// Whether the bytes from there on begin with the key, which is folded already.
    static boolean startsWith(byte[] bytes, int from, int to, byte[] key, boolean ignoresCase) {
        if (to - from < key.length) {
            return false;
        }
        for (int i = 0; i < key.length; i++) {
            if (of(bytes[from + i], ignoresCase) != (key[i] & 0xff)) {
                return false;
            }
        }
        return true;
    }
}
