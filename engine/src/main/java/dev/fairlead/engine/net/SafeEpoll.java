package dev.fairlead.engine.net;

import io.netty.channel.IoEvent;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Netty's epoll with two of its faults (4.2.17) kept away from connections:
///
/// - One wait returns events of many descriptors. Where the first event makes us close a descriptor that has an
///   event further on, and open another, the kernel gives the new one the same number, and the event meant for
///   the closed connection would reach the new one: a fresh connection would be told that its peer has left.
///   Here an event reaches only who was registered before the wait began. It is told of levels, so nothing
///   is lost: what is true of the new connection is told by the next wait.
/// - Who asks for no events, because reading is off and the peer has shut down its side, is taken out of epoll
///   but believed to be in it; to ask for events again then fails with ENOENT, which ends the connection. Here
///   it stays in, edge-triggered, for errors alone.
///
/// Costs one comparison per event and two small objects per connection. Runs on its event loop's thread.
///
/// A connection that is read straight time after time ([StraightRead]) is told of news alone, edge-triggered: where
/// levels are told the kernel looks at each socket once more after its event, a fortieth of the processor time of a
/// small request. As soon as an event is Netty's, which reads no further than it likes, or something is left in the
/// socket, levels are told again.
final class SafeEpoll implements IoHandler {
    /// So many events in a row have to have been read straight before only news are told: to ask for that is a call
    /// of the kernel, which connections of few messages are spared.
    private static final int STRAIGHT_IN_ROW = 4;

    private final IoHandler epoll;
    private long waits;
    private boolean isClosed;

    private SafeEpoll(IoHandler epoll) {
        this.epoll = epoll;
    }

    static IoHandlerFactory newFactory() {
        IoHandlerFactory handlers = EpollIoHandler.newFactory();
        return executor -> new SafeEpoll(handlers.newHandler(executor));
    }

    @Override
    public void initialize() {
        epoll.initialize();
        LoopThread.waitsIn(this);
    }

    /// Closes all connections; none can be opened any more. To be called on the loop.
    ///
    /// Netty (4.2.17) lets a loop end without it where the wish comes while the loop's tasks run and nobody asked
    /// for a quiet period: then connections stayed open, and what they held stayed in memory.
    void close() {
        isClosed = true;
        epoll.prepareToDestroy();
    }

    @Override
    public int run(IoHandlerContext context) {
        waits++;
        LoopThread.pause();
        int handled = epoll.run(context);
        LoopThread.pause();
        return handled;
    }

    @Override
    public void prepareToDestroy() {
        epoll.prepareToDestroy();
    }

    @Override
    public void destroy() {
        epoll.destroy();
    }

    @Override
    public IoRegistration register(IoHandle handle) throws Exception {
        if (!(handle instanceof EpollIoHandle registered)) {
            throw new IllegalArgumentException("no handle of epoll: " + handle.getClass());
        }
        if (isClosed) {
            throw new IOException("the event loop ends");
        }
        Registered guarded = new Registered(registered, waits);
        return guarded.wrap(epoll.register(guarded));
    }

    @Override
    public void wakeup() {
        epoll.wakeup();
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> handleType) {
        return epoll.isCompatible(handleType);
    }

    /// Who gets the events of a descriptor.
    @SuppressWarnings("try") // The interface's close() may throw anything.
    private final class Registered implements EpollIoHandle {
        private final EpollIoHandle handle;
        private final long since;
        private @Nullable StraightRead reading;
        private @Nullable Registration registration;
        private int straightInRow;

        private Registered(EpollIoHandle handle, long since) {
            this.handle = handle;
            this.since = since;
        }

        /// What epoll has made of it, which events are asked for with from now on.
        private Registration wrap(IoRegistration epoll) {
            Registration made = new Registration(epoll);
            registration = made;
            return made;
        }

        @Override
        public FileDescriptor fd() {
            return handle.fd();
        }

        @Override
        public void handle(IoRegistration given, IoEvent event) {
            if (waits != since) {
                LoopThread.event();
                StraightRead present = reading();
                if (present != null && present.take(event)) {
                    tookStraight(present);
                } else {
                    straightInRow = 0;
                    handle.handle(given, event);
                    tell(false);
                }
            }
        }

        private @Nullable StraightRead reading() {
            StraightRead begun = LoopThread.newRead(handle);
            if (begun != null) {
                reading = begun;
            }
            return reading;
        }

        private void tookStraight(StraightRead present) {
            if (straightInRow < STRAIGHT_IN_ROW) {
                straightInRow++;
            } else {
                // What is left is no news.
                tell(present.hasEmptied());
            }
        }

        private void tell(boolean newsOnly) {
            Registration present = registration;
            if (present != null) {
                present.tell(newsOnly);
            }
        }

        @Override
        public void registered() {
            handle.registered();
        }

        @Override
        public void unregistered() {
            LoopThread.newRead(handle);
            handle.unregistered();
        }

        @Override
        public void close() throws Exception {
            handle.close();
        }
    }

    private static final class Registration implements IoRegistration {
        private final IoRegistration epoll;
        private EpollIoOps wanted = EpollIoOps.NONE;
        private boolean isToldNewsOnly;

        private Registration(IoRegistration epoll) {
            this.epoll = epoll;
        }

        /// From now on. What is there at present is told again if that is a change.
        void tell(boolean newsOnly) {
            if (isToldNewsOnly != newsOnly) {
                isToldNewsOnly = newsOnly;
                if (epoll.isValid()) {
                    submit(wanted);
                }
            }
        }

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals") // The interface's.
        public <T> T attachment() {
            return epoll.attachment();
        }

        @Override
        public long submit(IoOps ops) {
            wanted = (EpollIoOps) ops;
            boolean isByEdge = isToldNewsOnly || EpollIoOps.NONE.equals(ops);
            return epoll.submit(isByEdge ? wanted.with(EpollIoOps.EPOLLET) : wanted);
        }

        @Override
        public boolean isValid() {
            return epoll.isValid();
        }

        @Override
        public boolean cancel() {
            return epoll.cancel();
        }
    }
}
