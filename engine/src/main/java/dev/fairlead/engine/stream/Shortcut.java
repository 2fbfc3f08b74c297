package dev.fairlead.engine.stream;

import dev.fairlead.os.Descriptors;
import dev.fairlead.os.OsException;
import dev.fairlead.os.Splice;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.FileDescriptor;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// One direction of a [Relay] inside the kernel: where much comes without a pause, Netty stops reading, and bytes
/// go from socket to socket through a pipe. What is no such stream any more goes back to Netty, and so does
/// everything that needs to be judged: the end of a stream, a failure, a connection that is closed. Then what is
/// still in the pipe is sent first. Belongs to one event loop.
///
/// The sockets have second descriptors here, because Netty's are registered with epoll already; they have to
/// be closed before, or as soon as, Netty closes its own.
final class Shortcut {
    /// How much has to have come without a pause, in bytes.
    private static final int WORTH = 512 << 10;
    /// What is read at once of a stream that has no pause.
    private static final int MUCH = 16 << 10;
    /// What is passed at once of a stream that is none any more.
    private static final int LITTLE = 2 << 10;
    /// After so many bytes others have their turn.
    private static final int TURN = 1 << 20;

    private final EpollSocketChannel from;
    private final EpollSocketChannel to;
    private final IntConsumer counting;
    private final StreamLoop loop;
    private final Runnable moved;
    private final Runnable reading;
    private int justRead;
    private int inRow;
    private int takes;
    private boolean isTaken;
    private boolean isImpossible;
    private @Nullable Splice pipe;
    private @Nullable End in;
    private @Nullable End out;

    /// @param loop says how many there may be
    /// @param counting is told of bytes that did not come through Netty
    /// @param moved is told after some of them
    /// @param reading has Netty read, or not, as [#isTaken] says
    Shortcut(
            EpollSocketChannel from,
            EpollSocketChannel to,
            StreamLoop loop,
            IntConsumer counting,
            Runnable moved,
            Runnable reading) {
        this.from = from;
        this.to = to;
        this.loop = loop;
        this.counting = counting;
        this.moved = moved;
        this.reading = reading;
    }

    /// Whether Netty shall not read.
    boolean isTaken() {
        return isTaken;
    }

    /// Netty has read this; it is yet to be passed on.
    void read(int bytes) {
        // It does so once the other side has ended, whatever it was told.
        giveBack();
        justRead += bytes;
    }

    /// Netty has read, and passed on, what there was.
    void readComplete() {
        int last = justRead;
        justRead = 0;
        inRow = last < MUCH ? 0 : inRow + last;
        if (inRow >= WORTH && !isTaken && !isImpossible && loop.mayTakeShortcut()) {
            take();
        }
    }

    /// Begins once everything that Netty was given is sent.
    private void take() {
        isTaken = true;
        loop.countShortcuts(1);
        int number = ++takes;
        reading.run();
        to.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> {
            if (isTaken && number == takes) {
                if (sent.isSuccess()) {
                    open();
                } else {
                    giveBack();
                }
            }
        });
    }

    private void open() {
        try {
            pipe = Splice.open();
            in = new End(from, this::readable);
            out = new End(to, this::writable);
            in.await(EpollIoOps.EPOLLIN);
        } catch (OsException noneLeft) {
            isImpossible = true;
            giveBack();
        }
    }

    private void readable(Splice through, End source, End sink) throws OsException {
        if (through.pending() > 0) {
            return;
        }
        int total = 0;
        while (total < TURN) {
            int count = through.take(source.number());
            if (count <= 0) {
                if (count < 0 || total < LITTLE) {
                    giveBack();
                }
                break;
            }
            total += count;
            counting.accept(count);
            if (!isPassed(through, sink)) {
                source.await(EpollIoOps.NONE);
                sink.await(EpollIoOps.EPOLLOUT);
                break;
            }
        }
        if (total > 0) {
            moved.run();
        }
    }

    private void writable(Splice through, End source, End sink) throws OsException {
        int before = through.pending();
        if (isPassed(through, sink)) {
            sink.await(EpollIoOps.NONE);
            source.await(EpollIoOps.EPOLLIN);
        }
        if (through.pending() < before) {
            moved.run();
        }
    }

    private static boolean isPassed(Splice through, End sink) throws OsException {
        while (through.pending() > 0) {
            if (through.give(sink.number()) == 0) {
                return false;
            }
        }
        return true;
    }

    /// From now on Netty passes on what comes, behind what is in the pipe.
    void giveBack() {
        if (!isTaken) {
            return;
        }
        ByteBuf left = left();
        drop();
        if (left != null) {
            to.writeAndFlush(left, to.voidPromise());
        }
        reading.run();
    }

    private @Nullable ByteBuf left() {
        Splice through = pipe;
        if (through == null || through.pending() == 0 || !to.isActive()) {
            return null;
        }
        int size = through.pending();
        ByteBuf left = to.alloc().directBuffer(size);
        try {
            through.drain(left.nioBuffer(0, size));
            return left.writerIndex(size);
        } catch (OsException impossible) {
            left.release();
            throw new IllegalStateException(impossible);
        }
    }

    /// Ends, whatever is in the pipe.
    void drop() {
        if (isTaken) {
            isTaken = false;
            loop.countShortcuts(-1);
        }
        inRow = 0;
        End source = in;
        End sink = out;
        Splice through = pipe;
        in = null;
        out = null;
        pipe = null;
        if (source != null) {
            source.close();
        }
        if (sink != null) {
            sink.close();
        }
        if (through != null) {
            through.close();
        }
    }

    /// What is done when a socket is ready.
    private interface Ready {
        void run(Splice through, End source, End sink) throws OsException;
    }

    /// A second descriptor of a socket, and what is waited for with it.
    private final class End implements EpollIoHandle {
        private final FileDescriptor descriptor;
        private final IoEventLoop executor;
        private final Ready ready;
        private @Nullable IoRegistration registration;
        private boolean isClosed;

        private End(EpollSocketChannel channel, Ready ready) throws OsException {
            this.descriptor =
                    new FileDescriptor(Descriptors.duplicate(channel.fd().intValue()));
            this.executor = (IoEventLoop) channel.eventLoop();
            this.ready = ready;
        }

        private int number() {
            return descriptor.intValue();
        }

        /// Level-triggered. Registered once something is waited for.
        private void await(EpollIoOps what) {
            IoRegistration present = registration;
            if (present == null && !isClosed) {
                // At once, since this is the loop's thread.
                present = executor.register(this).getNow();
                registration = present;
            }
            if (present == null || !present.isValid()) {
                giveBack();
            } else {
                present.submit(what);
            }
        }

        @Override
        public FileDescriptor fd() {
            return descriptor;
        }

        @Override
        public void handle(IoRegistration registered, IoEvent event) {
            Splice through = pipe;
            End source = in;
            End sink = out;
            if (isClosed || through == null || source == null || sink == null || !(event instanceof EpollIoEvent)) {
                return;
            }
            try {
                ready.run(through, source, sink);
            } catch (OsException failed) {
                // Netty meets the same failure and has it judged.
                giveBack();
            }
        }

        @Override
        public void close() {
            if (isClosed) {
                return;
            }
            isClosed = true;
            IoRegistration present = registration;
            if (present != null) {
                present.cancel();
            }
            Descriptors.close(descriptor.intValue());
        }
    }
}
