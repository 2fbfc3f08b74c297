package dev.fairlead.engine.app.environ;

import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.worker.MarshalWriter;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/// Writes header fields as the `HTTP_` variables of CGI: names in upper case with underscores, the values of
/// fields
/// that turn into the same variable joined by commas in their order, at the place of the first.
///
/// One for each event loop. Fields of the same variable are found by a table over the request's own fields, keyed
/// differently in each run of the program, so that no choice of names makes it slow.
final class FieldVariables {
    private static final byte[] PREFIX = {'H', 'T', 'T', 'P', '_'};
    private static final int MULTIPLIER = ThreadLocalRandom.current().nextInt() | 1;
    private static final int SPREAD = 0x9E3779B9;

    /// So few fields that none of them is compared with too many others.
    private static final int FEW = 64;

    private static final int NONE = -1;
    private static final byte[] LETTERS = new byte[256];

    static {
        for (int c = 0; c < 256; c++) {
            LETTERS[c] = (byte) (c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c == '-' ? '_' : c);
        }
    }

    /// By field: the next one of the same variable, the last one known of it, and the hash of the first one's
    /// name.
    private int[] next = new int[64];
    private int[] last = new int[64];
    private int[] hashes = new int[64];
    private int[] table = new int[256];
    private int mask;
    private boolean isAscii;

    /// Which fields are left out.
    @FunctionalInterface
    interface Filter {
        boolean passes(Fields fields, int field);
    }

    /// Writes key and value of each variable.
    void write(Fields fields, Filter filter, MarshalWriter to) {
        link(fields, filter);
        isAscii = MarshalWriter.isAscii(fields.bytes(), 0, fields.storedLength());
        for (int field = 0; field < fields.size(); field++) {
            if (hashes[field] != 0) {
                writeName(fields, field, to);
                if (next[field] == NONE) {
                    writeValue(fields, field, to);
                } else {
                    writeJoined(fields, field, to);
                }
            }
        }
    }

    /// Finds the fields that begin a variable (their hash is not 0) and those that follow them.
    private void link(Fields fields, Filter filter) {
        int size = fields.size();
        if (size > next.length) {
            next = new int[size * 2];
            last = new int[size * 2];
            hashes = new int[size * 2];
            table = new int[Integer.highestOneBit(size) * 8];
        }
        mask = Integer.highestOneBit(Math.max(size, 8)) * 4 - 1;
        Arrays.fill(table, 0, mask + 1, NONE);
        for (int field = 0; field < size; field++) {
            next[field] = NONE;
            hashes[field] = 0;
            if (fields.isPresent(field) && filter.passes(fields, field)) {
                enter(fields, field);
            }
        }
    }

    private void enter(Fields fields, int field) {
        int hash = hash(fields, field);
        int slot = (hash ^ hash >>> 15) & mask;
        for (int other = table[slot]; other != NONE; other = table[slot]) {
            if (hashes[other] == hash && isSame(fields, other, field)) {
                next[last[other]] = field;
                last[other] = field;
                return;
            }
            slot = (slot + 1) & mask;
        }
        table[slot] = field;
        hashes[field] = hash;
        last[field] = field;
    }

    private int hash(Fields fields, int field) {
        byte[] bytes = fields.bytes();
        int start = fields.nameStart(field);
        int end = fields.nameEnd(field);
        if (end == start) {
            return 1;
        }
        int hash = fields.size() <= FEW ? signature(bytes, start, end) : keyed(bytes, start, end);
        return hash == 0 ? 1 : hash;
    }

    /// A few bytes of the name tell most names apart; the others cost a comparison.
    private static int signature(byte[] bytes, int start, int end) {
        int length = end - start;
        int letters = LETTERS[bytes[start] & 0xff] << 16
                | LETTERS[bytes[start + length / 2] & 0xff] << 8
                | LETTERS[bytes[end - 1] & 0xff];
        return (letters ^ length << 24) * SPREAD;
    }

    private static int keyed(byte[] bytes, int start, int end) {
        int hash = 1;
        for (int at = start; at < end; at++) {
            hash = hash * MULTIPLIER + LETTERS[bytes[at] & 0xff];
        }
        return hash;
    }

    private static boolean isSame(Fields fields, int a, int b) {
        byte[] bytes = fields.bytes();
        int aStart = fields.nameStart(a);
        int bStart = fields.nameStart(b);
        int count = fields.nameEnd(a) - aStart;
        if (fields.nameEnd(b) - bStart != count) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (LETTERS[bytes[aStart + i] & 0xff] != LETTERS[bytes[bStart + i] & 0xff]) {
                return false;
            }
        }
        return true;
    }

    private void writeName(Fields fields, int field, MarshalWriter to) {
        byte[] bytes = fields.bytes();
        int start = fields.nameStart(field);
        int end = fields.nameEnd(field);
        to.beginText(PREFIX.length + end - start);
        to.put(PREFIX, 0, PREFIX.length);
        to.putMapped(bytes, start, end, LETTERS);
        end(to);
    }

    private void writeJoined(Fields fields, int first, MarshalWriter to) {
        int longest = 0;
        for (int field = first; field != NONE; field = next[field]) {
            longest += fields.valueEnd(field) - fields.valueStart(field) + 1;
        }
        to.beginText(longest);
        for (int field = first; field != NONE; field = next[field]) {
            if (field != first) {
                to.put(',');
            }
            to.put(fields.bytes(), fields.valueStart(field), fields.valueEnd(field));
        }
        end(to);
    }

    private void writeValue(Fields fields, int field, MarshalWriter to) {
        to.beginText(fields.valueEnd(field) - fields.valueStart(field));
        to.put(fields.bytes(), fields.valueStart(field), fields.valueEnd(field));
        end(to);
    }

    private void end(MarshalWriter to) {
        if (isAscii) {
            to.endAsciiText();
        } else {
            to.endText();
        }
    }
}
