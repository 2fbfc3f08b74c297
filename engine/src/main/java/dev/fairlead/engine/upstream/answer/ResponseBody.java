package dev.fairlead.engine.upstream.answer;

import io.netty.buffer.ByteBuf;

/// Finds the end of an answer's body and takes chunks apart. Gives out the bytes without copying them. Reused for
/// the next answer.
public final class ResponseBody {
    /// What [#next] found.
    public enum Step {
        /// A piece of the body; see [#take].
        DATA,
        NEEDS_MORE,
        END,
        INVALID
    }

    private enum State {
        LENGTH,
        UNTIL_CLOSE,
        SIZE,
        EXTENSION,
        SIZE_LINE_FEED,
        CHUNK,
        CHUNK_RETURN,
        CHUNK_LINE_FEED,
        TRAILER_START,
        TRAILER,
        TRAILER_LINE_FEED,
        ENDED
    }

    private static final long LARGEST_CHUNK = 1L << 56;
    private static final int LONGEST_LINES = 16 * 1024;

    private State state = State.ENDED;
    private long left;
    private int lineBytes;
    private boolean hasDigits;

    /// As an answer's head says (RFC 9112, 6.3).
    ///
    /// @param isExpected false for the answer to HEAD
    public void begin(ResponseHead head, boolean isExpected) {
        if (!isExpected || head.status() == 204 || head.status() == 304) {
            state = State.ENDED;
        } else if (head.isChunked()) {
            beginSize();
            lineBytes = 0;
        } else if (head.contentLength() >= 0) {
            beginLength(head.contentLength());
        } else {
            state = State.UNTIL_CLOSE;
        }
    }

    private void beginLength(long length) {
        state = length == 0 ? State.ENDED : State.LENGTH;
        left = length;
    }

    public boolean isEnded() {
        return state == State.ENDED;
    }

    /// Whether the connection's end is the body's end.
    public boolean endsWithConnection() {
        return state == State.UNTIL_CLOSE;
    }

    /// Advances over framing to the next piece of the body.
    public Step next(ByteBuf in) {
        while (true) {
            switch (state) {
                case ENDED -> {
                    return Step.END;
                }
                case LENGTH, CHUNK, UNTIL_CLOSE -> {
                    return in.isReadable() ? Step.DATA : Step.NEEDS_MORE;
                }
                case SIZE,
                        EXTENSION,
                        SIZE_LINE_FEED,
                        CHUNK_RETURN,
                        CHUNK_LINE_FEED,
                        TRAILER_START,
                        TRAILER,
                        TRAILER_LINE_FEED -> {
                    if (!in.isReadable()) {
                        return Step.NEEDS_MORE;
                    }
                    if (!advance(in.readByte())) {
                        return Step.INVALID;
                    }
                }
            }
        }
    }

    /// How many of the readable bytes belong to the piece that [#next] announced. To be called once for each.
    public int take(int readable) {
        if (state == State.UNTIL_CLOSE) {
            return readable;
        }
        int count = (int) Math.min(left, readable);
        left -= count;
        if (left == 0) {
            state = state == State.LENGTH ? State.ENDED : State.CHUNK_RETURN;
        }
        return count;
    }

    private boolean advance(byte c) {
        return switch (state) {
            case SIZE -> size(c);
            case EXTENSION -> extension(c);
            case SIZE_LINE_FEED -> c == '\n' && sizeEnded();
            case CHUNK_RETURN -> c == '\r' ? to(State.CHUNK_LINE_FEED) : c == '\n' && beginSize();
            case CHUNK_LINE_FEED -> c == '\n' && beginSize();
            case TRAILER_START -> trailerStart(c);
            case TRAILER -> trailer(c);
            case TRAILER_LINE_FEED -> c == '\n' && to(State.ENDED);
            case LENGTH, UNTIL_CLOSE, CHUNK, ENDED -> false;
        };
    }

    private boolean beginSize() {
        left = 0;
        hasDigits = false;
        return to(State.SIZE);
    }

    private boolean size(byte c) {
        int digit = Character.digit(c, 16);
        if (digit >= 0) {
            left = left << 4 | digit;
            hasDigits = true;
            return left < LARGEST_CHUNK;
        }
        if (!hasDigits) {
            return false;
        }
        return switch (c) {
            case '\r' -> to(State.SIZE_LINE_FEED);
            case '\n' -> sizeEnded();
            case ';', ' ', '\t' -> to(State.EXTENSION);
            default -> false;
        };
    }

    private boolean extension(byte c) {
        if (++lineBytes > LONGEST_LINES) {
            return false;
        }
        return switch (c) {
            case '\r' -> to(State.SIZE_LINE_FEED);
            case '\n' -> sizeEnded();
            default -> true;
        };
    }

    private boolean sizeEnded() {
        return to(left == 0 ? State.TRAILER_START : State.CHUNK);
    }

    private boolean trailerStart(byte c) {
        return switch (c) {
            case '\r' -> to(State.TRAILER_LINE_FEED);
            case '\n' -> to(State.ENDED);
            default -> ++lineBytes <= LONGEST_LINES && to(State.TRAILER);
        };
    }

    private boolean trailer(byte c) {
        return ++lineBytes <= LONGEST_LINES && (c != '\n' || to(State.TRAILER_START));
    }

    private boolean to(State next) {
        state = next;
        return true;
    }
}
