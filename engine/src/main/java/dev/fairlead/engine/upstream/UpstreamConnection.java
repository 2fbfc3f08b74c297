package dev.fairlead.engine.upstream;

import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.engine.net.Deadline;
import dev.fairlead.engine.net.StraightRead;
import dev.fairlead.engine.net.StraightSend;
import dev.fairlead.engine.upstream.answer.ResponseBody;
import dev.fairlead.engine.upstream.answer.ResponseHead;
import dev.fairlead.engine.upstream.dial.Security;
import dev.fairlead.engine.upstream.server.ServerState;
import dev.fairlead.model.upstream.Upstream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One connection to another server: carries one exchange after the other, idle in between. Its user is told what
/// comes in; without a user anything that comes in ends it.
final class UpstreamConnection extends ChannelInboundHandlerAdapter {
    private final LoopShare share;
    private final ConnectionPool pool;
    private final ServerState server;
    private final ServerState.Place place;
    private final Channel channel;
    private final @Nullable Security security;
    private final Deadline deadline;
    private final long openedNanos;
    private final Runnable flush;
    private final ResponseHead head = new ResponseHead();
    private final ResponseBody body = new ResponseBody();
    private @Nullable Forwarding user;
    private @Nullable UpstreamTunnel tunnel;
    private @Nullable SslHandler tls;
    private @Nullable ByteBuf unread;
    private @Nullable Throwable failure;
    private long requests;
    private int largestHead;
    private boolean isHeadRead;
    private boolean isBodyExpected;
    private @Nullable ChannelHandlerContext context;

    /// Neighbours in the pool.
    @Nullable
    UpstreamConnection newer;

    @Nullable
    UpstreamConnection older;

    boolean isPooled;

    /// @param place where it leads to
    /// @param security null for one in the clear
    UpstreamConnection(
            LoopShare share,
            ConnectionPool pool,
            ServerState server,
            ServerState.Place place,
            Channel channel,
            @Nullable Security security) {
        this.share = share;
        this.pool = pool;
        this.server = server;
        this.place = place;
        this.channel = channel;
        this.security = security;
        this.flush = channel::flush;
        this.openedNanos = share.clock().monotonicNanos();
        this.deadline = new Deadline(share.loop(), share.clock(), this::expired);
    }

    ServerState server() {
        return server;
    }

    /// Whether the server is still where this leads to.
    @SuppressWarnings("ReferenceEquality") // A server that moved and came back has another place.
    boolean leadsThere() {
        return server.place() == place;
    }

    ConnectionPool pool() {
        return pool;
    }

    /// Whether TLS is spoken.
    boolean isSecured() {
        return security != null;
    }

    /// Once it is agreed on.
    @Nullable
    SslHandler tls() {
        return tls;
    }

    boolean isReading() {
        return channel.config().isAutoRead();
    }

    Channel channel() {
        return channel;
    }

    long openedNanos() {
        return openedNanos;
    }

    /// How many requests it was used for.
    long requests() {
        return requests;
    }

    ResponseHead head() {
        return head;
    }

    /// Why the connection failed, if it did.
    @Nullable
    Throwable failure() {
        return failure;
    }

    /// Somebody has it for a request.
    void use(Forwarding forwarding) {
        user = forwarding;
        deadline.lift();
    }

    boolean isUsedBy(Forwarding forwarding) {
        return user == forwarding;
    }

    /// A request is about to be written.
    ///
    /// @param largestHead most bytes of the answer's head
    /// @param isBodyExpected false for a request whose answer has none, whatever its head says (HEAD)
    void expect(int largestHead, boolean isBodyExpected) {
        this.largestHead = largestHead;
        this.isBodyExpected = isBodyExpected;
        isHeadRead = false;
        requests++;
    }

    /// Nothing more may happen for so long; then the user is told. Zero lifts the limit.
    void within(long nanos) {
        deadline.set(nanos);
    }

    void idle(long nanos) {
        user = null;
        deadline.set(nanos);
    }

    /// Its user needs it no longer: it is kept for another request, or closed.
    ///
    /// @param isReusable whether nothing of the last request or answer is left to be read or written
    void giveBack(boolean isReusable, Optional<Upstream.IdlePool> limits) {
        if (isReusable && isFlushed()) {
            reading(true);
            pool.offer(this, limits, share.clock().monotonicNanos());
        } else {
            close();
        }
    }

    /// Ends it; its user is told nothing more.
    void close() {
        user = null;
        tunnel = null;
        deadline.close();
        releaseUnread();
        channel.close();
    }

    void write(ByteBuf data) {
        channel.write(data, channel.voidPromise());
    }

    void flush() {
        channel.flush();
    }

    /// Flushes when the loop has done what it has at hand, if nobody has till then: what else is written
    /// meanwhile goes out in the same call of the kernel.
    void flushSoon() {
        share.loop().execute(flush);
    }

    /// Writes and flushes.
    void send(ByteBuf data) {
        ChannelHandlerContext own = context;
        if (own == null) {
            channel.writeAndFlush(data, channel.voidPromise());
        } else {
            StraightSend.send(own, data);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        StraightRead.begin(added);
    }

    /// Whether everything written is with the kernel.
    boolean isFlushed() {
        ChannelOutboundBuffer pending = channel.unsafe().outboundBuffer();
        return pending == null || pending.isEmpty();
    }

    /// Tells the user once everything written so far is with the kernel.
    void whenFlushed() {
        Forwarding present = user;
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(done -> {
            if (done.isSuccess() && present != null && user == present) {
                present.flushed();
            }
        });
    }

    void reading(boolean on) {
        if (channel.config().isAutoRead() != on) {
            channel.config().setAutoRead(on);
        }
    }

    private void expired() {
        Forwarding present = user;
        if (tunnel != null) {
            tunnel.expired();
        } else if (present == null) {
            close();
        } else {
            present.timedOut();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf data = (ByteBuf) message;
        Forwarding present = user;
        if (tunnel != null) {
            tunnel.fromServer(data);
        } else if (present == null) {
            data.release();
            close();
        } else {
            present.received(data.readableBytes());
            read(present, joined(data));
        }
    }

    private ByteBuf joined(ByteBuf data) {
        ByteBuf earlier = unread;
        if (earlier == null) {
            return data;
        }
        unread = null;
        ByteBuf both = earlier;
        if (!earlier.isWritable(data.readableBytes())) {
            both = channel.alloc().buffer(2 * (earlier.readableBytes() + data.readableBytes()));
            both.writeBytes(earlier);
            earlier.release();
        }
        both.writeBytes(data);
        data.release();
        return both;
    }

    private void read(Forwarding present, ByteBuf in) {
        while (!isHeadRead) {
            Fields fields = present.responseFields();
            switch (head.read(in, fields, largestHead, share.texts())) {
                case NEEDS_MORE -> {
                    unread = in;
                    return;
                }
                case INVALID -> {
                    in.release();
                    present.headInvalid(head.complaint());
                    return;
                }
                case COMPLETE -> {
                    if (head.status() >= 200) {
                        isHeadRead = true;
                        body.begin(head, isBodyExpected);
                        present.headReceived();
                    } else if (head.status() == 101) {
                        switchProtocol(present, in);
                        return;
                    } else {
                        present.interimReceived(head.status());
                    }
                    if (user != present) {
                        in.release();
                        return;
                    }
                }
            }
        }
        readBody(present, in);
    }

    private void readBody(Forwarding present, ByteBuf in) {
        while (true) {
            switch (body.next(in)) {
                case NEEDS_MORE -> {
                    in.release();
                    return;
                }
                case INVALID -> {
                    in.release();
                    present.bodyInvalid();
                    return;
                }
                case END -> {
                    boolean surplus = in.isReadable();
                    in.release();
                    present.bodyEnded(!surplus && head.isKeptAlive(), surplus);
                    return;
                }
                case DATA -> {
                    int count = body.take(in.readableBytes());
                    boolean isAll = count == in.readableBytes();
                    present.bodyData(isAll ? in : in.readRetainedSlice(count));
                    if (user != present || isAll) {
                        if (!isAll) {
                            in.release();
                        } else if (user == present && body.isEnded()) {
                            present.bodyEnded(head.isKeptAlive(), false);
                        }
                        return;
                    }
                }
            }
        }
    }

    private void switchProtocol(Forwarding present, ByteBuf in) {
        UpstreamTunnel opened = present.switched(this);
        if (opened == null) {
            in.release();
            return;
        }
        user = null;
        tunnel = opened;
        opened.start(in);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (tunnel != null) {
            tunnel.serverReadComplete();
        } else if (user != null) {
            user.readComplete();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (tunnel != null) {
            tunnel.serverWritable();
        } else if (user != null && channel.isWritable()) {
            user.sendMore();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (tunnel != null && event instanceof ChannelInputShutdownEvent) {
            tunnel.serverFinished();
        } else if (user != null && event instanceof SslHandshakeCompletionEvent handshake) {
            user.stepEnded(this, handshake.isSuccess() ? objection() : handshake.cause());
        }
    }

    private @Nullable Throwable objection() {
        SslHandler handler = channel.pipeline().get(SslHandler.class);
        tls = handler;
        Security how = security;
        return how == null || handler == null ? null : how.objection(handler);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        failure = cause;
        channel.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        deadline.close();
        releaseUnread();
        pool.remove(this);
        Forwarding present = user;
        if (tunnel != null) {
            tunnel.serverClosed();
        } else if (present != null) {
            user = null;
            if (isHeadRead && body.endsWithConnection() && failure == null) {
                present.bodyEnded(false, false);
            } else {
                present.connectionLost();
            }
        }
    }

    private void releaseUnread() {
        ByteBuf rest = unread;
        if (rest != null) {
            unread = null;
            rest.release();
        }
    }
}
