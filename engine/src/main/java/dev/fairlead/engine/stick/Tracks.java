package dev.fairlead.engine.stick;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.RequestWatch;
import dev.fairlead.model.text.Counter;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The entries that a connection and its present request track, by slot.
public final class Tracks implements RequestWatch {
    /// The status that stands for a connection that is closed without an answer.
    private static final int NO_ANSWER = 444;

    /// The status of a request whose client went before it was answered.
    private static final int CLIENT_GONE = 499;

    private @Nullable Track[] slots = new @Nullable Track[3];

    /// @param isAnswered whether the answer's status has been counted
    private record Track(Table table, String key, Entry entry, Life life, boolean isAnswered) {
        boolean ofConnection() {
            return life != Life.REQUEST;
        }
    }

    private enum Life {
        REQUEST,
        CONNECTION,
        /// One without requests.
        BARE_CONNECTION
    }

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
    ///
    /// @param ofConnection whether it is tracked as long as the connection
    public void start(int slot, Table table, String key, boolean ofConnection) {
        start(slot, table, key, ofConnection ? Life.CONNECTION : Life.REQUEST, false);
    }

    /// Tracks a key as long as a connection that has no requests.
    public void startConnection(int slot, Table table, String key) {
        var _ = start(slot, table, key, Life.BARE_CONNECTION, false);
    }

    /// The same once a server has answered: its status counts at once, for the rules that follow.
    public void startAnswered(int slot, Table table, String key, int status) {
        if (start(slot, table, key, Life.REQUEST, true)) {
            countStatus(Objects.requireNonNull(slots[slot]), isClientError(status), isServerError(status));
        }
    }

    private boolean start(int slot, Table table, String key, Life life, boolean isAnswered) {
        if (slot < slots.length && slots[slot] != null) {
            return false;
        }
        Entry entry = table.use(key);
        if (entry == null) {
            return false;
        }
        if (slot >= slots.length) {
            slots = Arrays.copyOf(slots, slot + 1);
        }
        slots[slot] = new Track(table, key, entry, life, isAnswered);
        long now = table.nowMillis();
        entry.track();
        entry.add(Counter.CONNECTIONS, 1, now);
        entry.add(Counter.CONNECTIONS_NOW, 1, now);
        if (life != Life.REQUEST) {
            entry.add(Counter.SESSIONS, 1, now);
        }
        if (life != Life.BARE_CONNECTION) {
            entry.add(Counter.REQUESTS, 1, now);
        }
        return true;
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
        if (!track.isAnswered()) {
            countStatus(
                    track,
                    isClientError(status) && (!isMade || isRefusal),
                    isServerError(status) && (!isMade || (isRefusal && isBadGateway(status))));
        }
    }

    private static void countStatus(Track track, boolean isClients, boolean isServers) {
        if (isClients || isServers) {
            Counter counter = isClients ? Counter.CLIENT_ERRORS : Counter.SERVER_ERRORS;
            track.entry().add(counter, 1, track.table().nowMillis());
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

    /// A connection without requests is over.
    ///
    /// @param received bytes from the client
    /// @param sent bytes to it
    public void connectionEnded(long received, long sent) {
        for (Track track : slots) {
            if (track != null) {
                long now = track.table().nowMillis();
                track.entry().add(Counter.BYTES_IN, received, now);
                track.entry().add(Counter.BYTES_OUT, sent, now);
            }
        }
        connectionEnded();
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
