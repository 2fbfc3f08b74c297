package dev.fairlead.engine.http1;

import dev.fairlead.engine.http.RequestHead;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.engine.http.field.SpareFields;
import dev.fairlead.model.http.HeadReading;
import io.netty.buffer.ByteBuf;

/// Reads the framing of a chunked body (RFC 9112, section 7.1), however it is cut into pieces. Extensions are
/// skipped; all of them together may be 16 KiB, one may be 1 KiB.
final class ChunkedDecoder {
    /// What comes next.
    enum Next {
        /// More input is needed.
        INPUT,
        /// So many bytes of data, as [#available] says, whether they are there yet or not.
        DATA,
        END,
        MALFORMED
    }

    private enum State {
        SIZE_START,
        SIZE,
        BEHIND_SIZE,
        EXTENSION,
        SIZE_LINE_FEED,
        DATA,
        DATA_CARRIAGE_RETURN,
        DATA_LINE_FEED,
        TRAILER,
        END
    }

    private static final int LONGEST_SIZE = 15;
    private static final int LONGEST_EXTENSION = 1024;
    private static final int ALL_EXTENSIONS = 16384;

    private final HeadParser trailerParser;
    private final Fields trailers = new Fields(0);
    private HeadReading reading;
    private State state = State.SIZE_START;
    private long size;
    private int digits;
    private int extension;
    private int extensions;

    ChunkedDecoder(LoopState loop, HeadReading reading) {
        this.trailerParser = new HeadParser(loop, new Framing(loop), new RequestHead(SpareFields.NONE), reading);
        this.reading = reading;
    }

    void begin(HeadReading newReading) {
        reading = newReading;
        state = State.SIZE_START;
        size = 0;
        extensions = 0;
        trailers.clear();
    }

    Fields trailers() {
        return trailers;
    }

    /// Bytes of the present chunk that are still to come.
    long available() {
        return size;
    }

    /// So many bytes of data were taken.
    void taken(long count) {
        size -= count;
        if (size == 0) {
            state = State.DATA_CARRIAGE_RETURN;
        }
    }

    /// Reads framing up to the next data.
    Next next(ByteBuf in) {
        while (state != State.DATA && state != State.END) {
            if (state == State.TRAILER) {
                return readTrailer(in);
            }
            if (!in.isReadable()) {
                return Next.INPUT;
            }
            if (!step(in.readByte())) {
                return Next.MALFORMED;
            }
        }
        return state == State.END ? Next.END : Next.DATA;
    }

    private boolean step(byte c) {
        return switch (state) {
            case SIZE_START -> {
                size = 0;
                digits = 0;
                extension = 0;
                state = State.SIZE;
                yield digit(c);
            }
            case SIZE -> digit(c) || behindSize(c);
            case BEHIND_SIZE -> behindSize(c);
            case EXTENSION -> extension(c);
            case SIZE_LINE_FEED -> c == '\n' && beginChunk();
            case DATA_CARRIAGE_RETURN -> expect(c, '\r', State.DATA_LINE_FEED);
            case DATA_LINE_FEED -> expect(c, '\n', State.SIZE_START);
            case DATA, TRAILER, END -> false;
        };
    }

    private boolean digit(byte c) {
        int value = Character.digit(c, 16);
        if (value < 0 || ++digits > LONGEST_SIZE) {
            return false;
        }
        size = (size << 4) | value;
        return true;
    }

    private boolean behindSize(byte c) {
        if (c == ' ' || c == '\t') {
            state = State.BEHIND_SIZE;
            return countExtension();
        }
        if (c == ';') {
            state = State.EXTENSION;
            return countExtension();
        }
        return digits <= LONGEST_SIZE && expect(c, '\r', State.SIZE_LINE_FEED);
    }

    private boolean extension(byte c) {
        if (c == '\r') {
            state = State.SIZE_LINE_FEED;
            return true;
        }
        return c != '\n' && c != 0 && countExtension();
    }

    private boolean countExtension() {
        return ++extension <= LONGEST_EXTENSION && ++extensions <= ALL_EXTENSIONS;
    }

    private boolean expect(byte c, char expected, State then) {
        state = then;
        return c == expected;
    }

    private boolean beginChunk() {
        if (size == 0) {
            trailerParser.beginTrailer(trailers, reading);
            state = State.TRAILER;
        } else {
            state = State.DATA;
        }
        return true;
    }

    private Next readTrailer(ByteBuf in) {
        return switch (trailerParser.read(in)) {
            case COMPLETE -> {
                state = State.END;
                yield Next.END;
            }
            case NEEDS_MORE -> Next.INPUT;
            case LINE_READ, REFUSED -> Next.MALFORMED;
        };
    }
}
