package dev.fairlead.engine.http.field;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The header (or trailer) fields of a message: the bytes as they came, and an index over them. No object per
/// field: a field is a number below [#size()], valid until the next [#clear()]. Removed fields keep their
/// number and are skipped.
///
/// Lines that came in the usual form (`Name: value`) are sent on as they are, runs of them as one block.
public final class Fields {
    private static final int STRIDE = 5;
    private static final int START = 0;
    private static final int NAME_END = 1;
    private static final int VALUE_START = 2;
    private static final int VALUE_END = 3;
    private static final int ID = 4;
    private static final int REMOVED = -2;

    private static final byte[] NO_BYTES = {};
    private static final int[] NO_INDEX = {};

    private final SpareFields spare;
    private byte[] bytes;
    private int length;
    private int[] index = NO_INDEX;
    private int size;

    /// @param capacity bytes reserved at first; it grows as needed, the reader of heads sets the limits
    public Fields(int capacity) {
        spare = SpareFields.NONE;
        bytes = capacity == 0 ? NO_BYTES : new byte[capacity];
    }

    /// Without storage of its own: it takes some when there is something to be stored.
    public Fields(SpareFields spare) {
        this.spare = spare;
        bytes = NO_BYTES;
    }

    /// Forgets everything.
    public void clear() {
        length = 0;
        size = 0;
    }

    /// Forgets everything and gives the storage to whoever needs some next.
    public void rest() {
        clear();
        byte[] stored = bytes;
        int[] entries = index;
        bytes = NO_BYTES;
        index = NO_INDEX;
        spare.take(stored, entries, STRIDE);
    }

    /// Copies the bytes to the end of the storage and says where they start, for a parser that then calls
    /// [#addParsed].
    public int append(ByteBuf source, int from, int count) {
        reserve(count);
        source.getBytes(from, bytes, length, count);
        int start = length;
        length += count;
        return start;
    }

    /// The storage, for the parser that appended to it. It may be another array after the next append.
    public byte[] bytes() {
        return bytes;
    }

    /// Enters a field whose bytes are already stored. The line must end with CR LF two bytes behind the last
    /// value byte (white space in front of it included) for it to count as in the usual form.
    ///
    /// @return the id of its name
    public int addParsed(int start, int nameEnd, int valueStart, int valueEnd) {
        int id = FieldName.idOf(bytes, start, nameEnd);
        enter(start, nameEnd, valueStart, valueEnd, id);
        return id;
    }

    /// How many bytes are stored; for the parser.
    public int storedLength() {
        return length;
    }

    /// Forgets the bytes behind that point, for a parser that stored more than was its own.
    public void cut(int newLength) {
        length = newLength;
    }

    private void enter(int start, int nameEnd, int valueStart, int valueEnd, int id) {
        int at = size * STRIDE;
        if (at == index.length) {
            index = at == 0 ? spare.index(STRIDE) : Arrays.copyOf(index, at * 2);
        }
        index[at + START] = start;
        index[at + NAME_END] = nameEnd;
        index[at + VALUE_START] = valueStart;
        index[at + VALUE_END] = valueEnd;
        index[at + ID] = id;
        size++;
    }

    /// Adds a field behind all others. Characters are sent as bytes (ISO-8859-1); CR, LF and NUL become spaces,
    /// so that no value can start a new line.
    public void add(FieldName name, CharSequence value) {
        int start = length;
        byte[] nameBytes = name.bytes();
        reserve(nameBytes.length + value.length() + 4);
        System.arraycopy(nameBytes, 0, bytes, length, nameBytes.length);
        length += nameBytes.length;
        enter(start, length, length, length, name.id());
        appendValue((size - 1) * STRIDE, value);
    }

    /// Writes what follows the name at the end of the storage; there is room for it.
    private void appendValue(int at, CharSequence value) {
        bytes[length++] = ':';
        bytes[length++] = ' ';
        index[at + VALUE_START] = length;
        ValueBytes.put(value, bytes, length);
        length += value.length();
        index[at + VALUE_END] = length;
        bytes[length++] = '\r';
        bytes[length++] = '\n';
    }

    /// Adds a field with a decimal value that is not negative.
    public void add(FieldName name, long value) {
        add(name, Long.toString(value));
    }

    /// Adds a field of another message.
    public void addFrom(Fields other, int field) {
        int at = field * STRIDE;
        int nameStart = other.index[at + START];
        int nameLength = other.index[at + NAME_END] - nameStart;
        int valueLength = other.index[at + VALUE_END] - other.index[at + VALUE_START];
        reserve(nameLength + valueLength + 4);
        int start = length;
        System.arraycopy(other.bytes, nameStart, bytes, length, nameLength);
        length += nameLength;
        bytes[length++] = ':';
        bytes[length++] = ' ';
        int valueStart = length;
        System.arraycopy(other.bytes, other.index[at + VALUE_START], bytes, length, valueLength);
        length += valueLength;
        bytes[length++] = '\r';
        bytes[length++] = '\n';
        enter(start, start + nameLength, valueStart, valueStart + valueLength, other.index[at + ID]);
    }

    /// The same fields in storage of their own.
    public Fields copy() {
        Fields copy = new Fields(length + 4 * size);
        for (int field = 0; field < size; field++) {
            if (isPresent(field)) {
                copy.addFrom(this, field);
            }
        }
        return copy;
    }

    /// Gives a field another value; its name and place stay.
    public void value(int field, CharSequence value) {
        int at = field * STRIDE;
        int nameStart = index[at + START];
        int nameLength = index[at + NAME_END] - nameStart;
        reserve(nameLength + value.length() + 4);
        int start = length;
        System.arraycopy(bytes, nameStart, bytes, start, nameLength);
        length += nameLength;
        index[at + START] = start;
        index[at + NAME_END] = length;
        appendValue(at, value);
    }

    /// Removes every field of that name and adds one.
    public void set(FieldName name, CharSequence value) {
        remove(name);
        add(name, value);
    }

    /// Removes every field of that name.
    public void remove(FieldName name) {
        for (int field = first(name); field >= 0; field = next(name, field)) {
            remove(field);
        }
    }

    public void remove(int field) {
        index[field * STRIDE + ID] = REMOVED;
    }

    /// One above the highest field number.
    public int size() {
        return size;
    }

    public boolean isPresent(int field) {
        return index[field * STRIDE + ID] != REMOVED;
    }

    public boolean has(FieldName name) {
        return first(name) >= 0;
    }

    /// The first field of that name, or -1.
    public int first(FieldName name) {
        return next(name, -1);
    }

    /// The next field of that name behind the one given, or -1.
    public int next(FieldName name, int after) {
        int id = name.id();
        for (int field = after + 1; field < size; field++) {
            int other = index[field * STRIDE + ID];
            if (other == id && (id != FieldName.OTHER || nameMatches(name, field))) {
                return field;
            }
        }
        return -1;
    }

    private boolean nameMatches(FieldName name, int field) {
        int at = field * STRIDE;
        return name.matches(bytes, index[at + START], index[at + NAME_END]);
    }

    /// The first value of that name; empty text if there is none. Makes a string: not for the fast path.
    public String value(FieldName name) {
        int field = first(name);
        return field < 0 ? "" : value(field);
    }

    public String value(int field) {
        int at = field * STRIDE;
        return text(index[at + VALUE_START], index[at + VALUE_END]);
    }

    public String name(int field) {
        int at = field * STRIDE;
        return text(index[at + START], index[at + NAME_END]);
    }

    /// Whether a field has that very name, without regard to case.
    public boolean is(int field, FieldName name) {
        int id = index[field * STRIDE + ID];
        return id == name.id() && (id != FieldName.OTHER || nameMatches(name, field));
    }

    /// The id of the name, [FieldName#OTHER] for one without.
    public int id(int field) {
        return index[field * STRIDE + ID];
    }

    /// Where the value starts in [#bytes()].
    public int valueStart(int field) {
        return index[field * STRIDE + VALUE_START];
    }

    /// Where the value ends in [#bytes()].
    public int valueEnd(int field) {
        return index[field * STRIDE + VALUE_END];
    }

    /// Where the name starts in [#bytes()].
    public int nameStart(int field) {
        return index[field * STRIDE + START];
    }

    /// Where the name ends in [#bytes()].
    public int nameEnd(int field) {
        return index[field * STRIDE + NAME_END];
    }

    /// Whether the value is that text, without regard to the case of ASCII letters. Allocates nothing.
    public boolean valueEquals(int field, String text) {
        int at = field * STRIDE;
        int start = index[at + VALUE_START];
        if (index[at + VALUE_END] - start != text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            int a = bytes[start + i] & 0xff;
            int b = text.charAt(i);
            if (a != b && ((a | 0x20) != (b | 0x20) || (a | 0x20) < 'a' || (a | 0x20) > 'z')) {
                return false;
            }
        }
        return true;
    }

    /// Writes every field that is present, each with its line end.
    public void writeTo(ByteBuf out) {
        write(out, null);
    }

    /// Writes every field that is present and not in the set.
    public void writeExcept(FieldSet dropped, ByteBuf out) {
        write(out, dropped);
    }

    private void write(ByteBuf out, @org.jspecify.annotations.Nullable FieldSet dropped) {
        int runStart = -1;
        int runEnd = -1;
        for (int field = 0; field < size; field++) {
            int at = field * STRIDE;
            int id = index[at + ID];
            int start = index[at + START];
            int nameEnd = index[at + NAME_END];
            if (id == REMOVED || (dropped != null && dropped.contains(id, bytes, start, nameEnd))) {
                continue;
            }
            int lineEnd = index[at + VALUE_END] + 2;
            if (start != runEnd || !isUsualForm(at)) {
                flushRun(out, runStart, runEnd);
                runStart = start;
                runEnd = start;
            }
            if (isUsualForm(at)) {
                runEnd = lineEnd;
            } else {
                writeInUsualForm(out, at);
                runStart = -1;
                runEnd = -1;
            }
        }
        flushRun(out, runStart, runEnd);
    }

    private boolean isUsualForm(int at) {
        int nameEnd = index[at + NAME_END];
        int valueEnd = index[at + VALUE_END];
        return index[at + VALUE_START] == nameEnd + 2
                && bytes[nameEnd + 1] == ' '
                && valueEnd + 1 < length
                && bytes[valueEnd] == '\r'
                && bytes[valueEnd + 1] == '\n';
    }

    private void flushRun(ByteBuf out, int start, int end) {
        if (end > start) {
            out.writeBytes(bytes, start, end - start);
        }
    }

    private void writeInUsualForm(ByteBuf out, int at) {
        out.writeBytes(bytes, index[at + START], index[at + NAME_END] - index[at + START]);
        out.writeShort(':' << 8 | ' ');
        out.writeBytes(bytes, index[at + VALUE_START], index[at + VALUE_END] - index[at + VALUE_START]);
        out.writeShort('\r' << 8 | '\n');
    }

    private String text(int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = length == 0
                    ? spare.bytes(Math.max(bytes.length, more))
                    : Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
