package dev.fairlead.engine.app;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.upstream.Spool;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;

/// The body of an answer on its way to a client that may be slower than the worker: passed on while the client
/// takes it, else put aside in memory and then in a temporary file, so that a worker is not held by a client.
final class AnswerRelay {
    private static final long MEMORY_BYTES = 256 * 1024;
    private static final long FILE_BYTES = 1L << 30;
    private static final long CREDIT_STEP = 256 * 1024;

    private final Spool spool = new Spool();
    private long consumed;

    void begin() {
        spool.begin(MEMORY_BYTES, FILE_BYTES, System.getProperty("java.io.tmpdir", "/tmp"));
        consumed = 0;
    }

    /// @param data owned by this
    void data(ByteBuf data, Exchange to) throws IOException {
        consumed += data.readableBytes();
        if (spool.isEmpty() && to.isWritable()) {
            to.output().data(data);
            to.output().flush();
            return;
        }
        spool.add(data);
    }

    /// Passes on what was put aside while the client takes it.
    void drain(Exchange to) throws IOException {
        if (spool.isEmpty()) {
            return;
        }
        while (!spool.isEmpty() && to.isWritable()) {
            to.output().data(spool.take(ByteBufAllocator.DEFAULT));
        }
        to.output().flush();
    }

    boolean isEmpty() {
        return spool.isEmpty();
    }

    /// How many more bytes the worker may send; 0 if that is not worth a frame yet.
    long credit() {
        if (consumed < CREDIT_STEP || spool.isFull()) {
            return 0;
        }
        long granted = consumed;
        consumed = 0;
        return granted;
    }

    void clear() {
        spool.clear();
        consumed = 0;
    }
}
