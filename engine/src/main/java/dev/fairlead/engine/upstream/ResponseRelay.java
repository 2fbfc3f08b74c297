package dev.fairlead.engine.upstream;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.http.LogLevel;
import dev.fairlead.time.Clock;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The body of an answer on its way to the client. With buffering, the other server is never kept waiting for a
/// slow client until the spool is full; without, it is read at the client's pace.
final class ResponseRelay {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Clock clock;
    private final Spool spool = new Spool();
    private @Nullable Exchange exchange;
    private boolean isBuffered;
    private boolean isUnflushed;
    private boolean isFileReported;
    private long bytesPerSecond;
    private long passed;
    private long begunNanos;

    ResponseRelay(Clock clock) {
        this.clock = clock;
    }

    void begin(Exchange to, boolean buffered, Forward.Response limits) {
        exchange = to;
        isBuffered = buffered;
        isUnflushed = false;
        isFileReported = false;
        bytesPerSecond = buffered ? limits.bytesPerSecond() : 0;
        passed = 0;
        begunNanos = bytesPerSecond == 0 ? 0 : clock.monotonicNanos();
        spool.begin(limits.bufferBytes(), limits.temporaryFileBytes(), limits.temporaryFolder());
    }

    private Exchange exchange() {
        return Objects.requireNonNull(exchange);
    }

    /// @param data owned by this
    void data(ByteBuf data) throws IOException {
        Exchange to = exchange();
        passed += data.readableBytes();
        if (isUnflushed && !to.isWritable()) {
            // It may be only that nothing was handed to the kernel yet.
            flush();
        }
        if (spool.isEmpty() && (!isBuffered || to.isWritable())) {
            isUnflushed = true;
            to.output().data(data);
            return;
        }
        spool.add(data);
        if (spool.isInFile() && !isFileReported) {
            isFileReported = true;
            to.place().report(to, LogLevel.WARN, "an upstream response is buffered to a temporary file");
        }
    }

    void flush() {
        if (isUnflushed) {
            isUnflushed = false;
            exchange().output().flush();
        }
    }

    /// Writes what was held back while the client takes it.
    void drain() throws IOException {
        Exchange to = exchange();
        while (!spool.isEmpty() && to.isWritable()) {
            isUnflushed = true;
            to.output().data(spool.take(ByteBufAllocator.DEFAULT));
        }
        flush();
    }

    boolean isEmpty() {
        return spool.isEmpty();
    }

    /// Whether more may be read from the other server.
    boolean wantsMore() {
        return isBuffered ? !spool.isFull() : exchange().isWritable();
    }

    /// How long reading has to stop for the sake of the rate limit; 0 if it does not.
    long pauseNanos() {
        if (bytesPerSecond == 0) {
            return 0;
        }
        long due = begunNanos + (long) (passed * NANOS_PER_SECOND / bytesPerSecond);
        return Math.max(0, due - clock.monotonicNanos());
    }

    void clear() {
        exchange = null;
        spool.clear();
    }
}
