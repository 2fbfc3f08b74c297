package dev.fairlead.engine.log;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Bytes of log lines while they are put together. Grows as needed; belongs to one thread.
final class LineBuffer {
    private static final int KEPT_CAPACITY = 64 * 1024;
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.ISO_8859_1);

    private byte[] bytes = new byte[1024];
    private int length;

    void clear() {
        length = 0;
        if (bytes.length > KEPT_CAPACITY) {
            bytes = new byte[1024];
        }
    }

    int length() {
        return length;
    }

    byte[] bytes() {
        return bytes;
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }

    void append(byte value) {
        reserve(1);
        bytes[length++] = value;
    }

    void append(byte[] source, int start, int count) {
        reserve(count);
        System.arraycopy(source, start, bytes, length, count);
        length += count;
    }

    /// @param text a byte to a character
    void append(String text) {
        int count = text.length();
        reserve(count);
        for (int i = 0; i < count; i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
    }

    void append(long number) {
        if (number < 0) {
            append(Long.toString(number));
            return;
        }
        reserve(20);
        int digits = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        long left = number;
        for (int at = length + digits - 1; at >= length; at--) {
            bytes[at] = (byte) ('0' + left % 10);
            left /= 10;
        }
        length += digits;
    }

    /// Seconds with three decimal places.
    void appendSeconds(long millis) {
        append(millis / 1000);
        long rest = millis % 1000;
        reserve(4);
        bytes[length++] = '.';
        bytes[length++] = (byte) ('0' + rest / 100);
        bytes[length++] = (byte) ('0' + rest / 10 % 10);
        bytes[length++] = (byte) ('0' + rest % 10);
    }

    /// `\xXX`
    void appendHexadecimal(int value) {
        reserve(4);
        bytes[length++] = '\\';
        bytes[length++] = 'x';
        bytes[length++] = HEX[value >> 4 & 15];
        bytes[length++] = HEX[value & 15];
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
