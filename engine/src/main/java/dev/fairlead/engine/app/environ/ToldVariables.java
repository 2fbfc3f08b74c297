package dev.fairlead.engine.app.environ;

import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// What one worker was told over one connection of variables that come again and again: requests of a client
/// differ in their target, seldom in their fields. What was seen before is said once more, with the place where the
/// worker is to keep it; from then on its place is enough. What comes once costs the worker nothing.
///
/// Limits: [#PLACES] of [#LONGEST_BYTES] each. A place is given anew to what is seen twice and falls to it.
public final class ToldVariables {
    static final int PLACES = 128;
    static final int LONGEST_BYTES = 2048;
    static final int NOWHERE = -1;

    private final int[] seen = new int[PLACES];
    private final byte[] @Nullable [] told = new byte[PLACES][];
    private final CRC32C sum = new CRC32C();
    private int place = NOWHERE;

    /// Whether the worker knows these variables; [#place()] says where it has them, or is to keep them.
    ///
    /// @param variables marshalled
    /// @param length how many of the bytes they are
    boolean isKnown(byte[] variables, int length) {
        place = NOWHERE;
        if (length > LONGEST_BYTES) {
            return false;
        }
        sum.reset();
        sum.update(variables, 0, length);
        int hash = (int) sum.getValue();
        int slot = hash & (PLACES - 1);
        byte[] before = told[slot];
        if (before != null && Arrays.equals(before, 0, before.length, variables, 0, length)) {
            place = slot;
            return true;
        }
        if (seen[slot] == hash) {
            told[slot] = Arrays.copyOf(variables, length);
            place = slot;
        }
        seen[slot] = hash;
        return false;
    }

    /// The place of the variables asked for last; [#NOWHERE] if the worker is not to keep them.
    int place() {
        return place;
    }
}
