package dev.fairlead.engine.match;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Texts that values begin or end with. They are kept sorted; the last one that is not behind the value either
/// begins it, or the longest that does so is among those that begin that one.
final class Affixes implements TextIndex {
    private final byte[][] sorted;
    private final int[] numbers;
    /// The longest other text that begins each one.
    private final int[] enclosing;

    private final boolean ignoresCase;
    private final boolean atEnd;

    /// @param keys folded
    /// @param atEnd whether values end with them: then everything is read backwards
    Affixes(List<byte[]> keys, boolean ignoresCase, boolean atEnd) {
        this.ignoresCase = ignoresCase;
        this.atEnd = atEnd;
        byte[][] all = keys.stream().map(key -> atEnd ? reversed(key) : key).toArray(byte[][]::new);
        int[] order = IntStream.range(0, all.length)
                .boxed()
                .sorted(Comparator.comparing((Integer number) -> all[number], Arrays::compareUnsigned)
                        .thenComparing(Comparator.naturalOrder()))
                .mapToInt(Integer::intValue)
                .toArray();
        sorted = Arrays.stream(order).mapToObj(number -> all[number]).toArray(byte[][]::new);
        numbers = order;
        for (int i = 1; i < sorted.length; i++) {
            if (Arrays.equals(sorted[i], sorted[i - 1])) {
                numbers[i] = numbers[i - 1];
            }
        }
        enclosing = enclosing(sorted);
    }

    private static byte[] reversed(byte[] key) {
        byte[] backwards = new byte[key.length];
        for (int i = 0; i < key.length; i++) {
            backwards[i] = key[key.length - 1 - i];
        }
        return backwards;
    }

    private static int[] enclosing(byte[][] sorted) {
        int[] enclosing = new int[sorted.length];
        for (int i = 0; i < sorted.length; i++) {
            int outer = i - 1;
            while (outer >= 0 && !begins(sorted[outer], sorted[i])) {
                outer = enclosing[outer];
            }
            enclosing[i] = outer;
        }
        return enclosing;
    }

    private static boolean begins(byte[] prefix, byte[] text) {
        return text.length > prefix.length && Arrays.equals(prefix, 0, prefix.length, text, 0, prefix.length);
    }

    @Override
    public int find(byte[] bytes, int from, int to) {
        int low = 0;
        int high = sorted.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (compare(sorted[middle], bytes, from, to) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        int at = high;
        while (at >= 0 && !fits(sorted[at], bytes, from, to)) {
            at = enclosing[at];
        }
        return at < 0 ? NONE : numbers[at];
    }

    private int at(byte[] bytes, int from, int to, int index) {
        return Folding.of(atEnd ? bytes[to - 1 - index] : bytes[from + index], ignoresCase);
    }

    private int compare(byte[] key, byte[] bytes, int from, int to) {
        int common = Math.min(key.length, to - from);
        for (int i = 0; i < common; i++) {
            int difference = (key[i] & 0xff) - at(bytes, from, to, i);
            if (difference != 0) {
                return difference;
            }
        }
        return key.length - (to - from);
    }

    private boolean fits(byte[] key, byte[] bytes, int from, int to) {
        if (key.length > to - from) {
            return false;
        }
        for (int i = 0; i < key.length; i++) {
            if ((key[i] & 0xff) != at(bytes, from, to, i)) {
                return false;
            }
        }
        return true;
    }
}
