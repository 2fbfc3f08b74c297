package dev.fairlead.engine.app;

import dev.fairlead.time.Clock;
import dev.fairlead.worker.FrameType;
import io.netty.buffer.ByteBuf;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A request's place at a worker: over which connection, under which number, since when. Frames for a worker
/// that is lost or done with the request are dropped. Used again for other requests.
final class Seat {
    private final ApplicationShare share;
    private @Nullable WorkerProcess worker;
    private @Nullable WorkerConnection connection;
    private int number;
    private long sequence;
    private long sentNanos;
    private long heardNanos;

    Seat(ApplicationShare share) {
        this.share = share;
    }

    /// Whether a place is held, whatever became of the connection.
    boolean isTaken() {
        return worker != null;
    }

    /// Whether frames reach the worker and the worker's reach us.
    boolean isConnected() {
        return connection != null;
    }

    boolean isAt(WorkerProcess process) {
        return worker == process;
    }

    WorkerProcess worker() {
        return Objects.requireNonNull(worker);
    }

    WorkerConnection connection() {
        return Objects.requireNonNull(connection);
    }

    /// Counts the requests of the connection.
    long sequence() {
        return sequence;
    }

    /// Takes a place that was reserved at a worker.
    ///
    /// @return false if the worker is gone from this event loop
    boolean take(WorkerProcess at, Occupant occupant) {
        worker = at;
        WorkerConnection over = share.isReachable(at) ? at.connection(share.index()) : null;
        if (over == null) {
            return false;
        }
        connection = over;
        number = over.enter(occupant);
        sequence = over.nextSequence();
        return true;
    }

    /// Where the request's frame is written to; [#sent] follows.
    ///
    /// @return the index of its beginning
    int begin() {
        return connection().begin();
    }

    ByteBuf payload() {
        return connection().payload();
    }

    /// The request is written.
    ///
    /// @return when
    long sent(int start) {
        connection().finish(start, FrameType.REQUEST, number);
        sentNanos = clock().monotonicNanos();
        heardNanos = sentNanos;
        return sentNanos;
    }

    private Clock clock() {
        return share.clock();
    }

    /// The worker has shown that it is at it.
    void heard() {
        heardNanos = clock().monotonicNanos();
    }

    /// How much longer the worker may take; 0 or less if it took too long. What waits behind another request at the
    /// worker has not begun.
    long leftNanos(long limitNanos) {
        WorkerProcess at = worker();
        if (at.isSerial() && sequence != connection().oldest()) {
            return limitNanos;
        }
        long since = Math.max(heardNanos, at.isSerial() ? at.lastAnswerNanos() : sentNanos);
        return since + limitNanos - clock().monotonicNanos();
    }

    /// Where frames of the request may be written: until the worker has ended it, its number is its own.
    private @Nullable WorkerConnection open() {
        WorkerConnection over = connection;
        return worker != null && over != null && !over.isLost() ? over : null;
    }

    void send(FrameType type) {
        WorkerConnection over = open();
        if (over != null) {
            over.send(type, number);
        }
    }

    /// @param data owned by this
    void send(FrameType type, ByteBuf data) {
        WorkerConnection over = open();
        if (over != null) {
            over.send(type, number, data);
        } else {
            data.release();
        }
    }

    void sendCredit(long bytes) {
        WorkerConnection over = open();
        if (over != null) {
            over.sendCredit(number, bytes);
        }
    }

    /// The worker is done with the request: its place is free.
    WorkerProcess free(ApplicationPool pool) {
        WorkerProcess at = worker();
        at.answered();
        WorkerConnection over = connection;
        if (over != null) {
            over.answered(sentNanos, clock().monotonicNanos());
        }
        return giveUp(pool);
    }

    /// The worker is gone, and the place with it.
    WorkerProcess giveUp(ApplicationPool pool) {
        WorkerProcess at = worker();
        worker = null;
        pool.release(at);
        return at;
    }

    /// The connection broke.
    void lose() {
        connection = null;
    }

    void clear() {
        worker = null;
        connection = null;
    }
}
