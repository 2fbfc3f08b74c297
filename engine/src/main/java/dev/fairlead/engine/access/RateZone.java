package dev.fairlead.engine.access;

import dev.fairlead.model.http.RequestLimits;
import java.util.LinkedHashMap;
import java.util.Map;

/// Leaky buckets by key. Excess is in thousandths of a request, time in milliseconds.
///
/// All loops count in the same zone, so that a limit holds for the process as a whole; therefore the lock. It
/// is taken where a limit is configured only, and held for the time of a look-up.
final class RateZone {
    /// A request is turned away.
    static final long BUSY = -1;

    /// What a bucket takes besides its key, about as much as in nginx, so that sizes mean the same.
    private static final int BYTES_EACH = 128;

    private static final long JUMPED_BACK = -60_000;
    private static final long LONG_AGO = 86_400_000;

    private final long ratePerSecond;
    private final Map<String, Bucket> buckets;

    RateZone(RequestLimits.Zone zone) {
        ratePerSecond = zone.perSecondThousandths();
        long most = Math.max(16, zone.bytes() / BYTES_EACH);
        buckets = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
                return size() > most;
            }
        };
    }

    long ratePerSecond() {
        return ratePerSecond;
    }

    /// Asks for room for one more request.
    ///
    /// @param most the excess that is tolerated
    /// @param counts whether the request is counted at once, or later by [#count]
    /// @return the excess the request would bring, or [#BUSY] with the excess negated below it
    synchronized long ask(String key, long most, boolean counts, long now) {
        Bucket bucket = buckets.get(key);
        if (bucket == null) {
            // A request that is counted later finds the bucket empty then.
            buckets.put(key, new Bucket(counts ? now : now - LONG_AGO));
            return 0;
        }
        long excess = bucket.excessAt(now, ratePerSecond);
        if (excess > most) {
            return BUSY - excess;
        }
        if (counts) {
            bucket.take(excess, now);
        }
        return excess;
    }

    /// Counts a request that was asked for before.
    ///
    /// @return the excess it brings
    synchronized long count(String key, long now) {
        Bucket bucket = buckets.get(key);
        if (bucket == null) {
            return 0;
        }
        long excess = bucket.excessAt(now, ratePerSecond);
        bucket.take(excess, now);
        return excess;
    }

    /// Begins with what the other one has, which stays as it is.
    void assume(RateZone other) {
        Map<String, Bucket> theirs;
        synchronized (other) {
            theirs = new LinkedHashMap<>(other.buckets);
            theirs.replaceAll((key, bucket) -> new Bucket(bucket.excess, bucket.last));
        }
        synchronized (this) {
            buckets.clear();
            buckets.putAll(theirs);
        }
    }

    private static final class Bucket {
        private long excess;
        private long last;

        Bucket(long now) {
            this(0, now);
        }

        Bucket(long excess, long last) {
            this.excess = excess;
            this.last = last;
        }

        private long elapsed(long now) {
            long elapsed = now - last;
            return elapsed < JUMPED_BACK ? 1 : Math.max(0, elapsed);
        }

        long excessAt(long now, long ratePerSecond) {
            return Math.max(0, excess - ratePerSecond * elapsed(now) / 1000 + 1000);
        }

        void take(long newExcess, long now) {
            if (elapsed(now) > 0) {
                last = now;
            }
            excess = newExcess;
        }
    }
}
