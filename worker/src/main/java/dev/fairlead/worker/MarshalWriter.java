package dev.fairlead.worker;

import dev.fairlead.time.AllowForbidden;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes values in the form that `marshal.loads` of CPython 3.4 and later reads, without references between
/// them: dictionaries, tuples, lists, text, bytes, numbers, truth values and None. The caller writes as many
/// items as it said, keys and values of a dictionary in turn.
///
/// Text comes as ISO-8859-1, as PEP 3333 has it. The storage grows as needed and is kept by [#clear()], so that a
/// writer used again allocates nothing. Belongs to one thread.
public final class MarshalWriter {
    private static final int SHORT = 255;
    private static final int LONG_HEADER = 5;
    private static final int SHORT_HEADER = 2;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes;
    private int length;
    private int textStart;
    private boolean isTextShort;

    /// @param capacity bytes reserved at first
    public MarshalWriter(int capacity) {
        bytes = new byte[capacity];
    }

    /// The marshalled form of a text, to be written again and again with [#raw(byte[])].
    public static byte[] ofText(String latin1) {
        MarshalWriter writer = new MarshalWriter(latin1.length() + LONG_HEADER);
        writer.text(latin1);
        return writer.copy();
    }

    /// The same for a key and its value.
    public static byte[] ofPair(String key, String value) {
        MarshalWriter writer = new MarshalWriter(key.length() + value.length() + 2 * LONG_HEADER);
        writer.text(key);
        writer.text(value);
        return writer.copy();
    }

    /// Forgets what was written.
    public void clear() {
        length = 0;
    }

    /// The storage: what was written are its first [#length()] bytes. Another array after it had to grow.
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    /// What was written.
    public byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }

    /// Begins a dictionary, which [#endDictionary()] ends.
    public void beginDictionary() {
        one('{');
    }

    public void endDictionary() {
        one('0');
    }

    /// Begins a tuple of that many items, 255 at most.
    public void tuple(int items) {
        reserve(2);
        bytes[length++] = ')';
        bytes[length++] = (byte) items;
    }

    /// Begins a list of that many items.
    public void list(int items) {
        typed('[', items);
    }

    public void none() {
        one('N');
    }

    public void truth(boolean value) {
        one(value ? 'T' : 'F');
    }

    public void number(int value) {
        typed('i', value);
    }

    /// A text that is the decimal form of a number that is not negative.
    public void digits(int value) {
        int size = 1;
        for (int rest = value / 10; rest > 0; rest /= 10) {
            size++;
        }
        beginText(size);
        length += size;
        int at = length;
        int rest = value;
        do {
            bytes[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
        endAsciiText();
    }

    /// A text of characters that are all below 256.
    public void text(String latin1) {
        text(latin1, 0, latin1.length());
    }

    /// A part of such a text.
    public void text(String latin1, int from, int to) {
        beginText(to - from);
        put(latin1, from, to);
        endText();
    }

    /// A text whose characters are the bytes.
    public void text(byte[] latin1, int from, int to) {
        beginText(to - from);
        put(latin1, from, to);
        endText();
    }

    /// Bytes, not text.
    public void bytes(byte[] data, int from, int to) {
        beginBytes(to - from);
        put(data, from, to);
    }

    /// Begins bytes; exactly as many are to be put.
    public void beginBytes(int size) {
        typed('s', size);
        reserve(size);
    }

    /// What was marshalled before.
    public void raw(byte[] marshalled) {
        put(marshalled, 0, marshalled.length);
    }

    /// Begins a text that is put together from pieces; [#endText()] ends it.
    ///
    /// @param longest at least as many bytes as will be put
    public void beginText(int longest) {
        isTextShort = longest <= SHORT;
        int header = isTextShort ? SHORT_HEADER : LONG_HEADER;
        reserve(header + longest);
        length += header;
        textStart = length;
    }

    /// One more byte of the text or bytes begun; there must be room for it.
    public void put(int c) {
        bytes[length++] = (byte) c;
    }

    /// More of the text or bytes begun.
    public void put(byte[] data, int from, int to) {
        int count = to - from;
        reserve(count);
        System.arraycopy(data, from, bytes, length, count);
        length += count;
    }

    /// More of the text or bytes begun: what a table says for each byte.
    ///
    /// @param table 256 bytes
    public void putMapped(byte[] data, int from, int to, byte[] table) {
        int count = to - from;
        reserve(count);
        byte[] into = bytes;
        int at = length;
        for (int i = from; i < to; i++) {
            into[at++] = table[data[i] & 0xff];
        }
        length = at;
    }

    /// More of the text or bytes begun: characters below 256.
    @SuppressWarnings("deprecation")
    @AllowForbidden("the one copy of the low bytes that makes no array; texts of requests have no others")
    public void put(String latin1, int from, int to) {
        reserve(to - from);
        latin1.getBytes(from, to, bytes, length);
        length += to - from;
    }

    /// The text begun is complete.
    public void endText() {
        int high = highBytes(bytes, textStart, length);
        if (high > 0) {
            widen(high);
        } else {
            endAsciiText();
        }
    }

    /// The text begun is complete, and it is known to be ASCII.
    public void endAsciiText() {
        int count = length - textStart;
        if (isTextShort) {
            bytes[textStart - 2] = 'z';
            bytes[textStart - 1] = (byte) count;
        } else {
            bytes[textStart - LONG_HEADER] = 'a';
            INTS.set(bytes, textStart - LONG_HEADER + 1, count);
        }
    }

    /// The text begun is complete, and its bytes are UTF-8. What is not well-formed is replaced by U+FFFD.
    public void endUtf8Text() {
        if (highBytes(bytes, textStart, length) == 0) {
            endText();
            return;
        }
        byte[] sound = new String(bytes, textStart, length - textStart, StandardCharsets.UTF_8)
                .getBytes(StandardCharsets.UTF_8);
        length = textStart - (isTextShort ? SHORT_HEADER : LONG_HEADER);
        typed('u', sound.length);
        put(sound, 0, sound.length);
    }

    /// Text beyond ASCII goes as UTF-8: turned into it in place, from the end.
    private void widen(int high) {
        int start = textStart - (isTextShort ? SHORT_HEADER : LONG_HEADER);
        int count = length - textStart;
        reserve(high + LONG_HEADER);
        int from = length;
        int to = start + LONG_HEADER + count + high;
        length = to;
        while (from > textStart) {
            int c = bytes[--from] & 0xff;
            if (c < 0x80) {
                bytes[--to] = (byte) c;
            } else {
                bytes[--to] = (byte) (0x80 | (c & 0x3f));
                bytes[--to] = (byte) (0xc0 | c >> 6);
            }
        }
        bytes[start] = 'u';
        INTS.set(bytes, start + 1, count + high);
    }

    /// Whether all bytes are ASCII. Asked once for much, it saves looking at each text in it, see
    /// [#endAsciiText].
    public static boolean isAscii(byte[] data, int from, int to) {
        return highBytes(data, from, to) == 0;
    }

    /// How many bytes are not ASCII.
    private static int highBytes(byte[] data, int from, int to) {
        int count = 0;
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            count += Long.bitCount((long) LONGS.get(data, at) & HIGH_BITS);
        }
        for (; at < to; at++) {
            count += (data[at] & 0x80) >> 7;
        }
        return count;
    }

    private void one(int type) {
        reserve(1);
        bytes[length++] = (byte) type;
    }

    private void typed(int type, int value) {
        reserve(LONG_HEADER);
        bytes[length] = (byte) type;
        INTS.set(bytes, length + 1, value);
        length += LONG_HEADER;
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
