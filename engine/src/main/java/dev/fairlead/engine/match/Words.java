package dev.fairlead.engine.match;

import java.util.Arrays;
import java.util.List;

/// Texts that stand between delimiters: the components of a path, the labels of a host. From the beginning of
/// each word, as many words are looked up as some text has.
final class Words implements TextIndex {
    private final ByteTable table;
    private final boolean[] isDelimiter = new boolean[256];
    /// Whether some text has that many delimiters inside.
    private final boolean[] hasInside;

    /// @param keys folded; those of delimiters only fit nowhere
    Words(List<byte[]> keys, boolean ignoresCase, String delimiters) {
        for (int i = 0; i < delimiters.length(); i++) {
            isDelimiter[delimiters.charAt(i)] = true;
        }
        List<byte[]> trimmed = keys.stream().map(this::trimmed).toList();
        table = new ByteTable(trimmed, ignoresCase);
        int most = trimmed.stream().mapToInt(this::inside).max().orElse(0);
        hasInside = new boolean[most + 1];
        trimmed.stream().filter(key -> key.length > 0).forEach(key -> hasInside[inside(key)] = true);
    }

    private byte[] trimmed(byte[] key) {
        int from = 0;
        int to = key.length;
        while (from < to && isDelimiter[key[from] & 0xff]) {
            from++;
        }
        while (to > from && isDelimiter[key[to - 1] & 0xff]) {
            to--;
        }
        return Arrays.copyOfRange(key, from, to);
    }

    private int inside(byte[] key) {
        int count = 0;
        for (byte b : key) {
            count += isDelimiter[b & 0xff] ? 1 : 0;
        }
        return count;
    }

    @Override
    public int find(byte[] bytes, int from, int to) {
        int best = NONE;
        boolean isBetween = true;
        for (int i = from; i < to; i++) {
            boolean isWord = !isDelimiter[bytes[i] & 0xff];
            if (isWord && isBetween) {
                int found = findAt(bytes, i, to);
                best = found != NONE && (best == NONE || found < best) ? found : best;
            }
            isBetween = !isWord;
        }
        return best;
    }

    private int findAt(byte[] bytes, int start, int to) {
        int best = NONE;
        int end = start;
        for (int inside = 0; inside < hasInside.length; inside++) {
            while (end < to && !isDelimiter[bytes[end] & 0xff]) {
                end++;
            }
            if (hasInside[inside]) {
                int found = table.find(bytes, start, end);
                best = found != NONE && (best == NONE || found < best) ? found : best;
            }
            if (end == to) {
                break;
            }
            end++;
        }
        return best;
    }
}
