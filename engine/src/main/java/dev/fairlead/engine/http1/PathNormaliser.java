package dev.fairlead.engine.http1;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Brings one path into its normal form in a single pass. An escaped slash or dot counts as the character
/// itself, as in nginx; `%00`, a bad escape, and `..` above the root are not sound.
final class PathNormaliser {
    private enum State {
        SEGMENT,
        BEHIND_SLASH,
        DOT,
        DOT_DOT
    }

    private final byte[] in;
    private final int end;
    private final boolean mergeSlashes;
    private final byte[] out;
    private int at;
    private int length;
    private State state = State.SEGMENT;

    /// @param start of the path, which begins with a slash
    PathNormaliser(byte[] in, int start, int end, boolean mergeSlashes) {
        this.in = in;
        this.at = start;
        this.end = end;
        this.mergeSlashes = mergeSlashes;
        this.out = new byte[end - start];
    }

    /// @return null if the path is not sound
    @Nullable
    String normalised() {
        while (at < end) {
            int c = in[at++] & 0xff;
            if (c == '%') {
                c = decoded();
                if (c <= 0) {
                    return null;
                }
                if (c == '%' || c == '#' || c == '?') {
                    put(c);
                    state = State.SEGMENT;
                    continue;
                }
            }
            if (!take(c)) {
                return null;
            }
        }
        if (state == State.DOT) {
            length--;
        } else if (state == State.DOT_DOT && !removeSegment()) {
            return null;
        }
        return new String(out, 0, length, StandardCharsets.ISO_8859_1);
    }

    /// @return the byte an escape stands for, -1 if it is none
    private int decoded() {
        if (end - at < 2) {
            return -1;
        }
        int high = Character.digit(in[at], 16);
        int low = Character.digit(in[at + 1], 16);
        at += 2;
        return high < 0 || low < 0 ? -1 : (high << 4) | low;
    }

    private boolean take(int c) {
        if (c == '/') {
            return takeSlash();
        }
        state = switch (state) {
            case BEHIND_SLASH -> c == '.' ? State.DOT : State.SEGMENT;
            case DOT -> c == '.' ? State.DOT_DOT : State.SEGMENT;
            case SEGMENT, DOT_DOT -> State.SEGMENT;
        };
        put(c);
        return true;
    }

    private boolean takeSlash() {
        switch (state) {
            case SEGMENT -> put('/');
            case BEHIND_SLASH -> {
                if (!mergeSlashes) {
                    put('/');
                }
            }
            case DOT -> length--;
            case DOT_DOT -> {
                if (!removeSegment()) {
                    return false;
                }
            }
        }
        state = State.BEHIND_SLASH;
        return true;
    }

    /// Takes `/..` and the segment in front of it away, all but its slash.
    private boolean removeSegment() {
        int from = length - 4;
        while (from >= 0 && out[from] != '/') {
            from--;
        }
        length = from + 1;
        return from >= 0;
    }

    private void put(int c) {
        out[length++] = (byte) c;
    }
}
