package dev.fairlead.engine.app;

import dev.fairlead.engine.app.environ.RequestEncoder;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.net.Deadline;
import dev.fairlead.worker.FrameType;
import dev.fairlead.worker.WorkerEnd;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One request on its way through a worker: takes its body in, waits for a place, is sent, and passes the
/// answer on. If its worker ends, it goes to another where that is safe. Belongs to one event loop; reused.
///
/// It holds its place at the worker until the worker has ended the request, even if the client is gone by then.
final class Dispatch implements Occupant, RequestContent.Owner, RequestContent.Reader, WorkerTunnel.Owner {
    private final ApplicationShare share;
    private final Seat seat;
    private final Answer answer = new Answer();
    private final Deadline deadline;
    private final Runnable onWritable = this::writable;
    private final Runnable onClientGone = this::cancel;
    private DispatchState state = DispatchState.SPARE;
    private @Nullable Exchange exchange;
    private @Nullable ApplicationRules rules;
    private RequestContent content = RequestContent.None.NONE;
    private ApplicationPool.@Nullable Ticket ticket;
    private @Nullable WorkerTunnel tunnel;
    private long stamp;
    private int tries;
    private boolean isSessionBegun;
    private boolean wasOldest;

    Dispatch(ApplicationShare share) {
        this.share = share;
        this.seat = new Seat(share);
        this.deadline = new Deadline(share.loop(), share.clock(), this::expired);
    }

    void begin(Exchange of, ApplicationRules by) {
        exchange = of;
        rules = by;
        state = DispatchState.TAKING;
        tries = 0;
        stamp++;
        isSessionBegun = SessionPins.concerns(of) && !SessionPins.hasSession(of);
        of.handlerState(this);
        content = RequestContent.of(of, by.takesWholeBody());
        content.begin(this);
    }

    private ApplicationRules rules() {
        return Objects.requireNonNull(rules);
    }

    private ApplicationPool pool() {
        return rules().pool();
    }

    @Override
    public void contentReady() {
        Exchange of = exchange;
        if (state == DispatchState.TAKING && of != null) {
            of.onClientGone(onClientGone);
            of.onWritable(onWritable);
            ApplicationPool pool = pool();
            seek(of, false);
            share.taken(pool);
        }
    }

    @Override
    public void contentFailed(int status) {
        Exchange of = exchange;
        if (of == null) {
            return;
        }
        cancel();
        if (status != BodyFailures.CLIENT_GONE) {
            of.fail(status);
        }
    }

    /// Looks for a worker with room.
    ///
    /// @param isAgain whether the request had its turn before
    private void seek(Exchange of, boolean isAgain) {
        ApplicationPool pool = pool();
        WorkerProcess bound = SessionPins.concerns(of) ? pool.pins().worker(of) : null;
        if (bound != null && bound.end() == null && share.isReachable(bound) && pool.acquire(bound)) {
            send(bound);
            return;
        }
        WorkerProcess free = pool.acquire();
        if (free != null) {
            send(free);
            return;
        }
        state = DispatchState.WAITING;
        ticket = pool.enqueue(this, rules().application().waiting().longest(), isAgain);
        if (ticket == null) {
            refuse(of, pool.isOpen() ? "too many requests wait for a worker" : "it is stopped, and no worker runs");
            return;
        }
        deadline.set(rules().waitNanos());
        // One may have become free before the line was joined.
        pool.pump();
    }

    private void refuse(Exchange of, String why) {
        ApplicationRules by = rules();
        recycle();
        Refusals.busy(of, by, why);
    }

    /// A worker has a place reserved for this request.
    void turn(WorkerProcess free, ApplicationPool.Ticket called) {
        if (ticket != called) {
            called.pool().release(free);
            return;
        }
        ticket = null;
        share.taken(pool());
        send(free);
    }

    EventLoop loop() {
        return share.loop();
    }

    private void leaveLine() {
        ApplicationPool.Ticket present = ticket;
        if (present != null) {
            ticket = null;
            pool().leave(present);
        }
    }

    private void send(WorkerProcess to) {
        Exchange of = Objects.requireNonNull(exchange);
        if (!seat.take(to, this)) {
            state = DispatchState.LOST;
            wasOldest = false;
            awaitReason();
            return;
        }
        tries++;
        state = DispatchState.SENT;
        int flags = RequestEncoder.flags(of, content.isInlineAll());
        int start = seat.begin();
        rules().encoder().encode(of, content.inline(), flags, seat.connection().told(), seat.payload());
        long now = seat.sent(start);
        if (rules().timeoutNanos() > 0) {
            deadline.set(rules().timeoutNanos(), now);
        } else {
            deadline.lift();
        }
    }

    @Override
    public void frame(FrameType type, ByteBuf payload) {
        Exchange of = exchange;
        switch (type) {
            case RESPONSE -> whole(of, payload);
            case HEAD -> head(of, payload);
            case DATA -> data(of, payload);
            case END -> ended(of);
            case BROKEN -> brokenOff(of, payload);
            case READ -> {
                if (of != null && payload.readableBytes() == Integer.BYTES) {
                    content.read((int) Math.min(payload.readUnsignedIntLE(), RequestContent.PIECE_BYTES), this);
                }
            }
            case INTERIM -> {
                if (of != null && state == DispatchState.SENT) {
                    InterimFrames.pass(of, payload);
                }
            }
            case FILE -> file(of, payload);
            case REQUEST, BODY, BODY_END, BODY_BROKEN, CREDIT, CANCEL, FILE_TAKEN, FILE_REFUSED, HELLO, TUNNEL ->
                seat.connection().broken("sent a frame that only it gets (" + type + ")");
        }
    }

    private void whole(@Nullable Exchange of, ByteBuf payload) {
        boolean isFirst = state == DispatchState.SENT;
        WorkerProcess at = seat.free(pool());
        if (of == null) {
            recycle();
            return;
        }
        if (isFirst && Answer.readWhole(of, payload, share.heads())) {
            learn(payload, at);
            recycle();
            Answer.sendWhole(of, payload);
        } else {
            recycle();
            Refusals.unsound(of, at);
        }
    }

    private void learn(ByteBuf body, WorkerProcess at) {
        if (isSessionBegun && body.isReadable()) {
            isSessionBegun = false;
            pool().pins().learn(body, at);
        }
    }

    private void head(@Nullable Exchange of, ByteBuf payload) {
        if (of == null || state != DispatchState.SENT) {
            return;
        }
        if (!share.heads().read(payload, payload.readableBytes(), of.response())) {
            WorkerProcess at = seat.worker();
            cancel();
            Refusals.unsound(of, at);
            return;
        }
        seat.heard();
        state = DispatchState.ANSWERING;
        answer.begin(of);
    }

    private void data(@Nullable Exchange of, ByteBuf payload) {
        if (of == null || state != DispatchState.ANSWERING) {
            return;
        }
        seat.heard();
        learn(payload, seat.worker());
        try {
            answer.data(of, payload);
            grant();
        } catch (IOException failed) {
            breakOff(of, "cannot put an answer aside: " + failed.getMessage());
        }
    }

    private void grant() {
        long credit = answer.credit();
        if (credit > 0 && state == DispatchState.ANSWERING) {
            seat.sendCredit(credit);
        }
    }

    private void breakOff(Exchange of, String why) {
        cancel();
        Refusals.failed(of, why, 500);
    }

    private void file(@Nullable Exchange of, ByteBuf payload) {
        boolean isTaken = of != null
                && state == DispatchState.ANSWERING
                && answer.file(of, seat.worker().pid(), payload);
        seat.send(isTaken ? FrameType.FILE_TAKEN : FrameType.FILE_REFUSED);
    }

    private void ended(@Nullable Exchange of) {
        WorkerProcess at = seat.free(pool());
        if (of == null) {
            recycle();
        } else if (state == DispatchState.ANSWERING) {
            state = DispatchState.FINISHING;
            finishIfTaken(of);
        } else if (state != DispatchState.TUNNEL && tunnel == null) {
            recycle();
            Refusals.unsound(of, at);
        }
    }

    private void finishIfTaken(Exchange of) {
        if (!answer.isPassedOn()) {
            return;
        }
        boolean isShort = answer.isShort();
        recycle();
        if (isShort) {
            of.carrier().abort();
        } else {
            of.end();
        }
    }

    private void brokenOff(@Nullable Exchange of, ByteBuf payload) {
        WorkerProcess at = seat.giveUp(pool());
        at.failed();
        recycle();
        if (of != null) {
            String why = payload.toString(StandardCharsets.UTF_8);
            Refusals.failed(of, at.name() + " broke an answer off: " + why, 500);
        }
    }

    @Override
    public void piece(ByteBuf data, boolean isLast) {
        seat.send(isLast ? FrameType.BODY_END : FrameType.BODY, data);
    }

    @Override
    public void broken() {
        seat.send(FrameType.BODY_BROKEN);
    }

    private void writable() {
        Exchange of = exchange;
        if (of == null || (state != DispatchState.ANSWERING && state != DispatchState.FINISHING)) {
            return;
        }
        try {
            answer.drain(of);
        } catch (IOException failed) {
            breakOff(of, "cannot read back an answer: " + failed.getMessage());
            return;
        }
        if (state == DispatchState.FINISHING) {
            finishIfTaken(of);
        } else {
            grant();
        }
    }

    /// Nobody waits for the answer any more; the place is free when the worker has ended it.
    private void cancel() {
        leaveLine();
        forgetClient();
        if (seat.isTaken()) {
            seat.send(FrameType.CANCEL);
        } else {
            recycle();
        }
    }

    private void forgetClient() {
        Exchange of = exchange;
        if (of != null) {
            of.onClientGone(null);
            of.onWritable(null);
            of.handlerState(null);
            exchange = null;
        }
        content.release();
        content = RequestContent.None.NONE;
        answer.clear();
    }

    /// The time for waiting, or for the worker's answer, is over.
    private void expired() {
        Exchange of = exchange;
        if (state == DispatchState.WAITING && of != null) {
            leaveLine();
            refuse(of, "no worker became free within " + Refusals.seconds(rules().waitNanos()));
            return;
        }
        long limit = rules().timeoutNanos();
        if (limit == 0 || !seat.isConnected() || !seat.isTaken()) {
            return;
        }
        WorkerProcess at = seat.worker();
        long left = seat.leftNanos(limit);
        if (left > 0 || !at.tellOverdue()) {
            deadline.set(left > 0 ? left : limit);
            return;
        }
        at.failed();
        forgetClient();
        at.watch().overdue(at.id(), Refusals.name(of), Duration.ofNanos(limit));
        if (of != null) {
            Refusals.late(of, at, limit);
        }
    }

    @Override
    public void lost(boolean isOldest) {
        seat.lose();
        // One that runs several at once may have begun any of them.
        wasOldest = isOldest || !seat.worker().isSerial();
        if (state != DispatchState.TUNNEL && state != DispatchState.ANSWERING) {
            state = DispatchState.LOST;
        }
        awaitReason();
    }

    private void awaitReason() {
        WorkerEnd known = seat.worker().end();
        if (known != null) {
            resolve(known);
        } else {
            share.awaitReason(this, stamp);
        }
    }

    void endedIfAt(WorkerProcess process) {
        WorkerEnd known = process.end();
        if (seat.isAt(process) && known != null) {
            share.explained(this);
            resolve(known);
        }
    }

    void unexplained(long when) {
        if (stamp == when && !seat.isConnected() && seat.isTaken() && state != DispatchState.SENT) {
            share.explained(this);
            resolve(new WorkerEnd(seat.worker().name() + " closed its connection", false));
        }
    }

    /// The worker is gone, and it is known why.
    private void resolve(WorkerEnd how) {
        DispatchState before = state;
        Exchange of = exchange;
        WorkerProcess at = seat.giveUp(pool());
        if (of == null) {
            // A tunnel that is still open tells its end.
            recycle();
        } else if (before == DispatchState.ANSWERING) {
            at.failed();
            recycle();
            Refusals.failed(of, how.cause() + " while it answered", 502);
        } else if ((!wasOldest || Refusals.isSafeAgain(of, how, tries)) && content.rewind()) {
            stamp++;
            state = DispatchState.TAKING;
            seek(of, true);
        } else {
            at.failed();
            recycle();
            Refusals.failed(of, how.cause() + " while it had the request", 502);
        }
    }

    @Override
    public long sequence() {
        return seat.sequence();
    }

    /// The worker asks for this request to go on over a connection of its own.
    ///
    /// @return false if nobody waits for an answer
    boolean openTunnel(Channel channel, ChannelHandler before, ByteBuf early) {
        Exchange of = exchange;
        if (of == null || state != DispatchState.SENT || tunnel != null) {
            return false;
        }
        WorkerTunnel opened = new WorkerTunnel(channel, of, this);
        tunnel = opened;
        opened.start(before, early);
        return true;
    }

    @Override
    public boolean tunnelBegins() {
        if (state != DispatchState.SENT) {
            return false;
        }
        state = DispatchState.TUNNEL;
        deadline.lift();
        content.release();
        content = RequestContent.None.NONE;
        exchange = null;
        return true;
    }

    @Override
    public void tunnelUnused() {
        tunnel = null;
        Exchange of = exchange;
        if (of != null && !seat.isTaken() && state == DispatchState.SENT) {
            // The worker has ended the request already.
            recycle();
            of.fail(502);
        }
    }

    @Override
    public void tunnelEnded() {
        tunnel = null;
        if (state == DispatchState.TUNNEL && !seat.isTaken()) {
            recycle();
        } else {
            seat.send(FrameType.CANCEL);
        }
    }

    /// Ready for another request, unless a tunnel has still to end.
    private void recycle() {
        WorkerTunnel open = tunnel;
        if (state == DispatchState.SPARE || (state == DispatchState.TUNNEL && open != null)) {
            return;
        }
        deadline.lift();
        tunnel = null;
        forgetClient();
        state = DispatchState.SPARE;
        if (open != null) {
            // It was opened for this request and not used.
            open.close();
        }
        stamp++;
        seat.clear();
        rules = null;
        isSessionBegun = false;
        share.recycle(this);
    }

    void close() {
        deadline.close();
    }
}
