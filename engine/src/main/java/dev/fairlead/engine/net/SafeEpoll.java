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
import org.jspecify.annotations.Nullable;

/// Netty's epoll with two of its faults (4.2.17) kept away from connections:
///
/// - One wait returns events of many descriptors. Where the first event makes us close a descriptor that has an
///   event further on, and open another, the kernel gives the new one the same number, and the event meant for
///   the closed connection would reach the new one: a fresh connection would be told that its peer has left.
///   Here an event reaches only who was registered before the wait began. Epoll is level-triggered, so nothing
///   is lost: what is true of the new connection is told by the next wait.
/// - Who asks for no events, because reading is off and the peer has shut down its side, is taken out of epoll
///   but believed to be in it; to ask for events again then fails with ENOENT, which ends the connection. Here
///   it stays in, edge-triggered, for errors alone.
///
/// Costs one comparison per event and two small objects per connection. Runs on its event loop's thread.
final class SafeEpoll implements IoHandler {
    private final IoHandler epoll;
    private long waits;

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
        Registered guarded = new Registered(registered, waits);
        return new Registration(epoll.register(guarded));
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

        private Registered(EpollIoHandle handle, long since) {
            this.handle = handle;
            this.since = since;
        }

        @Override
        public FileDescriptor fd() {
            return handle.fd();
        }

        @Override
        public void handle(IoRegistration registration, IoEvent event) {
            if (waits != since) {
                LoopThread.event();
                if (!isTaken(event)) {
                    handle.handle(registration, event);
                }
            }
        }

        private boolean isTaken(IoEvent event) {
            StraightRead begun = LoopThread.newRead(handle);
            if (begun != null) {
                reading = begun;
            }
            StraightRead present = reading;
            return present != null && present.take(event);
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

    private record Registration(IoRegistration epoll) implements IoRegistration {
        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals") // The interface's.
        public <T> T attachment() {
            return epoll.attachment();
        }

        @Override
        public long submit(IoOps ops) {
            return epoll.submit(EpollIoOps.NONE.equals(ops) ? EpollIoOps.EPOLLET : ops);
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
