package dev.fairlead.engine.http1;

import dev.fairlead.engine.connection.ConnectionInfo;
import dev.fairlead.engine.http.Carrier;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.OpenFile;
import dev.fairlead.engine.http.Tunnel;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.model.http.Connection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import java.io.IOException;

/// The output side of a connection: takes the answer to the present request and sees to it that it goes out.
/// Whatever is written while no answer is wanted, because it was given or the client is gone, is dropped.
final class Http1Carrier implements Carrier {
    private static final Fields NO_FIELDS = new Fields(0);

    private final ChannelHandlerContext context;
    private final Http1Connection connection;
    private final IncomingBody body;
    private final Exchange exchange;
    private final Reply reply;
    private final SendLimit sendLimit;
    private final ChannelFutureListener whenSent = this::sent;
    private boolean isAnswering;
    private boolean hasEnded;
    private boolean isInRead;
    private boolean flushIsDue;

    Http1Carrier(
            ChannelHandlerContext context,
            LoopState loop,
            Http1Connection connection,
            ConnectionInfo facts,
            IncomingBody body,
            Framing framing) {
        this.context = context;
        this.connection = connection;
        this.body = body;
        this.exchange = new Exchange(this, facts, body, loop.loop(), loop.spareFields());
        this.reply = new Reply(context, loop, body, framing, exchange);
        this.sendLimit = new SendLimit(context, loop, this::outputIsStuck);
    }

    Exchange exchange() {
        return exchange;
    }

    Reply reply() {
        return reply;
    }

    /// A request was received: its answer may be written.
    void expectAnswer() {
        isAnswering = true;
        hasEnded = false;
    }

    /// No answer can be sent any longer.
    void close() {
        isAnswering = false;
        sendLimit.close();
        reply.drop();
    }

    @Override
    public void head(Exchange of) {
        if (!isAnswering) {
            return;
        }
        if (body.continueIsDue() || body.isFailed() || connection.endsBehindRequest()) {
            reply.closeBehind();
        }
        reply.head();
    }

    @Override
    public void interim(int status, Fields fields) {
        if (isAnswering && exchange.head().minorVersion() > 0 && !reply.hasStarted()) {
            reply.push();
            context.write(ResponseHead.interim(context.alloc(), status, fields), context.voidPromise());
            requestFlush();
        }
    }

    void sayContinue() {
        interim(100, NO_FIELDS);
    }

    @Override
    public void data(ByteBuf data) {
        if (isAnswering) {
            reply.data(data);
        } else {
            data.release();
        }
    }

    @Override
    public void file(OpenFile file, long offset, long length) {
        if (isAnswering) {
            reply.file(file, offset, length);
        } else {
            file.release();
        }
    }

    @Override
    public void flush() {
        if (isAnswering) {
            reply.push();
            pump();
            requestFlush();
        }
    }

    @Override
    public void end(Fields trailers) {
        if (!isAnswering || hasEnded) {
            return;
        }
        hasEnded = true;
        try {
            if (reply.end(trailers)) {
                finish();
            } else {
                pump();
                requestFlush();
            }
        } catch (IOException tooShort) {
            abort();
        }
    }

    /// Passes on what waits in a response that is not sent at full speed.
    private void pump() {
        try {
            if (isAnswering && reply.pump(this::goOn)) {
                finish();
            }
        } catch (IOException unreadable) {
            abort();
        }
    }

    private void goOn() {
        pump();
        requestFlush();
        if (isAnswering && !hasEnded && isWritable()) {
            exchange.writable();
        }
    }

    private void finish() {
        requestFlush();
        if (reply.isFileInFlight() || !context.channel().isWritable()) {
            reply.push();
            context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(whenSent);
        } else {
            answered();
        }
    }

    private void sent(ChannelFuture writing) {
        if (writing.isSuccess()) {
            answered();
        }
    }

    private void answered() {
        if (isAnswering) {
            isAnswering = false;
            connection.responseIsSent();
        }
    }

    @Override
    public boolean isWritable() {
        return context.channel().isWritable() && !reply.isFull();
    }

    /// The socket takes more again.
    void writable() {
        if (isAnswering) {
            goOn();
        }
    }

    /// Input is being handled: what is written meanwhile goes out together behind it.
    void beginRead() {
        isInRead = true;
    }

    void endRead() {
        isInRead = false;
        if (flushIsDue) {
            flushNow();
        }
    }

    void requestFlush() {
        if (isInRead) {
            flushIsDue = true;
        } else {
            flushNow();
        }
    }

    private void flushNow() {
        flushIsDue = false;
        reply.flush();
        flushed();
    }

    /// Something was flushed: the client has to take it in time.
    void flushed() {
        sendLimit.watch(reply.sendTimeout().toNanos());
    }

    private void outputIsStuck() {
        Connection settings = reply.settings();
        if (settings != null && settings.resetTimedOut()) {
            context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        }
        connection.closeNow();
    }

    @Override
    public void abort() {
        // What was written before goes out: the client is to see where it broke off.
        reply.pushComplete();
        context.flush();
        connection.closeNow();
    }

    @Override
    public Raw tunnel(Exchange of, Tunnel other) {
        TunnelEnd end = new TunnelEnd(context, connection, this, other, exchange.counters());
        if (isAnswering) {
            isAnswering = false;
            reply.switchProtocols();
            connection.becomeTunnel(end);
            requestFlush();
        }
        return end;
    }
}
