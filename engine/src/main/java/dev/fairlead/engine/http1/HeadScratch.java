package dev.fairlead.engine.http1;

import dev.fairlead.engine.http.field.ValueBytes;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/// Where heads are put together before they are copied to the connection's buffer at once. One for each event
/// loop.
final class HeadScratch {
    private byte[] bytes = new byte[1024];
    private int length;

    void begin() {
        length = 0;
    }

    HeadScratch put(byte[] text) {
        reserve(text.length);
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
        return this;
    }

    /// Characters go out as bytes; CR, LF and NUL become spaces.
    HeadScratch put(String text) {
        reserve(text.length());
        ValueBytes.put(text, bytes, length);
        length += text.length();
        return this;
    }

    HeadScratch put(char c) {
        reserve(1);
        bytes[length++] = (byte) c;
        return this;
    }

    HeadScratch decimal(long value) {
        int digits = 1;
        for (long rest = value / 10; rest != 0; rest /= 10) {
            digits++;
        }
        reserve(digits);
        long rest = value;
        for (int i = length + digits - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
        return this;
    }

    HeadScratch lineEnd() {
        reserve(2);
        bytes[length++] = '\r';
        bytes[length++] = '\n';
        return this;
    }

    int length() {
        return length;
    }

    void copyTo(ByteBuf out) {
        out.writeBytes(bytes, 0, length);
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
