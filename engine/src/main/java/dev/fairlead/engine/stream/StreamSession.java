package dev.fairlead.engine.stream;

import dev.fairlead.engine.access.ConnectionLimits;
import dev.fairlead.engine.client.ClientFacts;
import dev.fairlead.engine.client.TlsFacts;
import dev.fairlead.engine.connection.OpenConnections;
import dev.fairlead.engine.connection.Opening;
import dev.fairlead.engine.connection.SessionFacts;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.net.Deadline;
import dev.fairlead.engine.proxy.ProxyHeader;
import dev.fairlead.engine.stick.Tracks;
import dev.fairlead.engine.tally.Tally;
import dev.fairlead.engine.tls.HostTls;
import dev.fairlead.model.http.LogLevel;
import dev.fairlead.model.stream.StreamSettings;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.net.SocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One client connection: waits for what has to be known of it (PROXY protocol header, TLS handshake, server
/// name), chooses what becomes of it, and from then on is the client's end of a [Relay]. The last handler of
/// the client's pipeline.
final class StreamSession extends ChannelInboundHandlerAdapter implements OpenConnections.Member {
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;

    private final StreamLoop loop;
    private final StreamEntry entry;
    private final Deadline deadline;
    private final Reckoning reckoning = new Reckoning();
    private final SessionLog log;
    private final Opening opening;
    private final Memory memory = new Memory();
    private StreamService service;
    private @Nullable ChannelHandlerContext context;
    private @Nullable ClientFacts facts;
    private @Nullable FirstWords said;
    private @Nullable HelloWait waiting;
    private @Nullable Deliberation deliberation;
    private @Nullable Relay relay;
    private @Nullable Tracks tracks;
    private @Nullable ByteBuf early;
    private ConnectionLimits.@Nullable Slots slots;
    private long openedWallMillis;
    private int status = OK;
    private int place = -1;
    private boolean isBegun;
    private boolean isInputEnded;

    StreamSession(StreamLoop loop, StreamEntry entry) {
        this.loop = loop;
        this.entry = entry;
        this.service = entry.otherwise();
        this.log = new SessionLog(this, reckoning, entry.tally());
        this.opening = new Opening(entry.hasProxyHeader(), entry.isTls(), log::failed);
        this.deadline = new Deadline(loop.loop(), loop.clock(), this::expired);
    }

    // The way to the choice.

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        if (context.channel().isActive()) {
            start(context);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (this.context == null) {
            start(context);
        }
    }

    private void start(ChannelHandlerContext started) {
        context = started;
        facts = new ClientFacts(started.channel(), loop.clock().monotonicNanos());
        openedWallMillis = loop.clock().wallMillis();
        place = loop.open().added(this);
        Tally tally = entry.tally();
        if (tally != null) {
            tally.enter();
        }
        if (entry.awaitsHeader(this, started.pipeline())) {
            deadline.set(service.settings().proxyHeaderTimeout().toNanos());
            reading(true);
        } else {
            identified();
        }
    }

    Opening opening() {
        return opening;
    }

    SessionLog log() {
        return log;
    }

    /// A PROXY protocol header came in front of everything else.
    void proxied(ProxyHeader header) {
        facts().proxied(header);
        opening.headerRead();
        identified();
    }

    /// It is known who the client is.
    private void identified() {
        if (!service.limits().isNone() && !hasRoom()) {
            return;
        }
        ChannelHandlerContext here = context();
        Optional<StreamSettings.Preread> preread = service.settings().preread();
        if (entry.isTls()) {
            deadline.set(service.settings().handshakeTimeout().toNanos());
            TlsByName.await(here, this, entry, service.settings().isAskedForTls());
            reading(true);
        } else if (preread.isPresent()) {
            deadline.set(preread.get().patience().toNanos());
            waiting = new HelloWait(this, preread.get());
            here.pipeline().addBefore(here.name(), null, waiting);
            reading(true);
        } else {
            begin();
        }
    }

    /// Whether there may be one more like it; else it ends.
    private boolean hasRoom() {
        Exchange exchange = exchange();
        ConnectionLimits.Slots taken = service.limits()
                .take(exchange, (level, message) -> service.logs().report(exchange, level, message));
        memory.keep(exchange);
        slots = taken;
        if (taken.status() != 0) {
            end(taken.status(), false);
            return false;
        }
        return true;
    }

    /// The client's handshake begins.
    void securedBy(TlsFacts tls, StreamService chosen) {
        facts().tls(tls);
        service = chosen;
    }

    /// What the client said first is known.
    void said(FirstWords what) {
        said = what;
        facts().overheard(what.hello().serverName());
        waiting = null;
        begin();
    }

    /// What the client sends cannot be made sense of.
    void unreadable(String why) {
        report(LogLevel.INFO, why);
        end(BAD_REQUEST, false);
    }

    private void begin() {
        if (isBegun) {
            return;
        }
        isBegun = true;
        opening.give();
        deadline.lift();
        reading(false);
        Exchange exchange = exchange();
        var finding = service.access().judge(exchange.client());
        if (finding.isDenied()) {
            report(LogLevel.ERROR, "access forbidden by rule" + finding.origin());
            end(FORBIDDEN, false);
            return;
        }
        if (isVerified()) {
            Deliberation begun = new Deliberation(this, loop);
            deliberation = begun;
            begun.begin(exchange);
        } else {
            remember(exchange);
            follow(service.unverified(), exchange);
        }
    }

    /// Rules have set something.
    void remember(Exchange exchange) {
        tracks = exchange.watch() instanceof Tracks begun ? begun : null;
        memory.keep(exchange);
    }

    /// Whether the client's certificate is what is asked for.
    private boolean isVerified() {
        TlsFacts tls = facts().tls();
        if (tls == null) {
            return true;
        }
        HostTls.Verdict verdict = tls.verdict();
        if (verdict.status() == 0) {
            return true;
        }
        status = BAD_REQUEST;
        report(LogLevel.INFO, "client SSL certificate verify error: (" + verdict.text() + ")");
        return false;
    }

    /// It is known what becomes of it.
    void follow(Course course, Exchange exchange) {
        switch (course) {
            case Course.Forward forward -> {
                Relay begun = new Relay(this, loop, forward);
                relay = begun;
                begun.begin();
            }
            case Course.Answer(var text) -> reckoning.sent(Farewell.say(context(), text.of(exchange)));
            case Course.Close(boolean byReset, boolean isTold) -> {
                if (!isTold) {
                    log.omit();
                }
                log.ending("PR");
                end(status, byReset);
            }
            // The next rule was asked.
            case Course.Remember remember -> end(status, false);
            case Course.LookUp lookUp -> end(status, false);
        }
    }

    // What the channel tells.

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof ByteBuf data)) {
            ReferenceCountUtil.release(message);
            return;
        }
        reckoning.received(data.readableBytes());
        Relay present = relay;
        if (present != null) {
            present.fromClient(data);
        } else {
            keep(data);
        }
    }

    /// For later: there is no server yet.
    void keep(ByteBuf data) {
        ByteBuf before = early;
        early = before == null ? data : Unpooled.wrappedBuffer(before, data);
    }

    /// What came before both sides stood, which has been looked at now; owned by the caller.
    @Nullable
    ByteBuf takeEarly() {
        ByteBuf came = early;
        early = null;
        said = said == null ? null : said.withoutBytes();
        return came;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        Relay present = relay;
        if (present != null) {
            present.clientReadComplete();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        Relay present = relay;
        if (present != null) {
            present.clientWritable();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            opening.shakenHands(handshake.cause());
            if (handshake.isSuccess()) {
                begin();
            } else {
                Throwable cause = handshake.cause();
                report(LogLevel.INFO, "SSL_do_handshake() failed (" + cause.getMessage() + ") while SSL handshaking");
                // Where an alert was sent, a reset would overtake it.
                end(
                        BAD_REQUEST,
                        cause instanceof NotSslRecordException
                                && service.settings().resetsFailed());
            }
        } else if (event == ChannelInputShutdownEvent.INSTANCE) {
            inputEnded(false);
        } else if (event instanceof SslCloseCompletionEvent) {
            inputEnded(true);
        }
    }

    private void inputEnded(boolean byTls) {
        if (isInputEnded) {
            return;
        }
        isInputEnded = true;
        Relay present = relay;
        if (present != null) {
            present.clientEnded(byTls);
        } else if (waiting == null && (deliberation == null || !deliberation.goesOn())) {
            closeNow();
        }
    }

    /// Whether nobody is there any more.
    boolean isOver() {
        return place < 0;
    }

    /// Whether the client sends no more.
    boolean isInputEnded() {
        return isInputEnded;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        closed(false);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        opening.reset();
        context.close();
        closed(true);
    }

    private void closed(boolean byReset) {
        if (place < 0) {
            return;
        }
        deadline.close();
        Relay present = relay;
        if (present != null) {
            present.clientClosed(byReset);
        }
        ByteBuf left = takeEarly();
        if (left != null) {
            left.release();
        }
        ConnectionLimits.Slots held = slots;
        if (held != null) {
            held.release();
        }
        opening.closed();
        log.over();
        Tracks tracked = tracks;
        if (tracked != null) {
            tracks = null;
            reckoning.settle(tracked);
        }
        Tally front = entry.tally();
        if (front != null) {
            reckoning.settle(front, back(), loop.clock().wallMillis());
        }
        loop.open().removed(place);
        place = -1;
    }

    /// What operators may know of it.
    @Override
    public SessionFacts session() {
        return facts().session(entry.tally(), back(), reckoning.lastServer());
    }

    @Override
    public void movedTo(int index) {
        place = index;
    }

    private void expired() {
        HelloWait waits = waiting;
        Relay present = relay;
        if (present != null) {
            present.expired();
        } else if (waits != null) {
            waits.expired(context().pipeline().context(waits));
        } else {
            opening.late();
            report(LogLevel.INFO, "client timed out (110: Connection timed out)");
            end(BAD_REQUEST, service.settings().resetsFailed());
        }
    }

    // For the relay.

    /// Whether that is the listener that it came to.
    boolean isFrom(SocketAddress address) {
        return entry.isAt(address);
    }

    ChannelHandlerContext context() {
        ChannelHandlerContext present = context;
        if (present == null) {
            throw new IllegalStateException("not started");
        }
        return present;
    }

    Channel channel() {
        return context().channel();
    }

    /// Null without TLS.
    @Nullable
    SslHandler tls() {
        TlsFacts tls = facts().tls();
        return tls == null ? null : tls.handler();
    }

    StreamService service() {
        return service;
    }

    Deadline deadline() {
        return deadline;
    }

    void reading(boolean on) {
        if (channel().config().isAutoRead() != on) {
            channel().config().setAutoRead(on);
        }
    }

    /// What it counts.
    Reckoning reckoning() {
        return reckoning;
    }

    /// Of whom the connection is given to; null if nobody counts by backends.
    @Nullable
    Tally back() {
        return relay == null ? null : relay.tally();
    }

    /// The connection ends for a reason of ours.
    ///
    /// @param status for the log, in HTTP's words
    void end(int status, boolean byReset) {
        this.status = status;
        if (byReset && channel().isActive()) {
            channel().config().setOption(ChannelOption.SO_LINGER, 0);
            // Past TLS, which would say good-bye.
            channel().unsafe().close(channel().voidPromise());
        } else {
            closeNow();
        }
    }

    @Override
    public void closeNow() {
        channel().close();
    }

    /// For the log, in HTTP's words.
    int status() {
        return status;
    }

    /// What is known of it.
    ClientFacts facts() {
        ClientFacts known = facts;
        if (known == null) {
            throw new IllegalStateException("not started");
        }
        return known;
    }

    /// For texts about this connection. Valid until the next call for any.
    Exchange exchange() {
        ClientFacts known = facts();
        Exchange exchange = loop.exchange(known, service.client(known));
        exchange.counters().started(known.openedNanos(), openedWallMillis, false);
        exchange.watch(tracks);
        memory.show(exchange);
        TlsFacts tls = known.tls();
        if (tls != null) {
            tls.tell(exchange);
        }
        FirstWords heard = said;
        if (heard != null) {
            heard.tell(exchange);
        }
        return exchange;
    }

    void report(LogLevel level, String message) {
        service.logs().report(exchange(), level, message);
    }
}
