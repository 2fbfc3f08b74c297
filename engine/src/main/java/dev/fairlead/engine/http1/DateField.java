package dev.fairlead.engine.http1;

import dev.fairlead.engine.http.field.HttpDate;
import dev.fairlead.time.Clock;
import java.nio.charset.StandardCharsets;

/// Dates as header fields show them. The present one is made once a second, and the
/// last other one asked for is remembered. Belongs to one event loop.
final class DateField {
    private static final int REMEMBERED = 64;

    private static final long RESYNC_NANOS = 100_000_000L;

    private final Clock clock;
    private final long[] seconds = new long[REMEMBERED];
    private final byte[][] texts = new byte[REMEMBERED][];
    private long nowSecond = Long.MIN_VALUE;
    private byte[] now = new byte[0];
    private long syncedNanos;
    private long syncedMillis;
    private boolean isSynced;

    DateField(Clock clock) {
        this.clock = clock;
    }

    /// The wall clock's time, read anew ten times a second; in between it is the monotonic clock's.
    ///
    /// @param monotonicNanos the present time
    long wallMillis(long monotonicNanos) {
        long since = monotonicNanos - syncedNanos;
        if (!isSynced || since < 0 || since > RESYNC_NANOS) {
            isSynced = true;
            syncedNanos = monotonicNanos;
            syncedMillis = clock.wallMillis();
            return syncedMillis;
        }
        return syncedMillis + since / 1_000_000;
    }

    /// @param wallMillis the present time
    byte[] now(long wallMillis) {
        long second = Math.floorDiv(wallMillis, 1000L);
        if (second != nowSecond) {
            now = format(second);
            nowSecond = second;
        }
        return now;
    }

    /// @param second since 1970
    byte[] of(long second) {
        int slot = (int) (second & (REMEMBERED - 1));
        byte[] text = texts[slot];
        if (text == null || seconds[slot] != second) {
            text = format(second);
            texts[slot] = text;
            seconds[slot] = second;
        }
        return text;
    }

    private static byte[] format(long second) {
        return HttpDate.text(second).getBytes(StandardCharsets.ISO_8859_1);
    }
}
