package dev.fairlead.engine.app;

import dev.fairlead.engine.app.environ.RequestEncoder;
import dev.fairlead.worker.FrameType;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.CompletableFuture;

/// A request of the master's own to one worker; only the status of its answer counts.
final class Probe implements Occupant {
    private final CompletableFuture<Integer> status;
    private final WorkerConnection connection;
    private final int number;
    private final long sequence;
    private boolean isRead;

    private Probe(WorkerConnection connection, CompletableFuture<Integer> status) {
        this.status = status;
        this.connection = connection;
        this.sequence = connection.nextSequence();
        this.number = connection.enter(this);
    }

    /// On the connection's event loop.
    static void send(
            WorkerProcess worker,
            WorkerConnection connection,
            RequestEncoder encoder,
            String path,
            CompletableFuture<Integer> status) {
        if (connection.isLost()) {
            status.completeExceptionally(new IllegalStateException(worker.name() + " is gone"));
            return;
        }
        Probe probe = new Probe(connection, status);
        int start = connection.begin();
        encoder.probe(path, connection.told(), connection.payload());
        connection.finish(start, FrameType.REQUEST, probe.number);
    }

    @Override
    public void frame(FrameType type, ByteBuf payload) {
        if ((type == FrameType.RESPONSE || type == FrameType.HEAD) && !isRead) {
            int from = payload.readerIndex() + (type == FrameType.RESPONSE ? 4 : 0);
            isRead = true;
            boolean isSound = payload.readableBytes() > 7;
            int code = 0;
            for (int i = 0; isSound && i < 3; i++) {
                code = code * 10 + payload.getByte(from + i) - '0';
            }
            status.complete(code);
        } else if (type == FrameType.DATA) {
            connection.sendCredit(number, payload.readableBytes());
        } else if (type == FrameType.FILE) {
            connection.send(FrameType.FILE_TAKEN, number);
        } else if (type == FrameType.BROKEN) {
            status.completeExceptionally(new IllegalStateException("the answer was broken off"));
        }
    }

    @Override
    public void lost(boolean isOldest) {
        status.completeExceptionally(new IllegalStateException("the worker ended"));
    }

    @Override
    public long sequence() {
        return sequence;
    }
}
