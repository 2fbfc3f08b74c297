package dev.fairlead.engine.http1;

import dev.fairlead.engine.client.ClientFacts;
import dev.fairlead.engine.client.TlsFacts;
import dev.fairlead.engine.connection.OpenConnections;
import dev.fairlead.engine.connection.Opening;
import dev.fairlead.engine.connection.SessionFacts;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.ExchangeEntry;
import dev.fairlead.engine.http.RequestBody;
import dev.fairlead.engine.net.Deadline;
import dev.fairlead.engine.net.HandoverChannel;
import dev.fairlead.engine.tally.Tally;
import dev.fairlead.model.http.Connection;
import dev.fairlead.model.http.ConnectionFailure;
import dev.fairlead.model.http.LogLevel;
import dev.fairlead.model.text.Attribute;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import org.jspecify.annotations.Nullable;

/// One client's connection: reads a request, has it answered, goes on with the next. Pipelined requests wait in
/// the socket, at most one read ahead. Belongs to one event loop.
final class Http1Connection implements OpenConnections.Member {
    /// What nginx logs for a client that did not wait for its answer.
    private static final int CLIENT_GONE = 499;

    /// What rules call closing the connection without an answer.
    private static final int NO_ANSWER = 444;

    private static final long DEFAULT_BODY_NANOS = 60_000_000_000L;

    private final LoopState loop;
    private final ListenerSlot slot;
    private final ChannelHandlerContext context;
    private final ClientFacts facts;
    private final IncomingBody body;
    private final Http1Carrier carrier;
    private final Exchange exchange;
    private final HeadParser parser;
    private final Reply reply;
    private final Deadline inputLimit;
    private final Opening opening;
    private ExchangeEntry entry;
    private final @Nullable Tally tally;
    private int place;
    private int objection;
    private String objectionReason = "";
    private Phase phase = Phase.IDLE;
    private @Nullable ByteBuf input;
    private @Nullable TunnelEnd tunnel;
    private boolean isAdvancing;
    private boolean inputIsClosed;
    private boolean socketIsPaused;
    private boolean isPipelined;
    private boolean isRefused;
    private long lingeringUntil;

    /// @param service what the listener's connections are served by at present
    Http1Connection(LoopState loop, ListenerSlot slot, ChannelHandlerContext context, ListenerSlot.Service service) {
        this.loop = loop;
        this.slot = slot;
        this.context = context;
        this.facts = new ClientFacts(context.channel(), loop.clock().monotonicNanos());
        this.entry = service.entry();
        this.opening = new Opening(service.proxyProtocol(), service.tls().isPresent(), this::failed);
        this.tally = entry.tally();
        this.inputLimit = new Deadline(loop.loop(), loop.clock(), this::inputIsLate);
        this.body = new IncomingBody(this, loop);
        Framing framing = new Framing(loop);
        this.carrier = new Http1Carrier(context, loop, this, facts, body, framing);
        this.exchange = carrier.exchange();
        this.reply = carrier.reply();
        this.parser = new HeadParser(loop, framing, exchange.head(), entry.headReading());
    }

    ClientFacts facts() {
        return facts;
    }

    Opening opening() {
        return opening;
    }

    /// There will be no request.
    private void failed(ConnectionFailure why) {
        exchange.clear();
        exchange.front(tally);
        exchange.counters().started(facts.openedNanos(), loop.date().wallMillis(facts.openedNanos()), false);
        exchange.values().fact(Attribute.CONNECTION_FAILURE, why.word());
        entry.connectionFailed(exchange);
    }

    /// Every request of this connection is refused.
    void refuseAll(int status, String reason) {
        objection = status;
        objectionReason = reason;
    }

    Http1Carrier carrier() {
        return carrier;
    }

    Exchange exchange() {
        return exchange;
    }

    void opened() {
        place = loop.open().added(this);
        if (tally != null) {
            tally.enter();
        }
        inputLimit.set(entry.headReading().timeout().toNanos());
    }

    /// What operators may know of it; null while it waits for a request.
    @Override
    public @Nullable SessionFacts session() {
        return phase == Phase.BUSY || phase == Phase.TUNNEL ? facts.session(tally, exchange) : null;
    }

    /// Where the loop finds this connection among its others.
    @Override
    public void movedTo(int newPlace) {
        place = newPlace;
    }

    /// No further request is wanted.
    void closeIfIdle() {
        // Inside the program nothing has to be lost that was sent.
        boolean isOnTheWay = context.channel() instanceof HandoverChannel inside && inside.hasUnread();
        if (phase == Phase.IDLE && endsBehindRequest() && !isOnTheWay) {
            closeNow();
        }
    }

    /// Whether the connection is to end behind its present request, because the listener or the engine does.
    boolean endsBehindRequest() {
        return loop.open().isDraining() || slot.isRemoved();
    }

    // Input: what was received goes to whom it is for, until somebody has to wait.

    void received(ByteBuf bytes) {
        TunnelEnd end = tunnel;
        if (end != null && input == null && !end.isPaused()) {
            end.tunnel().data(bytes);
            return;
        }
        carrier.beginRead();
        ByteBuf before = input;
        input = before == null ? bytes : Unpooled.wrappedBuffer(before, bytes);
        inputMayFlow();
    }

    void receivedAll() {
        TunnelEnd end = tunnel;
        if (end != null) {
            end.tunnel().readComplete();
        }
        carrier.endRead();
    }

    /// Somebody who made input wait may not do so any longer, or now does.
    void inputMayFlow() {
        if (isAdvancing) {
            return;
        }
        isAdvancing = true;
        try {
            boolean goesOn = true;
            while (goesOn && input != null && input.isReadable()) {
                goesOn = consume(input);
            }
        } finally {
            isAdvancing = false;
        }
        settleInput();
    }

    /// @return whether there may be more to do
    private boolean consume(ByteBuf in) {
        switch (phase) {
            case IDLE -> beginRequest();
            case HEAD -> readHead(in);
            case BUSY, DISCARDING -> {
                if (!body.takesInput()) {
                    return false;
                }
                body.take(in);
                if (phase == Phase.DISCARDING && body.isComplete()) {
                    becomeIdle();
                }
            }
            case LINGERING, CLOSED -> in.skipBytes(in.readableBytes());
            case TUNNEL -> {
                TunnelEnd end = tunnel;
                if (end == null || end.isPaused()) {
                    return false;
                }
                end.tunnel().data(in.readRetainedSlice(in.readableBytes()));
            }
        }
        return true;
    }

    /// Drops the buffer when it is used up; otherwise no more is read from the socket until it is.
    private void settleInput() {
        ByteBuf in = input;
        if (in != null && !in.isReadable()) {
            input = null;
            in.release();
        }
        if (phase == Phase.CLOSED) {
            return;
        }
        TunnelEnd end = tunnel;
        boolean isHeldBack = end != null ? end.isPaused() : phase == Phase.BUSY && body.isReading() && body.isPaused();
        boolean shouldPause = input != null || isHeldBack;
        if (shouldPause != socketIsPaused) {
            socketIsPaused = shouldPause;
            context.channel().config().setAutoRead(!shouldPause);
        }
        limitInput();
    }

    /// Sets how long the next input may take, as the phase says.
    private void limitInput() {
        switch (phase) {
            case BUSY -> {
                if (body.takesInput() && inputIsClosed) {
                    closeNow();
                } else if (body.takesInput()) {
                    inputLimit.set(bodyTimeout());
                } else {
                    inputLimit.lift();
                }
            }
            case DISCARDING, LINGERING -> {
                long left = lingeringUntil - loop.clock().monotonicNanos();
                inputLimit.set(Math.max(1, Math.min(left, Lingering.silenceNanos(reply.settings()))));
            }
            case IDLE, HEAD, TUNNEL, CLOSED -> {}
        }
    }

    private long bodyTimeout() {
        return exchange.isRouted()
                ? exchange.place().settings().requestBody().timeout().toNanos()
                : DEFAULT_BODY_NANOS;
    }

    private void beginRequest() {
        entry = slot.present(context.channel()).entry();
        exchange.clear();
        exchange.front(tally);
        reply.begin();
        parser.begin(exchange.head(), entry.headReading());
        long now = loop.clock().monotonicNanos();
        exchange.counters().started(now, loop.date().wallMillis(now), facts.requests() > 0 && isPipelined);
        phase = Phase.HEAD;
        loop.counters().reading(1);
    }

    private void readHead(ByteBuf in) {
        int before = in.readerIndex();
        HeadParser.Progress progress = parser.read(in);
        exchange.counters().addRequestBytes(in.readerIndex() - before);
        switch (progress) {
            case COMPLETE -> handle();
            case REFUSED -> refuse(parser.status(), parser.reason());
            case NEEDS_MORE, LINE_READ -> limitHead();
        }
    }

    /// The time for a whole head counts from its first byte.
    private void limitHead() {
        inputLimit.setOnce(
                entry.headReading().timeout().toNanos(), exchange.counters().startedNanos());
    }

    private void handle() {
        TlsFacts tls = facts.tls();
        if (tls != null) {
            noteClientCertificate(tls);
        }
        if (objection != 0) {
            refuse(objection, objectionReason);
            return;
        }
        becomeBusy();
        body.begin(
                exchange.head().contentLength(),
                parser.framing().isChunked(),
                parser.framing().expectsContinue(),
                entry.headReading());
        if (tally != null) {
            exchange.counters().headRead(loop.clock().monotonicNanos());
        }
        exchange.started();
        entry.handle(exchange);
    }

    private void noteClientCertificate(TlsFacts tls) {
        var verdict = tls.tell(exchange);
        if (verdict.status() != 0) {
            refuseAll(verdict.status(), verdict.objection());
        }
    }

    private void refuse(int status, String reason) {
        becomeBusy();
        isRefused = true;
        reply.closeBehind();
        exchange.response().closeConnection();
        body.begin(0, false, false, entry.headReading());
        exchange.started();
        entry.refuse(exchange, status, reason);
    }

    private void becomeBusy() {
        inputLimit.lift();
        phase = Phase.BUSY;
        carrier.expectAnswer();
        facts.countRequest();
        loop.counters().request();
        loop.counters().reading(-1);
        loop.counters().writing(1);
    }

    private void inputIsLate() {
        switch (phase) {
            case BUSY -> {
                if (body.takesInput()) {
                    reply.closeBehind();
                    exchange.response().closeConnection();
                    body.fail(RequestBody.Failure.TIMEOUT);
                }
            }
            case IDLE, HEAD -> headIsLate();
            case DISCARDING, LINGERING -> closeNow();
            case TUNNEL, CLOSED -> {}
        }
    }

    private void headIsLate() {
        if (!opening.isOver()) {
            opening.late();
            closeNow();
            return;
        }
        boolean isBegun = phase == Phase.HEAD;
        if (!entry.headReading().late().answers(isBegun, facts.requests() == 0)) {
            closeNow();
            return;
        }
        if (!isBegun) {
            beginRequest();
        }
        refuse(408, "client sent no whole head in time");
    }

    /// The client will send nothing more, but may still read.
    void inputClosed() {
        inputIsClosed = true;
        switch (phase) {
            case IDLE, HEAD, LINGERING, DISCARDING -> closeNow();
            case TUNNEL -> {
                TunnelEnd end = tunnel;
                if (end != null) {
                    end.inputClosed();
                }
            }
            // As nginx does: who closes while a body or an answer is under way has given up.
            case BUSY -> {
                if (body.isReading() || exchange.isClientWatched()) {
                    closeNow();
                }
            }
            case CLOSED -> {}
        }
    }

    /// For the carrier: the answer has been handed over, whole.
    void responseIsSent() {
        exchange.counters().completed();
        exchange.onClientGone(null);
        exchange.onWritable(null);
        exchange.ended();
        loop.counters().writing(-1);
        if (!reply.keepsAlive() || inputIsClosed || endsBehindRequest()) {
            closeBehindResponse();
        } else if (!body.isComplete()) {
            body.discard();
            beginLingering(Phase.DISCARDING);
            inputMayFlow();
        } else {
            becomeIdle();
            inputMayFlow();
        }
    }

    private void becomeIdle() {
        phase = Phase.IDLE;
        isPipelined = input != null && input.isReadable();
        Connection settings = reply.settings();
        if (!isPipelined) {
            exchange.rest();
            if (settings != null) {
                inputLimit.set(settings.keepAlive().toNanos());
            }
        }
    }

    private void beginLingering(Phase as) {
        phase = as;
        Connection settings = reply.settings();
        lingeringUntil = loop.clock().monotonicNanos() + Lingering.nanos(settings);
        limitInput();
    }

    void writabilityChanged() {
        if (!context.channel().isWritable()) {
            return;
        }
        TunnelEnd end = tunnel;
        if (end != null) {
            end.tunnel().writable();
        } else {
            carrier.writable();
        }
    }

    // The end

    void failed(Throwable cause) {
        if (phase == Phase.BUSY && exchange.isRouted()) {
            exchange.place().report(exchange, LogLevel.ALERT, "unexpected failure: " + cause);
        }
    }

    /// The response is on its way; the client shall get all of it although the connection ends.
    private void closeBehindResponse() {
        inputLimit.lift();
        reply.push();
        Connection settings = reply.settings();
        // A client that does not know of the end may be sending more at this moment.
        boolean mayFollow = isRefused || parser.framing().isKeptAlive();
        boolean inputIsLeft = mayFollow || (input != null && input.isReadable()) || !body.isComplete();
        // Over TLS the goodbye ends the connection as a whole.
        boolean lingers = !inputIsClosed && !facts.isTls() && Lingering.isWanted(settings, inputIsLeft);
        if (!lingers || !(context.channel() instanceof DuplexChannel duplex)) {
            phase = Phase.LINGERING;
            context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> closeNow());
            return;
        }
        body.discard();
        beginLingering(Phase.LINGERING);
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> duplex.shutdownOutput());
        inputMayFlow();
    }

    @Override
    public void closeNow() {
        context.close();
    }

    /// The channel is closed, by whomever.
    void closed() {
        Phase last = phase;
        phase = Phase.CLOSED;
        inputLimit.close();
        carrier.close();
        releaseInput();
        opening.closed();
        switch (last) {
            case HEAD -> loop.counters().reading(-1);
            case BUSY -> clientIsGone();
            case TUNNEL -> tunnelIsClosed();
            case IDLE, DISCARDING, LINGERING, CLOSED -> {}
        }
        if (tally != null) {
            tally.leave();
        }
        loop.open().removed(place);
        exchange.connectionEnded();
    }

    private void releaseInput() {
        ByteBuf left = input;
        input = null;
        if (left != null) {
            left.release();
        }
    }

    private void clientIsGone() {
        loop.counters().writing(-1);
        body.fail(RequestBody.Failure.CLIENT_GONE);
        exchange.clientGone();
        if (!exchange.response().isStarted() && exchange.errorStatus() != NO_ANSWER) {
            exchange.response().status(CLIENT_GONE);
        }
        exchange.ended();
    }

    private void tunnelIsClosed() {
        loop.counters().writing(-1);
        TunnelEnd end = tunnel;
        tunnel = null;
        if (end != null) {
            end.closed();
        }
        exchange.ended();
    }

    /// For the carrier: from now on bytes go both ways as they are.
    void becomeTunnel(TunnelEnd end) {
        tunnel = end;
        phase = Phase.TUNNEL;
        inputLimit.lift();
    }
}
