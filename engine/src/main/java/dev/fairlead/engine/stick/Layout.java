package dev.fairlead.engine.stick;

import dev.fairlead.model.text.Counter;
import dev.fairlead.model.text.StickTable;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which counters the entries of a table have.
final class Layout {
    static final int COUNTERS = Counter.values().length;

    private static final Map<Counter, Counter> RATES = new EnumMap<>(Map.ofEntries(
            Map.entry(Counter.CONNECTIONS, Counter.CONNECTION_RATE),
            Map.entry(Counter.SESSIONS, Counter.SESSION_RATE),
            Map.entry(Counter.REQUESTS, Counter.REQUEST_RATE),
            Map.entry(Counter.CLIENT_ERRORS, Counter.CLIENT_ERROR_RATE),
            Map.entry(Counter.SERVER_ERRORS, Counter.SERVER_ERROR_RATE),
            Map.entry(Counter.BYTES_IN, Counter.BYTES_IN_RATE),
            Map.entry(Counter.BYTES_OUT, Counter.BYTES_OUT_RATE),
            Map.entry(Counter.GENERAL_0, Counter.GENERAL_0_RATE),
            Map.entry(Counter.GENERAL_1, Counter.GENERAL_1_RATE)));

    private final boolean[] stored = new boolean[COUNTERS];
    private final long[] periods = new long[COUNTERS];

    Layout(List<StickTable.Stored> counters) {
        for (StickTable.Stored each : counters) {
            stored[placeOf(each.counter())] = true;
            periods[placeOf(each.counter())] = each.period().toMillis();
        }
    }

    @SuppressWarnings("EnumOrdinal") // an array is the smallest map from an enum
    static int placeOf(Counter counter) {
        return counter.ordinal();
    }

    boolean has(Counter counter) {
        return stored[placeOf(counter)];
    }

    /// The place of the rate that goes with a counter, or -1.
    int rateOf(Counter counter) {
        Counter rate = RATES.get(counter);
        return rate == null ? -1 : placeOf(rate);
    }

    /// Those of a new entry.
    @Nullable
    Rate[] rates() {
        @Nullable Rate[] rates = new @Nullable Rate[COUNTERS];
        for (int place = 0; place < COUNTERS; place++) {
            if (stored[place] && periods[place] > 0) {
                rates[place] = new Rate(periods[place]);
            }
        }
        return rates;
    }
}
