package dev.fairlead.engine.stick;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.RequestWatch;
import dev.fairlead.model.http.Counter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The entries that a connection and its present request track, by slot.
public final class Tracks implements RequestWatch {
    /// The status that stands for a connection that is closed without an answer.
    private static final int NO_ANSWER = 444;

    /// The status of a request whose client went before it was answered.
    private static final int CLIENT_GONE = 499;

    private @Nullable Track[] slots = new @Nullable Track[3];

    /// @param ofConnection whether it is tracked as long as the connection
    private record Track(Table table, String key, Entry entry, boolean ofConnection) {}

    private Tracks() {}

    /// Those of the exchange's connection.
    public static Tracks of(Exchange exchange) {
        if (exchange.watch() instanceof Tracks tracks) {
            return tracks;
        }
        Tracks fresh = new Tracks();
        exchange.watch(fresh);
        return fresh;
    }

    private static @Nullable Track track(Exchange exchange, int slot) {
        return exchange.watch() instanceof Tracks tracks && slot < tracks.slots.length ? tracks.slots[slot] : null;
    }

    /// What is tracked in a slot, null if nothing is.
    public static @Nullable Entry entry(Exchange exchange, int slot) {
        Track track = track(exchange, slot);
        return track == null ? null : track.entry();
    }

    /// The key of what is tracked, null if nothing is.
    public static @Nullable String key(Exchange exchange, int slot) {
        Track track = track(exchange, slot);
        return track == null ? null : track.key();
    }

    /// The present time of the table that the slot's entry is in.
    public static long nowMillis(Exchange exchange, int slot) {
        Track track = track(exchange, slot);
        return track == null ? 0 : track.table().nowMillis();
    }

    /// Tracks a key from here on, unless the slot is taken or the table full. This request counts.
    public void start(int slot, Table table, String key, boolean ofConnection) {
        if (slot < slots.length && slots[slot] != null) {
            return;
        }
        Entry entry = table.use(key);
        if (entry == null) {
            return;
        }
        if (slot >= slots.length) {
            slots = Arrays.copyOf(slots, slot + 1);
        }
        slots[slot] = new Track(table, key, entry, ofConnection);
        long now = table.nowMillis();
        entry.track();
        entry.add(Counter.CONNECTIONS, 1, now);
        entry.add(Counter.CONNECTIONS_NOW, 1, now);
        if (ofConnection) {
            entry.add(Counter.SESSIONS, 1, now);
        }
        entry.add(Counter.REQUESTS, 1, now);
    }

    @Override
    public void began(Exchange exchange) {
        for (Track track : slots) {
            if (track != null) {
                track.entry().add(Counter.REQUESTS, 1, track.table().nowMillis());
            }
        }
    }

    @Override
    public void ended(Exchange exchange) {
        for (int slot = 0; slot < slots.length; slot++) {
            Track track = slots[slot];
            if (track != null) {
                countAnswer(exchange, track);
                if (!track.ofConnection()) {
                    slots[slot] = null;
                    release(track);
                }
            }
        }
    }

    private static void countAnswer(Exchange exchange, Track track) {
        long now = track.table().nowMillis();
        Entry entry = track.entry();
        entry.add(Counter.BYTES_IN, exchange.counters().requestBytes(), now);
        long sent = exchange.counters().headBytesSent() + exchange.counters().bodyBytesSent();
        entry.add(Counter.BYTES_OUT, sent, now);
        if (exchange.errorStatus() == NO_ANSWER) {
            rejected(exchange, track, now);
            return;
        }
        int status = exchange.response().status();
        boolean isMade = exchange.response().isOwn();
        boolean isRefusal = exchange.errorStatus() == status;
        if (isClientError(status) && (!isMade || isRefusal)) {
            entry.add(Counter.CLIENT_ERRORS, 1, now);
        } else if (isServerError(status) && (!isMade || (isRefusal && isBadGateway(status)))) {
            entry.add(Counter.SERVER_ERRORS, 1, now);
        }
    }

    /// A connection that is closed at its first request, without an answer, never was a session.
    private static void rejected(Exchange exchange, Track track, long now) {
        if (track.ofConnection() && exchange.connection().requests() <= 1) {
            track.entry().add(Counter.SESSIONS, -1, now);
            track.entry().add(Counter.REQUESTS, -1, now);
        }
    }

    private static boolean isClientError(int status) {
        return status >= 400 && status < 500 && status != CLIENT_GONE;
    }

    private static boolean isServerError(int status) {
        return status >= 500 && status < 600 && status != 501 && status != 505;
    }

    private static boolean isBadGateway(int status) {
        return status == 502 || status == 504;
    }

    @Override
    public void connectionEnded() {
        for (int slot = 0; slot < slots.length; slot++) {
            Track track = slots[slot];
            if (track != null) {
                slots[slot] = null;
                release(track);
            }
        }
    }

    private static void release(Track track) {
        long now = track.table().nowMillis();
        track.entry().add(Counter.CONNECTIONS_NOW, -1, now);
        track.entry().release(track.table().expiry(now));
    }
}
