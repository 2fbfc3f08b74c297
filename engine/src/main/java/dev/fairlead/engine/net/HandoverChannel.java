package dev.fairlead.engine.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandler;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.FileRegion;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.UnsupportedMessageTypeException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.nio.channels.AlreadyConnectedException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// One end of a connection inside the program: what one end writes the other reads, without a socket and without
/// a copy. Both ends belong to the same event loop.
///
/// To its handlers it is a socket. Nothing is read inside somebody's write: what was written arrives in a task of
/// its own. So much and no more is on the way as a socket's buffers would hold; then writes wait, and writability
/// tells. Half of it can be closed; an end that closes without having read everything resets the other; what is
/// written to an end that is closed is lost first and answered by a reset then.
public final class HandoverChannel extends AbstractChannel implements DuplexChannel {
    private static final ChannelMetadata METADATA = new ChannelMetadata(false, 16);

    /// Most bytes read at once, as from a socket.
    private static final int PIECE = 64 << 10;

    /// Bytes on the way from which on writes wait.
    private static final int WINDOW = 256 << 10;

    private static final int MOST_READS = 16;

    private final HandoverConfig config;
    private final ArrayDeque<ByteBuf> arrived = new ArrayDeque<>();
    private final Runnable resumption = this::resume;
    private final @Nullable Receiver receiver;
    private HandoverChannel peer = this;
    private SocketAddress here;
    private SocketAddress there;
    private int arrivedBytes;
    /// The handler that was looked at last, and whether it reads and does nothing else.
    private @Nullable ChannelHandlerContext judged;
    private boolean onlyReads;
    private boolean isOpen = true;
    private boolean isConnected;
    private boolean isReadWanted;
    private boolean isDeliveryDue;
    private boolean isResumptionDue;
    private boolean isBlocked;
    private boolean peerIsDone;
    private boolean isReset;
    private boolean isInputShutdown;
    private boolean isOutputShutdown;

    private HandoverChannel(SocketAddress here, SocketAddress there, @Nullable Receiver receiver) {
        super(null);
        this.config = new HandoverConfig(this);
        this.here = here;
        this.there = there;
        this.receiver = receiver;
    }

    /// The end of who dials. Connecting it gives the other end to the receiver.
    ///
    /// @param to the address that is dialled
    static HandoverChannel dialling(SocketAddress to, Receiver receiver) {
        SocketAddress visitor = receiver.nextVisitor();
        HandoverChannel near = new HandoverChannel(visitor, to, receiver);
        HandoverChannel far = new HandoverChannel(receiver.local(), visitor, null);
        near.peer = far;
        far.peer = near;
        return near;
    }

    /// Whether something came that was not read yet.
    public boolean hasUnread() {
        return !arrived.isEmpty();
    }

    // Sending.

    @Override
    protected void doWrite(ChannelOutboundBuffer out) throws IOException {
        boolean isGiven = false;
        for (Object message = out.current(); message != null; message = out.current()) {
            if (!peer.isOpen) {
                out.remove();
                becomeReset();
            } else if (peer.arrivedBytes >= WINDOW) {
                isBlocked = true;
                break;
            } else {
                isGiven |= message instanceof FileRegion region ? give(region, out) : give((ByteBuf) message, out);
            }
        }
        if (isGiven) {
            peer.deliverSoon();
        }
    }

    private boolean give(ByteBuf data, ChannelOutboundBuffer out) {
        int count = Math.min(data.readableBytes(), PIECE);
        if (count == 0) {
            out.remove();
            return false;
        }
        if (count == data.readableBytes() && isWhole(data)) {
            peer.take(data.retain());
            out.remove();
        } else {
            // A slice has no room to write.
            peer.take(data.retainedSlice(data.readerIndex(), count));
            out.removeBytes(count);
        }
        return true;
    }

    /// Whether it may change hands as it is. A part of another buffer counts its users for itself: the reader
    /// would take itself for the only one, and write into what somebody else has.
    private static boolean isWhole(ByteBuf data) {
        return data.unwrap() == null;
    }

    /// Writes and flushes past the queue, in which nothing waits.
    ///
    /// @param data owned by this if it was passed on
    /// @return whether it was
    boolean pass(ByteBuf data) {
        boolean isTaken = isActive() && !isOutputShutdown && peer.isOpen && peer.arrivedBytes < WINDOW;
        if (!isTaken || data.readableBytes() > PIECE || !isWhole(data)) {
            return false;
        }
        peer.take(data);
        peer.deliverSoon();
        return true;
    }

    private boolean give(FileRegion region, ChannelOutboundBuffer out) throws IOException {
        long left = region.count() - region.transferred();
        if (left <= 0) {
            out.remove();
            return false;
        }
        ByteBuf piece = alloc().directBuffer((int) Math.min(left, PIECE));
        long count;
        try {
            count = region.transferTo(new BufferTarget(piece), region.transferred());
        } catch (IOException failure) {
            piece.release();
            throw failure;
        }
        peer.take(piece);
        out.progress(count);
        if (region.transferred() >= region.count()) {
            out.remove();
        }
        return true;
    }

    private void take(ByteBuf data) {
        if (isInputShutdown || !data.isReadable()) {
            data.release();
        } else {
            arrived.add(data);
            arrivedBytes += data.readableBytes();
        }
    }

    @Override
    protected Object filterOutboundMessage(Object message) {
        if (message instanceof ByteBuf || message instanceof FileRegion) {
            return message;
        }
        throw new UnsupportedMessageTypeException(message, ByteBuf.class, FileRegion.class);
    }

    private void resumeSoon() {
        if (isBlocked && !isResumptionDue && isRegistered()) {
            isResumptionDue = true;
            eventLoop().execute(resumption);
        }
    }

    private void resume() {
        isResumptionDue = false;
        if (isOpen && isBlocked) {
            isBlocked = false;
            ((Operations) unsafe()).writeOn();
        }
    }

    // Receiving.

    @Override
    protected void doBeginRead() {
        isReadWanted = true;
        if (hasNews()) {
            deliverSoon();
        }
    }

    void readIsUnwanted() {
        isReadWanted = false;
    }

    private boolean hasNews() {
        return !arrived.isEmpty() || isReset || (peerIsDone && !isInputShutdown);
    }

    /// As with sockets, the end is told even to those who do not want to read at present, with what came
    /// before it.
    private boolean mayDeliver() {
        return isReadWanted || peerIsDone || isReset;
    }

    private void deliverSoon() {
        if (!isDeliveryDue && isRegistered() && mayDeliver()) {
            isDeliveryDue = true;
            if (Thread.currentThread() instanceof LoopThread loop) {
                loop.deliveries().add(this);
            } else {
                eventLoop().execute(this::deliver);
            }
        }
    }

    void deliver() {
        isDeliveryDue = false;
        if (!isOpen || !mayDeliver()) {
            return;
        }
        if (!arrived.isEmpty()) {
            readArrived();
        }
        if (!isOpen) {
            return;
        }
        if (arrived.isEmpty()) {
            endInput();
        } else {
            deliverSoon();
        }
    }

    private void readArrived() {
        isReadWanted = false;
        int count = 0;
        do {
            ByteBuf next = arrived.remove();
            arrivedBytes -= next.readableBytes();
            give(next);
            count++;
        } while (!arrived.isEmpty() && count < MOST_READS && (config.isAutoRead() || peerIsDone));
        if (arrivedBytes <= WINDOW / 2) {
            peer.resumeSoon();
        }
        complete();
    }

    /// Who reads, if what arrives has nobody else to pass; null for the way through the pipeline, which finds out
    /// for each message anew who is next. Through two hops and back that was a thirtieth of the processor time of
    /// a small request.
    @SuppressWarnings("ReferenceEquality") // There is one context for each handler of a pipeline.
    private @Nullable ChannelHandlerContext onlyReader() {
        ChannelHandlerContext first = pipeline().firstContext();
        if (first == null || first != pipeline().lastContext()) {
            return null;
        }
        if (first != judged) {
            judged = first;
            onlyReads = first.handler() instanceof ChannelInboundHandler
                    && !(first.handler() instanceof ChannelOutboundHandler);
        }
        return onlyReads ? first : null;
    }

    private void give(ByteBuf data) {
        ChannelHandlerContext reader = onlyReader();
        if (reader == null) {
            pipeline().fireChannelRead(data);
        } else {
            DirectCall.read(reader, data);
        }
    }

    private void complete() {
        ChannelHandlerContext reader = onlyReader();
        if (reader == null) {
            pipeline().fireChannelReadComplete();
            return;
        }
        DirectCall.complete(reader);
        if (config.isAutoRead() && isOpen) {
            doBeginRead();
        }
    }

    private void endInput() {
        if (isReset) {
            isReset = false;
            pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
        }
        if (!peerIsDone || isInputShutdown || !isOpen) {
            return;
        }
        if (config.isHalfClosureAllowed()) {
            isInputShutdown = true;
            pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
            pipeline().fireUserEventTriggered(ChannelInputShutdownReadComplete.INSTANCE);
        } else {
            unsafe().close(voidPromise());
        }
    }

    /// The other end sends no more.
    private void peerDone(boolean byReset) {
        peerIsDone = true;
        isReset |= byReset;
        if (isOpen) {
            deliverSoon();
            resumeSoon();
        }
    }

    private void becomeReset() {
        if (!isReset) {
            isReset = true;
            deliverSoon();
        }
    }

    // Opening and closing.

    private void handOver(@Nullable SocketAddress local, ChannelPromise promise) {
        Receiver to = receiver;
        if (isConnected || to == null) {
            promise.tryFailure(new AlreadyConnectedException());
            return;
        }
        if (!to.isOpen()) {
            promise.tryFailure(new ConnectException("Connection refused"));
            return;
        }
        if (Thread.currentThread() instanceof LoopThread loop) {
            if (loop.isEnding()) {
                promise.tryFailure(new ConnectException("the event loop ends"));
                return;
            }
            loop.ends().add(this);
            loop.ends().add(peer);
        }
        if (local != null) {
            here = local;
            peer.there = local;
        }
        isConnected = true;
        peer.isConnected = true;
        eventLoop().execute(() -> to.accept(peer, eventLoop()));
        promise.trySuccess();
        pipeline().fireChannelActive();
    }

    @Override
    protected void doClose() {
        if (!isOpen) {
            return;
        }
        isOpen = false;
        if (Thread.currentThread() instanceof LoopThread loop) {
            loop.ends().remove(this);
        }
        boolean isUnread = releaseArrived();
        if (isConnected) {
            peer.peerDone(isUnread || config.isClosedByReset());
        }
    }

    /// Its loop ends, and what waits is given up.
    void end() {
        unsafe().close(voidPromise());
    }

    private boolean releaseArrived() {
        boolean any = !arrived.isEmpty();
        for (ByteBuf each = arrived.poll(); each != null; each = arrived.poll()) {
            each.release();
        }
        arrivedBytes = 0;
        return any;
    }

    @Override
    protected void doShutdownOutput() {
        isOutputShutdown = true;
        peer.peerDone(false);
    }

    @Override
    public ChannelFuture shutdownOutput() {
        return shutdownOutput(newPromise());
    }

    @Override
    public ChannelFuture shutdownOutput(ChannelPromise promise) {
        ((Operations) unsafe()).shutdownOutput(promise);
        return promise;
    }

    @Override
    public ChannelFuture shutdownInput() {
        return shutdownInput(newPromise());
    }

    @Override
    public ChannelFuture shutdownInput(ChannelPromise promise) {
        isInputShutdown = true;
        releaseArrived();
        peer.resumeSoon();
        promise.trySuccess();
        return promise;
    }

    @Override
    public ChannelFuture shutdown() {
        return shutdown(newPromise());
    }

    @Override
    public ChannelFuture shutdown(ChannelPromise promise) {
        shutdownInput();
        return shutdownOutput(promise);
    }

    @Override
    public boolean isInputShutdown() {
        return isInputShutdown || !isActive();
    }

    @Override
    public boolean isOutputShutdown() {
        return isOutputShutdown || !isActive();
    }

    @Override
    public boolean isShutdown() {
        return isInputShutdown() && isOutputShutdown();
    }

    @Override
    protected void doBind(SocketAddress address) {
        throw new UnsupportedOperationException("nobody connects to this end");
    }

    @Override
    protected void doDisconnect() {
        doClose();
    }

    // What channels know.

    @Override
    public ChannelConfig config() {
        return config;
    }

    @Override
    public boolean isOpen() {
        return isOpen;
    }

    @Override
    public boolean isActive() {
        return isOpen && isConnected;
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }

    @Override
    protected boolean isCompatible(EventLoop loop) {
        return true;
    }

    @Override
    protected SocketAddress localAddress0() {
        return here;
    }

    @Override
    protected SocketAddress remoteAddress0() {
        return there;
    }

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new Operations();
    }

    private final class Operations extends AbstractUnsafe {
        @Override
        public void connect(SocketAddress to, @Nullable SocketAddress local, ChannelPromise promise) {
            if (promise.setUncancellable() && ensureOpen(promise)) {
                handOver(local, promise);
            }
        }

        private void writeOn() {
            flush0();
        }
    }
}
