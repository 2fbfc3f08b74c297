package dev.fairlead.engine.app;

import dev.fairlead.engine.app.environ.Upgrades;
import dev.fairlead.engine.http.Carrier;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.Method;
import dev.fairlead.engine.http.Response;
import dev.fairlead.engine.http.Tunnel;
import dev.fairlead.model.http.LogLevel;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A worker's connection of its own for one request: what the worker writes to it is the answer, beginning with
/// an HTTP/1 head. After `101 Switching Protocols` bytes go both ways, each side read no faster than the other
/// takes them, until both have finished or one is lost; another answer is passed up to its length or its end.
///
/// It holds on to nothing of the configuration, so a reload does not touch it, and it has no timeout: WebSockets
/// may be silent. A worker that is retired is waited for until its tunnels have ended.
final class WorkerTunnel extends ChannelInboundHandlerAdapter implements Tunnel {
    /// Who knows the request.
    interface Owner {
        /// The worker answers through the tunnel; from now on the exchange belongs to the tunnel, and frames of
        /// the request mean nothing to it.
        ///
        /// @return false if the request was answered otherwise, or nobody waits for an answer
        boolean tunnelBegins();

        /// The tunnel was closed before anything was written to it: the answer comes by frames.
        void tunnelUnused();

        /// The tunnel, which had begun, is over.
        void tunnelEnded();
    }

    private enum State {
        UNUSED,
        HEAD,
        BODY,
        OPEN,
        CLOSED
    }

    private static final int LONGEST_HEAD = 64 * 1024;
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int BAD_GATEWAY = 502;
    private static final long PARTING_SECONDS = 10;
    private static final String BROKEN_HEAD = "a worker sent no sound answer through its tunnel";

    private final Channel channel;
    private final Owner owner;
    private @Nullable Exchange exchange;
    private @Nullable ByteBuf head;
    private Carrier.@Nullable Raw client;
    private State state = State.UNUSED;
    private long bodyLeft;
    private boolean isWorkerFinished;

    /// The connection that becomes the tunnel of a request. Nothing happens before [#start].
    ///
    /// @param channel on the exchange's event loop
    WorkerTunnel(Channel channel, Exchange exchange, Owner owner) {
        this.channel = channel;
        this.exchange = exchange;
        this.owner = owner;
    }

    /// From now on the connection is the tunnel's. The owner may be told everything up to the end before this
    /// returns.
    ///
    /// @param before the handler that read the frames so far; it is replaced
    /// @param early what came behind the TUNNEL frame, owned by the tunnel
    void start(ChannelHandler before, ByteBuf early) {
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        channel.pipeline().replace(before, null, this);
        received(early);
        readComplete(channel);
    }

    /// Ends it at once: its request was given up, or its worker ended.
    void close() {
        if (state == State.CLOSED) {
            return;
        }
        State last = state;
        Exchange present = exchange;
        state = State.CLOSED;
        exchange = null;
        release();
        channel.close();
        Carrier.Raw to = client;
        client = null;
        if (to != null) {
            to.flush();
            to.close();
        } else if (present != null && last != State.UNUSED) {
            forget(present);
            present.fail(BAD_GATEWAY);
        }
        tell(last);
    }

    private void tell(State last) {
        if (last == State.UNUSED) {
            owner.tunnelUnused();
        } else {
            owner.tunnelEnded();
        }
    }

    private void release() {
        ByteBuf present = head;
        if (present != null) {
            head = null;
            present.release();
        }
    }

    private static void forget(Exchange present) {
        present.onWritable(null);
        present.onClientGone(null);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        received((ByteBuf) message);
    }

    private void received(ByteBuf data) {
        if (!data.isReadable()) {
            data.release();
            return;
        }
        switch (state) {
            case UNUSED -> begin(data);
            case HEAD -> head(data);
            case BODY -> body(data);
            case OPEN -> {
                Carrier.Raw to = client;
                if (to == null) {
                    data.release();
                } else {
                    to.write(data);
                }
            }
            case CLOSED -> data.release();
        }
    }

    private void begin(ByteBuf data) {
        Exchange present = exchange;
        if (present == null || !owner.tunnelBegins()) {
            data.release();
            exchange = null;
            state = State.UNUSED;
            close();
            return;
        }
        state = State.HEAD;
        present.onWritable(null);
        present.onClientGone(this::clientGone);
        head(data);
    }

    /// The client left while the answer was not complete; the exchange is the carrier's again.
    private void clientGone() {
        exchange = null;
        close();
    }

    private void head(ByteBuf data) {
        ByteBuf all = joined(data);
        int end = endOfHead(all);
        if (end < 0) {
            head = all;
            if (all.readableBytes() > LONGEST_HEAD) {
                broken();
            }
            return;
        }
        WorkerHead read =
                WorkerHead.of(all.toString(all.readerIndex(), end - all.readerIndex(), StandardCharsets.ISO_8859_1));
        all.readerIndex(end);
        answer(read, all);
    }

    /// What came so far, in a buffer that can take more; it is [#head] no longer.
    private ByteBuf joined(ByteBuf data) {
        ByteBuf earlier = head;
        head = null;
        if (earlier == null && endOfHead(data) >= 0) {
            return data;
        }
        ByteBuf all = earlier == null ? channel.alloc().buffer(2 * data.readableBytes()) : earlier;
        all.writeBytes(data);
        data.release();
        return all;
    }

    /// Behind the empty line; -1 if it is not there yet.
    private static int endOfHead(ByteBuf in) {
        for (int at = in.readerIndex() + 1; at < in.writerIndex(); at++) {
            if (in.getByte(at) == '\n') {
                int before = in.getByte(at - 1) == '\r' ? at - 2 : at - 1;
                if (before >= in.readerIndex() && in.getByte(before) == '\n') {
                    return at + 1;
                }
            }
        }
        return -1;
    }

    /// @param rest what came behind the head, owned by this
    private void answer(WorkerHead read, ByteBuf rest) {
        Exchange present = exchange;
        boolean switches = read.status() == SWITCHING_PROTOCOLS;
        boolean isPossible = switches ? present != null && Upgrades.isAskedBy(present) : read.status() >= 200;
        if (present == null || !read.isSound() || !isPossible || (!switches && read.isChunked())) {
            rest.release();
            broken();
            return;
        }
        read.apply(present.response());
        if (switches) {
            forget(present);
            exchange = null;
            state = State.OPEN;
            client = present.carrier().tunnel(present, this);
            present.switched();
        } else {
            state = State.BODY;
            bodyLeft = hasBody(present, read.status()) ? read.contentLength() : 0;
            present.onWritable(this::writable);
            present.respond();
            endIfComplete();
        }
        received(rest);
    }

    private static boolean hasBody(Exchange present, int status) {
        return present.head().method() != Method.HEAD && status != 204 && status != 304;
    }

    private void broken() {
        Exchange present = exchange;
        if (present != null) {
            present.place().report(present, LogLevel.ERROR, BROKEN_HEAD);
        }
        close();
    }

    private void body(ByteBuf data) {
        Exchange present = exchange;
        if (present == null) {
            data.release();
            return;
        }
        if (bodyLeft != Response.UNKNOWN) {
            int count = (int) Math.min(bodyLeft, data.readableBytes());
            data.writerIndex(data.readerIndex() + count);
            bodyLeft -= count;
        }
        present.output().data(data);
        endIfComplete();
    }

    private void endIfComplete() {
        if (bodyLeft == 0) {
            end();
        }
    }

    /// The answer is complete.
    private void end() {
        Exchange present = exchange;
        if (present != null) {
            forget(present);
            exchange = null;
            present.end();
        }
        close();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        readComplete(context.channel());
    }

    private void readComplete(Channel from) {
        Carrier.Raw to = client;
        Exchange present = exchange;
        if (to != null) {
            to.flush();
            from.config().setAutoRead(to.isWritable());
        } else if (present != null && state == State.BODY) {
            present.output().flush();
            from.config().setAutoRead(present.isWritable());
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        Carrier.Raw from = client;
        if (from != null) {
            from.reading(channel.isWritable());
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            workerFinished();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        workerFinished();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // Usually a reset; whatever it is, nothing more comes.
        workerFinished();
    }

    private void workerFinished() {
        if (isWorkerFinished) {
            return;
        }
        isWorkerFinished = true;
        switch (state) {
            case UNUSED -> close();
            case HEAD -> broken();
            case BODY -> {
                if (bodyLeft == Response.UNKNOWN) {
                    end();
                } else {
                    close();
                }
            }
            case OPEN -> part();
            case CLOSED -> {}
        }
    }

    /// The client gets what is on its way, and a while to say its last.
    private void part() {
        Carrier.Raw to = client;
        if (to == null) {
            close();
            return;
        }
        to.closeOutput();
        channel.eventLoop().schedule(this::close, PARTING_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void data(ByteBuf data) {
        if (state == State.OPEN && channel.isActive()) {
            channel.write(data, channel.voidPromise());
        } else {
            data.release();
        }
    }

    @Override
    public void readComplete() {
        Carrier.Raw from = client;
        if (from != null) {
            channel.flush();
            from.reading(channel.isWritable() || !channel.isActive());
        }
    }

    @Override
    public void writable() {
        channel.config().setAutoRead(true);
    }

    @Override
    public void inputClosed() {
        if (isWorkerFinished) {
            close();
        } else if (state == State.OPEN) {
            // To shut down the output is to drop what is queued.
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> clientPassedOn());
        }
    }

    /// The last that the client said is with the kernel.
    private void clientPassedOn() {
        if (state == State.OPEN && channel instanceof DuplexChannel duplex) {
            duplex.shutdownOutput();
        }
    }

    @Override
    public void closed() {
        client = null;
        close();
    }
}
