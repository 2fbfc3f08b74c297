package dev.fairlead.engine.app;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.FieldName;
import dev.fairlead.engine.http.Fields;
import dev.fairlead.engine.http.Method;
import dev.fairlead.engine.http.Response;
import dev.fairlead.engine.net.Deadline;
import dev.fairlead.model.http.LogLevel;
import dev.fairlead.worker.FrameType;
import dev.fairlead.worker.WorkerEnd;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One request on its way through a worker: takes its body in, waits for a place, is sent, and passes the answer on.
/// If its worker ends, it goes to another where that is safe. Belongs to one event loop; reused.
///
/// It holds its place at the worker until the worker has ended the request, even if the client is gone by then.
final class Dispatch implements Occupant, RequestContent.Owner, RequestContent.Reader, WorkerTunnel.Owner {
    private enum State {
        SPARE,
        /// The body is taken in.
        TAKING,
        /// No worker has room.
        WAITING,
        SENT,
        /// The head of the answer is out.
        ANSWERING,
        /// The worker has ended the answer; the client still takes it.
        FINISHING,
        /// Another connection carries the answer.
        TUNNEL,
        /// The worker's connection broke; why is not known yet.
        LOST
    }

    private static final int MOST_TRIES = 2;

    private final ApplicationShare share;
    private final AnswerRelay relay = new AnswerRelay();
    private final Deadline deadline;
    private final Runnable onWritable = this::writable;
    private final Runnable onClientGone = this::clientGone;
    private State state = State.SPARE;
    private @Nullable Exchange exchange;
    private @Nullable ApplicationRules rules;
    private RequestContent content = RequestContent.None.NONE;
    private ApplicationPool.@Nullable Ticket ticket;
    private @Nullable WorkerProcess worker;
    private @Nullable WorkerConnection connection;
    private @Nullable WorkerTunnel tunnel;
    private int number;
    private long sequence;
    private long stamp;
    private int tries;
    private long sentNanos;
    private long heardNanos;
    private long bodyLeft;
    private boolean isSessionBegun;
    private boolean wasOldest;

    Dispatch(ApplicationShare share) {
        this.share = share;
        this.deadline = new Deadline(share.loop(), share.clock(), this::expired);
    }

    void begin(Exchange of, ApplicationRules by) {
        exchange = of;
        rules = by;
        state = State.TAKING;
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

    private WorkerConnection connection() {
        return Objects.requireNonNull(connection);
    }

    private WorkerProcess worker() {
        return Objects.requireNonNull(worker);
    }

    @Override
    public void contentReady() {
        Exchange of = exchange;
        if (state == State.TAKING && of != null) {
            of.onClientGone(onClientGone);
            of.onWritable(onWritable);
            seek(of, false);
        }
    }

    @Override
    public void contentFailed(int status) {
        Exchange of = exchange;
        if (of == null) {
            return;
        }
        if (state == State.TAKING || state == State.WAITING) {
            leaveLine();
            recycle();
        } else {
            cancel();
        }
        if (status != 0) {
            of.fail(status);
        }
    }

    /// Looks for a worker with room.
    ///
    /// @param isAgain whether the request had its turn before
    private void seek(Exchange of, boolean isAgain) {
        ApplicationPool pool = rules().pool();
        WorkerProcess bound = SessionPins.concerns(of) ? pool.pins().worker(of) : null;
        if (bound != null && bound.end() == null && isReachable(bound)) {
            pool.acquire(bound);
            send(bound);
            return;
        }
        WorkerProcess free = pool.acquire();
        if (free != null) {
            send(free);
            return;
        }
        state = State.WAITING;
        ticket = pool.enqueue(this, rules().application().waiting().longest(), isAgain);
        if (ticket == null) {
            refuse(of, "too many requests wait for a worker");
            return;
        }
        deadline.set(rules().waitNanos());
        // One may have become free before the line was joined.
        pool.pump();
    }

    private boolean isReachable(WorkerProcess process) {
        WorkerConnection found = share.index() < 0 ? null : process.connection(share.index());
        return found != null && !found.isLost();
    }

    private void refuse(Exchange of, String why) {
        ApplicationRules by = rules();
        by.pool().countRefused();
        recycle();
        of.place()
                .report(
                        of,
                        LogLevel.ERROR,
                        why + " of application \"" + by.application().name() + "\"");
        Fields later = new Fields(32);
        later.add(FieldName.RETRY_AFTER, "1");
        of.response().carry(later, 0);
        of.fail(503);
    }

    /// A worker has a place reserved for this request. Called on any loop.
    void granted(WorkerProcess free, ApplicationPool.Ticket called) {
        if (share.loop().inEventLoop()) {
            turn(free, called);
        } else {
            share.loop().execute(() -> turn(free, called));
        }
    }

    private void turn(WorkerProcess free, ApplicationPool.Ticket called) {
        if (ticket != called) {
            called.pool().release(free);
            return;
        }
        ticket = null;
        send(free);
    }

    private void leaveLine() {
        ApplicationPool.Ticket present = ticket;
        if (present != null) {
            ticket = null;
            rules().pool().leave(present);
        }
    }

    private void send(WorkerProcess to) {
        Exchange of = Objects.requireNonNull(exchange);
        worker = to;
        WorkerConnection over = isReachable(to) ? to.connection(share.index()) : null;
        if (over == null) {
            state = State.LOST;
            wasOldest = false;
            awaitReason();
            return;
        }
        connection = over;
        tries++;
        number = over.enter(this);
        sequence = over.nextSequence();
        state = State.SENT;
        int flags = (content.isInlineAll() ? 0 : RequestEncoder.MORE_BODY)
                | (Upgrades.isAskedBy(of) ? RequestEncoder.UPGRADE : 0);
        int start = over.begin();
        rules().encoder().encode(of, content.inline(), flags, over.payload());
        over.finish(start, FrameType.REQUEST, number);
        sentNanos = share.clock().monotonicNanos();
        heardNanos = sentNanos;
        if (rules().timeoutNanos() > 0) {
            deadline.set(rules().timeoutNanos(), sentNanos);
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
                if (of != null && payload.readableBytes() == 4) {
                    content.read((int) Math.min(payload.readUnsignedIntLE(), RequestContent.PIECE_BYTES), this);
                }
            }
            case INTERIM -> {
                if (of != null && state == State.SENT) {
                    InterimFrames.pass(of, payload);
                }
            }
            case FILE -> file(of, payload);
            case REQUEST, BODY, BODY_END, BODY_BROKEN, CREDIT, CANCEL, FILE_TAKEN, FILE_REFUSED, HELLO, TUNNEL ->
                connection().broken("sent a frame that only it gets (" + type + ")");
        }
    }

    private void whole(@Nullable Exchange of, ByteBuf payload) {
        WorkerProcess at = freePlace();
        if (of == null || state != State.SENT) {
            recycle();
            return;
        }
        int length = payload.readableBytes() < 4 ? -1 : payload.readIntLE();
        boolean isSound = length >= 0
                && length <= payload.readableBytes()
                && share.heads().read(payload, length, of.response());
        if (!isSound) {
            recycle();
            unsound(of, at);
            return;
        }
        learn(payload, at);
        recycle();
        Response response = of.response();
        if (response.contentLength() == Response.UNKNOWN && hasBody(of)) {
            response.contentLength(payload.readableBytes());
        }
        boolean isShort = hasBody(of) && response.contentLength() > payload.readableBytes();
        of.respond();
        if (payload.isReadable()) {
            of.output().data(payload.readRetainedSlice(payload.readableBytes()));
        }
        if (isShort) {
            of.output().flush();
            of.carrier().abort();
        } else {
            of.end();
        }
    }

    private static boolean hasBody(Exchange of) {
        int status = of.response().status();
        return of.head().method() != Method.HEAD && status != 204 && status != 304;
    }

    private void unsound(Exchange of, WorkerProcess at) {
        of.place().report(of, LogLevel.ERROR, at.name() + " sent no valid answer");
        of.fail(502);
    }

    private void learn(ByteBuf body, WorkerProcess at) {
        if (isSessionBegun && body.isReadable()) {
            isSessionBegun = false;
            rules().pool().pins().learn(body, at);
        }
    }

    private void head(@Nullable Exchange of, ByteBuf payload) {
        if (of == null || state != State.SENT) {
            return;
        }
        if (!share.heads().read(payload, payload.readableBytes(), of.response())) {
            cancel();
            unsound(of, worker());
            return;
        }
        heard();
        state = State.ANSWERING;
        bodyLeft = hasBody(of) ? of.response().contentLength() : Response.UNKNOWN;
        relay.begin();
        of.respond();
    }

    private void heard() {
        if (rules().timeoutNanos() > 0) {
            heardNanos = share.clock().monotonicNanos();
        }
    }

    private void data(@Nullable Exchange of, ByteBuf payload) {
        if (of == null || state != State.ANSWERING) {
            return;
        }
        heard();
        learn(payload, worker());
        if (bodyLeft != Response.UNKNOWN) {
            bodyLeft -= payload.readableBytes();
        }
        try {
            relay.data(payload.readRetainedSlice(payload.readableBytes()), of);
            grant();
        } catch (IOException failed) {
            breakOff(of, "cannot put an answer aside: " + failed.getMessage());
        }
    }

    private void grant() {
        long credit = relay.credit();
        if (credit > 0 && state == State.ANSWERING) {
            connection().sendCredit(number, credit);
        }
    }

    private void breakOff(Exchange of, String why) {
        of.place().report(of, LogLevel.ERROR, why);
        cancel();
        of.carrier().abort();
    }

    private void file(@Nullable Exchange of, ByteBuf payload) {
        boolean isTaken = false;
        if (of != null && state == State.ANSWERING && relay.isEmpty() && payload.readableBytes() == 20) {
            long length = payload.getLongLE(payload.readerIndex() + 12);
            isTaken = FileFrames.take(of, worker().pid(), payload);
            if (isTaken && bodyLeft != Response.UNKNOWN) {
                bodyLeft -= length;
            }
        }
        if (isTaken && of != null) {
            of.output().flush();
        }
        connection().send(isTaken ? FrameType.FILE_TAKEN : FrameType.FILE_REFUSED, number);
    }

    private void ended(@Nullable Exchange of) {
        WorkerProcess at = freePlace();
        if (of == null) {
            recycle();
        } else if (state == State.ANSWERING) {
            state = State.FINISHING;
            finishIfTaken(of);
        } else if (state != State.TUNNEL && tunnel == null) {
            recycle();
            unsound(of, at);
        }
    }

    private void finishIfTaken(Exchange of) {
        if (!relay.isEmpty()) {
            return;
        }
        boolean isShort = bodyLeft > 0;
        recycle();
        if (isShort) {
            of.carrier().abort();
        } else {
            of.end();
        }
    }

    private void brokenOff(@Nullable Exchange of, ByteBuf payload) {
        State before = state;
        WorkerProcess at = freePlace();
        at.failed();
        recycle();
        if (of == null) {
            return;
        }
        String why = payload.toString(java.nio.charset.StandardCharsets.UTF_8);
        of.place().report(of, LogLevel.ERROR, at.name() + " broke an answer off: " + why);
        if (before == State.ANSWERING) {
            of.carrier().abort();
        } else {
            of.fail(500);
        }
    }

    /// The worker is done with the request: its place is free.
    private WorkerProcess freePlace() {
        WorkerProcess at = worker();
        at.answered(sentNanos, share.clock().monotonicNanos());
        rules().pool().release(at);
        worker = null;
        return at;
    }

    @Override
    public void piece(ByteBuf data, boolean isLast) {
        if (connection != null && (state == State.SENT || state == State.ANSWERING)) {
            connection.send(isLast ? FrameType.BODY_END : FrameType.BODY, number, data);
        } else {
            data.release();
        }
    }

    @Override
    public void broken() {
        if (connection != null && worker != null) {
            connection.send(FrameType.BODY_BROKEN, number);
        }
    }

    private void writable() {
        Exchange of = exchange;
        if (of == null || (state != State.ANSWERING && state != State.FINISHING)) {
            return;
        }
        try {
            relay.drain(of);
        } catch (IOException failed) {
            breakOff(of, "cannot read back an answer: " + failed.getMessage());
            return;
        }
        if (state == State.FINISHING) {
            finishIfTaken(of);
        } else {
            grant();
        }
    }

    private void clientGone() {
        switch (state) {
            case TAKING, WAITING -> {
                leaveLine();
                recycle();
            }
            case FINISHING -> recycle();
            case SENT, ANSWERING -> cancel();
            case LOST -> {
                exchange = null;
                content.release();
            }
            case TUNNEL, SPARE -> {}
        }
    }

    /// Nobody waits for the answer any more; the place is free when the worker has ended it.
    private void cancel() {
        forgetClient();
        if (worker == null) {
            recycle();
        } else if (connection != null && !connection.isLost()) {
            connection.send(FrameType.CANCEL, number);
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
        relay.clear();
    }

    /// The time for waiting, or for the worker's answer, is over.
    private void expired() {
        Exchange of = exchange;
        if (state == State.WAITING && of != null) {
            leaveLine();
            refuse(of, "no worker became free within " + seconds(rules().waitNanos()));
            return;
        }
        long limit = rules().timeoutNanos();
        if (limit == 0 || worker == null || (state != State.SENT && state != State.ANSWERING)) {
            return;
        }
        WorkerProcess at = worker();
        // What waits behind another at the worker has not begun.
        long since = Math.max(heardNanos, at.isSerial() ? at.lastAnswerNanos() : sentNanos);
        long left = since + limit - share.clock().monotonicNanos();
        boolean isBegun = !at.isSerial() || sequence == connection().oldest();
        if (left > 0 || !isBegun || !at.tellOverdue()) {
            deadline.set(left > 0 ? left : limit);
            return;
        }
        at.failed();
        String what = of == null
                ? "a request whose client had left"
                : of.head().methodText() + " " + of.head().target().raw();
        boolean isAnswering = state == State.ANSWERING;
        forgetClient();
        at.watch().overdue(at.id(), what, Duration.ofNanos(limit));
        if (of != null) {
            of.place().report(of, LogLevel.ERROR, at.name() + " took longer than " + seconds(limit) + " and is killed");
            if (isAnswering) {
                of.carrier().abort();
            } else {
                of.fail(504);
            }
        }
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.3g s", nanos / 1e9);
    }

    @Override
    public void lost(boolean isOldest) {
        connection = null;
        wasOldest = isOldest;
        if (state != State.TUNNEL) {
            state = state == State.ANSWERING ? State.ANSWERING : State.LOST;
        }
        awaitReason();
    }

    private void awaitReason() {
        WorkerEnd known = worker().end();
        if (known != null) {
            resolve(known);
        } else {
            share.awaitReason(this, stamp);
        }
    }

    void endedIfAt(WorkerProcess process) {
        WorkerEnd known = process.end();
        if (worker == process && known != null) {
            share.explained(this);
            resolve(known);
        }
    }

    void unexplained(long when) {
        WorkerProcess at = worker;
        if (stamp == when && connection == null && at != null && state != State.SENT) {
            share.explained(this);
            resolve(new WorkerEnd(at.name() + " closed its connection", false));
        }
    }

    /// The worker is gone, and it is known why.
    private void resolve(WorkerEnd how) {
        WorkerProcess at = worker();
        State before = state;
        Exchange of = exchange;
        worker = null;
        rules().pool().release(at);
        if (before == State.TUNNEL) {
            if (tunnel == null) {
                recycle();
            }
            return;
        }
        if (of == null) {
            recycle();
            return;
        }
        if (before == State.ANSWERING) {
            at.failed();
            recycle();
            of.place().report(of, LogLevel.ERROR, how.cause() + " while it answered");
            of.carrier().abort();
        } else if (isSafeAgain(of, how) && content.rewind()) {
            stamp++;
            state = State.TAKING;
            seek(of, true);
        } else {
            at.failed();
            recycle();
            of.place().report(of, LogLevel.ERROR, how.cause() + " while it had the request");
            of.fail(502);
        }
    }

    /// What the worker had not begun may go to another; so may, once, what may be done twice, unless it may be what
    /// ended the worker.
    private boolean isSafeAgain(Exchange of, WorkerEnd how) {
        if (!wasOldest) {
            return true;
        }
        boolean isIdempotent = switch (of.head().method()) {
            case GET, HEAD, PUT, DELETE, OPTIONS, TRACE, PROPFIND -> true;
            case POST, PATCH, CONNECT, PROPPATCH, MKCOL, COPY, MOVE, LOCK, UNLOCK, OTHER -> false;
        };
        return isIdempotent && how.retryable() && tries < MOST_TRIES;
    }

    @Override
    public long sequence() {
        return sequence;
    }

    /// The worker asks for this request to go on over a connection of its own.
    ///
    /// @return false if nobody waits for an answer
    boolean openTunnel(Channel channel, ChannelHandler before, ByteBuf early) {
        Exchange of = exchange;
        if (of == null || state != State.SENT || tunnel != null) {
            return false;
        }
        WorkerTunnel opened = new WorkerTunnel(channel, of, this);
        tunnel = opened;
        opened.start(before, early);
        return true;
    }

    @Override
    public boolean tunnelBegins() {
        if (state != State.SENT) {
            return false;
        }
        state = State.TUNNEL;
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
        if (of != null && worker == null && state == State.SENT) {
            // The worker has ended the request already.
            recycle();
            of.fail(502);
        }
    }

    @Override
    public void tunnelEnded() {
        tunnel = null;
        if (state == State.TUNNEL && worker == null) {
            recycle();
        } else if (connection != null) {
            connection.send(FrameType.CANCEL, number);
        }
    }

    /// Ready for another request.
    private void recycle() {
        if (state == State.SPARE) {
            return;
        }
        deadline.lift();
        WorkerTunnel open = tunnel;
        if (open != null) {
            // It was opened for this request and not used, or its end is still to come.
            if (state == State.TUNNEL) {
                return;
            }
            tunnel = null;
        }
        forgetClient();
        state = State.SPARE;
        if (open != null) {
            open.close();
        }
        stamp++;
        connection = null;
        worker = null;
        rules = null;
        isSessionBegun = false;
        share.recycle(this);
    }

    void close() {
        deadline.close();
    }
}
