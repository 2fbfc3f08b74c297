package dev.fairlead.engine.filter;

import io.netty.buffer.ByteBuf;
import java.util.zip.DataFormatException;

/// What stands around the compressed bytes of a gzip member: reads header and checksum, however they are cut into
/// pieces.
final class GzipFrame {
    private static final int HEADER_CHECKSUM = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;

    private Part part = Part.FIXED;
    private int count;
    private int flags;
    private long number;
    private boolean hadMember;

    /// The parts of a member in their order.
    private enum Part {
        FIXED,
        EXTRA_LENGTH,
        EXTRA_BYTES,
        NAME_TEXT,
        COMMENT_TEXT,
        CHECKSUM_OF_HEADER,
        BODY,
        TAIL
    }

    boolean isInBody() {
        return part == Part.BODY;
    }

    /// Whether a member is complete and none has begun.
    boolean isBetweenMembers() {
        return hadMember && part == Part.FIXED && count == 0;
    }

    void bodyEnded() {
        enter(Part.TAIL);
    }

    /// Reads on until the body starts or the bytes end.
    ///
    /// @param checksum of the last body
    /// @param length of the last body, its lower 32 bits
    void take(ByteBuf data, int checksum, int length) throws DataFormatException {
        while (part != Part.BODY && data.isReadable()) {
            int b = data.readUnsignedByte();
            switch (part) {
                case FIXED -> fixed(b);
                case EXTRA_LENGTH -> {
                    flags |= b << (8 + 8 * count);
                    if (++count == 2) {
                        enter((flags >>> 8) == 0 ? after(Part.EXTRA_BYTES) : Part.EXTRA_BYTES);
                    }
                }
                case EXTRA_BYTES -> {
                    if (++count == flags >>> 8) {
                        enter(after(part));
                    }
                }
                case NAME_TEXT, COMMENT_TEXT -> {
                    if (b == 0) {
                        enter(after(part));
                    }
                }
                case CHECKSUM_OF_HEADER -> {
                    if (++count == 2) {
                        enter(Part.BODY);
                    }
                }
                case TAIL -> tail(b, checksum, length);
                case BODY -> throw new IllegalStateException("in the body");
            }
        }
    }

    private void fixed(int b) throws DataFormatException {
        if ((count == 0 && b != 0x1f) || (count == 1 && b != 0x8b) || (count == 2 && b != 8)) {
            throw new DataFormatException("incorrect header check");
        }
        if (count == 3) {
            flags = b;
        }
        if (++count == 10) {
            enter(after(Part.FIXED));
        }
    }

    private void tail(int b, int checksum, int length) throws DataFormatException {
        number |= (long) b << (8 * count);
        if (++count == 8) {
            if ((int) number != checksum) {
                throw new DataFormatException("incorrect data check");
            }
            if ((int) (number >>> 32) != length) {
                throw new DataFormatException("incorrect length check");
            }
            hadMember = true;
            enter(Part.FIXED);
        }
    }

    private void enter(Part entered) {
        part = entered;
        count = 0;
        number = 0;
    }

    /// The next part that the flags announce.
    private Part after(Part left) {
        if (left == Part.FIXED && (flags & EXTRA) != 0) {
            return Part.EXTRA_LENGTH;
        }
        if (left.compareTo(Part.NAME_TEXT) < 0 && (flags & NAME) != 0) {
            return Part.NAME_TEXT;
        }
        if (left.compareTo(Part.COMMENT_TEXT) < 0 && (flags & COMMENT) != 0) {
            return Part.COMMENT_TEXT;
        }
        return (flags & HEADER_CHECKSUM) != 0 ? Part.CHECKSUM_OF_HEADER : Part.BODY;
    }
}
