package dev.fairlead.engine.http.field;

/// Storage that [Fields] gave back, for those that need some next. The connections of one event loop share it:
/// while one of them waits for a request it holds none. Belongs to that loop.
public final class SpareFields {
    /// Nothing is kept, so that it is for every thread.
    public static final SpareFields NONE = new SpareFields(0);

    /// So many are kept; a request that an upstream answers needs three.
    private static final int MOST = 96;

    private static final int FEWEST_BYTES = 2048;
    private static final int MOST_BYTES = 8192;
    private static final int FEWEST_FIELDS = 24;
    private static final int MOST_FIELDS = 96;

    private final byte[][] bytes;
    private final int[][] indexes;
    private int bytesKept;
    private int indexesKept;

    public SpareFields() {
        this(MOST);
    }

    private SpareFields(int most) {
        bytes = new byte[most][];
        indexes = new int[most][];
    }

    byte[] bytes(int least) {
        if (bytesKept > 0 && bytes[bytesKept - 1].length >= least) {
            return bytes[--bytesKept];
        }
        return new byte[Math.max(least, FEWEST_BYTES)];
    }

    int[] index(int stride) {
        return indexesKept > 0 ? indexes[--indexesKept] : new int[stride * FEWEST_FIELDS];
    }

    /// Takes storage back. What grew unusually large is left to the garbage collector.
    void take(byte[] storage, int[] index, int stride) {
        if (storage.length >= FEWEST_BYTES && storage.length <= MOST_BYTES && bytesKept < bytes.length) {
            bytes[bytesKept++] = storage;
        }
        if (index.length > 0 && index.length <= stride * MOST_FIELDS && indexesKept < indexes.length) {
            indexes[indexesKept++] = index;
        }
    }
}
