package dev.fairlead.engine.filter;

import java.util.Arrays;

/// The ranges of one request.
final class Ranges {
    private static final int SPACE = ' ';

    private final long length;
    private final int most;
    private long[] bounds = new long[4];
    private int count;
    private byte[] text = {};
    private int at;
    private int end;

    /// What is to be sent.
    enum Outcome {
        /// Everything: the ranges make no sense taken together, or are too many.
        WHOLE,
        PARTS,
        UNSATISFIABLE
    }

    /// @param length of the whole content
    Ranges(long length, int most) {
        this.length = length;
        this.most = most;
    }

    int count() {
        return count;
    }

    /// The first byte of a range.
    long start(int range) {
        return bounds[2 * range];
    }

    /// The byte behind its last.
    long end(int range) {
        return bounds[2 * range + 1];
    }

    /// `0-9/100`
    String text(int range) {
        return start(range) + "-" + (end(range) - 1) + "/" + length;
    }

    /// Reads what follows `bytes=`.
    Outcome parse(byte[] source, int from, int to) {
        text = source;
        at = from;
        end = to;
        long sum = 0;
        do {
            skipSpaces();
            long first;
            long behind;
            if (peek() == '-') {
                at++;
                long suffix = number();
                first = Math.max(0, length - suffix);
                behind = suffix < 0 ? -1 : length;
            } else {
                first = number();
                skipSpaces();
                if (first < 0 || next() != '-') {
                    return Outcome.UNSATISFIABLE;
                }
                skipSpaces();
                behind = isAtEnd() ? length : number();
                behind = behind < 0 || behind >= length ? Math.min(behind, length) : behind + 1;
            }
            skipSpaces();
            if (behind < 0 || !isAtEnd()) {
                return Outcome.UNSATISFIABLE;
            }
            if (first < behind) {
                if (count == most) {
                    return Outcome.WHOLE;
                }
                add(first, behind);
                sum += behind - first;
            } else if (first == 0) {
                return Outcome.WHOLE;
            }
        } while (next() == ',');
        if (count == 0) {
            return Outcome.UNSATISFIABLE;
        }
        return sum > length ? Outcome.WHOLE : Outcome.PARTS;
    }

    private void add(long first, long behind) {
        if (2 * count == bounds.length) {
            bounds = Arrays.copyOf(bounds, bounds.length * 2);
        }
        bounds[2 * count] = first;
        bounds[2 * count + 1] = behind;
        count++;
    }

    /// A number, or -1 if there is none or it is too large.
    private long number() {
        int start = at;
        long value = 0;
        while (at < end && text[at] >= '0' && text[at] <= '9') {
            int digit = text[at++] - '0';
            if (value > (Long.MAX_VALUE - digit) / 10) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return at == start ? -1 : value;
    }

    private boolean isAtEnd() {
        return at == end || text[at] == ',';
    }

    private int peek() {
        return at < end ? text[at] : -1;
    }

    private int next() {
        return at < end ? text[at++] : -1;
    }

    private void skipSpaces() {
        while (peek() == SPACE) {
            at++;
        }
    }
}
