package dev.fairlead.engine.app;

import dev.fairlead.engine.app.environ.ToldVariables;
import dev.fairlead.engine.net.Arrivals;
import dev.fairlead.os.Readiness;
import dev.fairlead.worker.FrameType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.unix.UnixChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A worker's connection to one event loop: frames in, frames out. Frames that are written while the loop handles
/// what it was woken for leave together, before it sleeps again.
final class WorkerConnection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerConnection.class);
    private static final FrameType[] FROM_WORKERS = new FrameType[64];
    private static final int LONGEST_PAYLOAD = 16 << 20;
    private static final int FIRST_BYTES = 4096;

    static {
        for (FrameType type : FrameType.values()) {
            if (type.code() >= FrameType.HELLO.code()) {
                FROM_WORKERS[type.code()] = type;
            }
        }
    }

    private final WorkerProcess worker;
    private final Channel channel;
    private final Runnable flush = this::flush;
    private @Nullable Occupant[] occupants = new Occupant[16];
    private int[] free = new int[16];
    private int freeCount;
    private int used;
    private @Nullable ByteBuf partial;
    private @Nullable ByteBuf out;
    private boolean isFlushDue;
    private boolean isLost;
    private final ToldVariables told = new ToldVariables();
    private long sequence;
    /// Answers that came in this turn of the loop.
    private int answers;

    private long answersSentNanos;
    private long answersReadNanos;

    WorkerConnection(WorkerProcess worker, Channel channel) {
        this.worker = worker;
        this.channel = channel;
    }

    WorkerProcess worker() {
        return worker;
    }

    boolean isLost() {
        return isLost;
    }

    /// What the worker was told over this connection.
    ToldVariables told() {
        return told;
    }

    /// Has somebody wait for what the worker sends.
    void listen(Readiness answers) {
        if (!isLost && channel instanceof UnixChannel socket) {
            answers.add(socket.fd().intValue());
        }
    }

    /// Gives a number to whoever will get the frames that bear it.
    int enter(Occupant occupant) {
        int number = freeCount > 0 ? free[--freeCount] : used++;
        if (number >= occupants.length) {
            occupants = Arrays.copyOf(occupants, occupants.length * 2);
            free = Arrays.copyOf(free, occupants.length);
        }
        occupants[number] = occupant;
        return number;
    }

    private void leave(int number) {
        occupants[number] = null;
        free[freeCount++] = number;
    }

    @Nullable
    Occupant occupant(int number) {
        return number < occupants.length ? occupants[number] : null;
    }

    /// Begins a frame: where it is written to. [#finish] follows in the same turn.
    ///
    /// @return the index of its beginning, for [#finish]
    int begin() {
        ByteBuf to = out;
        if (to == null) {
            to = channel.alloc().directBuffer(FIRST_BYTES);
            out = to;
        }
        int start = to.writerIndex();
        to.writeZero(FrameType.HEADER_BYTES);
        return start;
    }

    /// Behind [#begin]: the buffer that takes the payload.
    ByteBuf payload() {
        ByteBuf to = out;
        if (to == null) {
            throw new IllegalStateException("no frame was begun");
        }
        return to;
    }

    void finish(int start, FrameType type, int number) {
        ByteBuf to = payload();
        to.setIntLE(start, to.writerIndex() - start - FrameType.HEADER_BYTES);
        to.setIntLE(start + 4, type.code() | number << 8);
        due();
    }

    /// Sends a frame whose payload is at hand.
    ///
    /// @param data owned by this
    void send(FrameType type, int number, ByteBuf data) {
        int start = begin();
        payload().writeBytes(data);
        data.release();
        finish(start, type, number);
    }

    void send(FrameType type, int number) {
        finish(begin(), type, number);
    }

    void sendCredit(int number, long bytes) {
        int start = begin();
        payload().writeIntLE((int) bytes);
        finish(start, FrameType.CREDIT, number);
    }

    private void due() {
        if (!isFlushDue) {
            isFlushDue = true;
            channel.eventLoop().execute(flush);
        }
    }

    private void flush() {
        isFlushDue = false;
        ByteBuf data = out;
        out = null;
        if (data == null) {
            return;
        }
        if (isLost) {
            data.release();
        } else {
            channel.writeAndFlush(data, channel.voidPromise());
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        Arrivals.note();
        ByteBuf data = (ByteBuf) message;
        ByteBuf before = partial;
        if (before != null) {
            before.writeBytes(data);
            data.release();
            data = before;
            partial = null;
        }
        try {
            while (data.readableBytes() >= FrameType.HEADER_BYTES) {
                int size = data.getIntLE(data.readerIndex());
                if (size < 0 || size > LONGEST_PAYLOAD) {
                    broken("sent a frame of " + Integer.toUnsignedString(size) + " bytes");
                    return;
                }
                if (data.readableBytes() < size + FrameType.HEADER_BYTES) {
                    break;
                }
                int tag = data.getIntLE(data.readerIndex() + 4);
                data.skipBytes(FrameType.HEADER_BYTES);
                int following = data.readerIndex() + size;
                if (!frame(tag & 0xFF, tag >>> 8, data, size)) {
                    return;
                }
                data.readerIndex(following);
            }
            keep(data);
        } finally {
            data.release();
        }
    }

    /// A request was answered by what is being read.
    ///
    /// @param sentNanos when it was sent
    /// @param now of the first answer of a turn all count as read
    void answered(long sentNanos, long now) {
        if (answers++ == 0) {
            answersSentNanos = sentNanos;
            answersReadNanos = now;
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (answers > 0) {
            worker.answeredTogether(answers, answersSentNanos, answersReadNanos);
            answers = 0;
        }
    }

    private void keep(ByteBuf data) {
        if (!data.isReadable()) {
            return;
        }
        int wanted = data.readableBytes();
        if (wanted >= FrameType.HEADER_BYTES) {
            wanted = data.getIntLE(data.readerIndex()) + FrameType.HEADER_BYTES;
        }
        ByteBufAllocator buffers = channel.alloc();
        partial = buffers.buffer(Math.max(wanted, FIRST_BYTES)).writeBytes(data);
    }

    private boolean frame(int code, int number, ByteBuf data, int size) {
        FrameType type = code < FROM_WORKERS.length ? FROM_WORKERS[code] : null;
        Occupant occupant = occupant(number);
        if (type == null || occupant == null || type == FrameType.HELLO || type == FrameType.TUNNEL) {
            broken("sent a frame that makes no sense (" + code + " for request " + number + ")");
            return false;
        }
        if (type == FrameType.RESPONSE || type == FrameType.END || type == FrameType.BROKEN) {
            leave(number);
        }
        int end = data.writerIndex();
        data.writerIndex(data.readerIndex() + size);
        try {
            occupant.frame(type, data);
        } finally {
            data.writerIndex(end);
        }
        return !isLost;
    }

    /// Ends a connection whose other end does not keep to the rules.
    void broken(String what) {
        LOG.error("{} {}; its connection is closed", worker.name(), what);
        channel.close();
        lose();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        lose();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // Usually a reset; the end of the connection says the same.
        channel.close();
    }

    private void lose() {
        if (isLost) {
            return;
        }
        isLost = true;
        ByteBuf before = partial;
        if (before != null) {
            partial = null;
            before.release();
        }
        worker.disconnected();
        long oldest = oldest();
        for (int i = 0; i < used; i++) {
            Occupant occupant = occupants[i];
            if (occupant != null) {
                occupants[i] = null;
                occupant.lost(occupant.sequence() == oldest);
            }
        }
    }

    /// The number in order of the request that was sent first of those still open.
    long oldest() {
        long oldest = Long.MAX_VALUE;
        for (int i = 0; i < used; i++) {
            Occupant occupant = occupants[i];
            if (occupant != null) {
                oldest = Math.min(oldest, occupant.sequence());
            }
        }
        return oldest;
    }

    /// Counts requests in the order they are sent.
    long nextSequence() {
        return ++sequence;
    }

    void close() {
        channel.close();
    }
}
