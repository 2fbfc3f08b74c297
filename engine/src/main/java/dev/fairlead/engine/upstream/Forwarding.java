package dev.fairlead.engine.upstream;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.RequestBody;
import dev.fairlead.engine.http.UpstreamFacts;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.engine.upstream.answer.ContentFailures;
import dev.fairlead.engine.upstream.answer.Interception;
import dev.fairlead.engine.upstream.answer.Interim;
import dev.fairlead.engine.upstream.answer.InternalRedirect;
import dev.fairlead.engine.upstream.answer.ResponseRules;
import dev.fairlead.engine.upstream.balance.Selection;
import dev.fairlead.engine.upstream.dial.Destination;
import dev.fairlead.engine.upstream.dial.FailureText;
import dev.fairlead.engine.upstream.server.Member;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.http.LogLevel;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One request on its way through another server and back: takes the body in, has it sent, tries the next server,
/// passes the answer on. Belongs to one event loop; reused for the loop's next request.
final class Forwarding implements RequestContent.Owner, Choosing.Owner {
    private final LoopShare share;
    private final Attempts attempts;
    private final Choosing choosing;
    private final RequestContent content = new RequestContent(this);
    private final RequestSender sender = new RequestSender(content);
    private final ResponseRelay relay;
    private final Runnable clientGone = this::clientGone;
    private final Runnable clientWritable = this::clientWritable;
    private Phase phase = Phase.PREPARING;
    private @Nullable Exchange exchange;
    private @Nullable ForwardSettings settings;
    private @Nullable Destination destination;
    private @Nullable UpstreamConnection connection;
    private boolean isReused;
    private boolean hasReceived;
    private boolean isClientGone;
    private boolean isBroken;
    private boolean isFlushAwaited;

    Forwarding(LoopShare share) {
        this.share = share;
        this.attempts = new Attempts(share.clock());
        this.choosing = new Choosing(share, attempts, this);
        this.relay = new ResponseRelay(share.clock());
    }

    void begin(Exchange from, ForwardSettings how, Destination where) {
        exchange = from;
        settings = how;
        destination = where;
        phase = Phase.PREPARING;
        isClientGone = false;
        isBroken = false;
        attempts.begin(from, how, where);
        from.upstream().target(where.hostText(), where.portText());
        from.onClientGone(clientGone);
        content.take(from, how);
    }

    private Exchange exchange() {
        return Objects.requireNonNull(exchange);
    }

    private ForwardSettings settings() {
        return Objects.requireNonNull(settings);
    }

    private Destination destination() {
        return Objects.requireNonNull(destination);
    }

    private UpstreamConnection connection() {
        return Objects.requireNonNull(connection);
    }

    // The body of the request.

    @Override
    public void contentReady() {
        attempts.startClock();
        choosing.next();
    }

    @Override
    public void contentPiece(ByteBuf data) {
        UpstreamConnection to = connection;
        if (to == null) {
            data.release();
            return;
        }
        attempts.sent(data.readableBytes());
        sender.pass(to, data);
        to.within(settings().sendNanos());
    }

    @Override
    public void contentEnded() {
        UpstreamConnection to = connection;
        if (to != null) {
            sender.passed(to);
            checkSent(to);
        }
    }

    @Override
    public void contentFailed(RequestBody.Failure failure) {
        Exchange from = exchange();
        leave(Selection.Outcome.UNKNOWN);
        ContentFailures.answer(from, failure);
    }

    @Override
    public void contentLost(IOException failure) {
        Exchange from = exchange();
        attempts.report(LogLevel.CRIT, "storing a client request body failed (" + failure + ")");
        leave(Selection.Outcome.UNKNOWN);
        from.fail(500);
    }

    // Choosing a server and connecting to it.

    @Override
    public void waits() {
        phase = Phase.QUEUED;
    }

    @Override
    public void chosen(Member chosen) {
        ConnectionPool pool = share.pool(destination().poolKey(chosen));
        UpstreamConnection idle = pool.take(chosen.state());
        if (idle == null) {
            connect(pool, chosen);
        } else {
            isReused = true;
            connection = idle;
            idle.use(this);
            attempts.connected(idle, true);
            send(idle);
        }
    }

    private void connect(ConnectionPool pool, Member to) {
        isReused = false;
        phase = Phase.CONNECTING;
        connection = null;
        Dialer.dial(share, pool, to, destination(), settings(), Greeting.of(to, exchange()), this);
    }

    /// The connection exists, but does not stand yet.
    void dialing(UpstreamConnection opening) {
        connection = opening;
    }

    /// The connection stands, or TLS is agreed on, or neither will happen.
    ///
    /// @param failure null if all is well
    void stepEnded(UpstreamConnection dialed, @Nullable Throwable failure) {
        if (!dialed.isUsedBy(this)) {
            return;
        }
        if (failure != null) {
            attempts.unreached(dialed.server(), phase, failure);
            failed(Forward.Failure.ERROR);
        } else if (dialed.isSecured() && phase == Phase.CONNECTING) {
            phase = Phase.HANDSHAKING;
            dialed.within(settings().connectNanos());
        } else {
            attempts.connected(dialed, false);
            send(dialed);
        }
    }

    // Sending the request.

    private void send(UpstreamConnection to) {
        Exchange from = exchange();
        phase = Phase.SENDING;
        hasReceived = false;
        isFlushAwaited = false;
        attempts.sending();
        boolean isBodyExpected = !settings().requestHead().method(from).equals("HEAD");
        to.expect(settings().forward().response().bufferSize(), isBodyExpected);
        attempts.sent(
                sender.start(to, from, settings().requestHead(), destination().path()));
        if (content.isPassed()) {
            to.within(settings().sendNanos());
            content.pass(from);
        } else {
            sendMore();
        }
    }

    /// The other server can take more.
    void sendMore() {
        UpstreamConnection to = connection;
        if (to == null || phase.compareTo(Phase.SENDING) < 0) {
            return;
        }
        try {
            attempts.sent(sender.more(to));
            checkSent(to);
        } catch (IOException failure) {
            contentLost(failure);
        }
    }

    private void checkSent(UpstreamConnection to) {
        if (phase != Phase.SENDING) {
            return;
        }
        if (sender.isDone() && to.isFlushed()) {
            phase = Phase.AWAITING_HEAD;
            to.within(settings().readNanos(exchange()));
        } else {
            to.within(settings().sendNanos());
            if (sender.isDone() && !isFlushAwaited) {
                isFlushAwaited = true;
                to.whenFlushed();
            }
        }
    }

    /// All that was written is with the kernel.
    void flushed() {
        isFlushAwaited = false;
        if (phase == Phase.SENDING) {
            phase = Phase.AWAITING_HEAD;
            connection().within(settings().readNanos(exchange()));
        }
    }

    // The head of the answer.

    /// Where the connection puts the fields of the answer.
    Fields responseFields() {
        return exchange().upstream().fields();
    }

    void received(int bytes) {
        hasReceived = true;
        attempts.received(bytes);
    }

    void interimReceived(int status) {
        if (!isClientGone) {
            Interim.pass(exchange(), status);
        }
    }

    void headInvalid(String complaint) {
        attempts.report(LogLevel.ERROR, complaint + " while reading response header from upstream");
        failed(Forward.Failure.INVALID_HEADER);
    }

    void headReceived() {
        UpstreamConnection from = connection();
        int status = from.head().status();
        attempts.headReceived(from.head());
        if (isClientGone) {
            phase = Phase.PASSING_BODY;
            from.within(settings().readNanos(exchange()));
        } else if (status < 300 || !isReplaced(status)) {
            passHead(from);
        }
    }

    private void passHead(UpstreamConnection from) {
        Exchange to = exchange();
        ResponseRules rules = settings().response();
        String target = rules.internalTarget(to, from.head());
        if (!target.isEmpty()) {
            rules.carryOver(to, share.texts());
            leave(Selection.Outcome.WELL);
            InternalRedirect.follow(to, target);
            return;
        }
        phase = Phase.PASSING_BODY;
        rules.apply(to, from.head(), share.texts());
        attempts.answered();
        relay.begin(to, rules.isBuffered(to, from.head()), settings().forward().response());
        to.onWritable(clientWritable);
        from.within(settings().readNanos(exchange()));
        to.respond();
    }

    /// Whether the answer is not passed on: another server is asked, or our own page is shown.
    private boolean isReplaced(int status) {
        Exchange from = exchange();
        Forward.Failure failure = Retries.failureOf(status);
        if (failure != null && attempts.mayGoElsewhere(failure, content.isPassed())) {
            failed(failure);
            return true;
        }
        if (!Interception.applies(from, settings().forward().response(), status)) {
            return false;
        }
        leave(Selection.Outcome.WELL);
        from.fail(status);
        return true;
    }

    // The body of the answer.

    /// @param data owned by this
    void bodyData(ByteBuf data) {
        attempts.bodyReceived(data.readableBytes());
        if (isClientGone) {
            data.release();
            return;
        }
        try {
            relay.data(data);
        } catch (IOException failure) {
            lostAnswer("storing an upstream response failed (" + failure + ")");
        }
    }

    /// All data of this turn of the event loop is here.
    void readComplete() {
        UpstreamConnection from = connection;
        if (phase == Phase.PASSING_BODY && from != null) {
            if (!isClientGone) {
                relay.flush();
            }
            readOn(from);
        }
    }

    /// Reads on from the other server, now or later, or waits for the client.
    private void readOn(UpstreamConnection from) {
        long pause = isClientGone ? 0 : relay.pauseNanos();
        boolean wanted = isClientGone || (pause == 0 && relay.wantsMore());
        from.reading(wanted);
        from.within(wanted ? settings().readNanos(exchange()) : pause);
    }

    /// @param isReusable whether the connection can carry another request
    /// @param surplus whether the server sent more than it announced
    void bodyEnded(boolean isReusable, boolean surplus) {
        if (surplus) {
            attempts.report(
                    LogLevel.WARN, "upstream sent more data than specified in its header while reading upstream");
        }
        UpstreamConnection from = connection();
        Member served = attempts.server();
        connection = null;
        attempts.end(Selection.Outcome.WELL);
        from.giveBack(isReusable && sender.isDone(), destination().idle(served));
        drain();
    }

    /// Nothing more comes from the other server: what is here goes out, then it is over.
    private void drain() {
        content.clear();
        phase = Phase.DRAINING;
        if (isClientGone) {
            recycle();
        } else if (relay.isEmpty()) {
            complete();
        }
    }

    private void complete() {
        Exchange to = exchange();
        recycle();
        if (isBroken) {
            to.output().flush();
            to.carrier().abort();
        } else {
            to.end();
        }
    }

    private void clientWritable() {
        if (isClientGone || phase.compareTo(Phase.PASSING_BODY) < 0) {
            return;
        }
        try {
            relay.drain();
        } catch (IOException failure) {
            lostAnswer("reading a stored upstream response failed (" + failure + ")");
            return;
        }
        UpstreamConnection from = connection;
        if (from != null) {
            readOn(from);
        } else if (phase == Phase.DRAINING && relay.isEmpty()) {
            complete();
        }
    }

    void bodyInvalid() {
        breakOff(UpstreamFacts.Trouble.CUT, "upstream sent invalid chunked response while reading upstream");
    }

    /// The answer ends before its end: what is here goes out, and then the client is shown that it is not whole.
    private void breakOff(UpstreamFacts.Trouble trouble, String complaint) {
        attempts.brokeOff(trouble, complaint);
        isBroken = true;
        dropConnection();
        attempts.end(Selection.Outcome.UNKNOWN);
        drain();
    }

    private void lostAnswer(String complaint) {
        Exchange to = exchange();
        attempts.report(LogLevel.CRIT, complaint);
        leave(Selection.Outcome.UNKNOWN);
        to.carrier().abort();
    }

    // Failures.

    /// Nothing happened for too long, or the pause for the sake of a rate limit is over.
    void timedOut() {
        if (phase != Phase.PASSING_BODY) {
            attempts.report(LogLevel.ERROR, FailureText.timedOut(phase.words()));
            failed(Forward.Failure.TIMEOUT);
        } else if (!connection().isReading()) {
            readOn(connection());
        } else {
            breakOff(UpstreamFacts.Trouble.LATE, FailureText.timedOut(phase.words()));
        }
    }

    /// The connection is gone before the answer was complete.
    void connectionLost() {
        UpstreamConnection lost = connection();
        if (phase == Phase.PASSING_BODY) {
            breakOff(UpstreamFacts.Trouble.CUT, FailureText.lost(lost.failure(), phase.words()));
        } else if (phase == Phase.HANDSHAKING) {
            attempts.report(LogLevel.ERROR, "peer closed connection in SSL handshake while " + phase.words());
            failed(Forward.Failure.ERROR);
        } else if (isReused && !hasReceived && attempts.isSafeToRepeat(content.isPassed())) {
            connect(lost.pool(), attempts.server());
        } else {
            attempts.report(LogLevel.ERROR, FailureText.lost(lost.failure(), phase.words()));
            failed(Forward.Failure.ERROR);
        }
    }

    /// The present server failed: the next one is tried, or the client hears of it.
    private void failed(Forward.Failure failure) {
        dropConnection();
        attempts.fail(failure, phase);
        if (isClientGone || !attempts.mayGoOn(failure, content.isPassed())) {
            refused(attempts.statusFor(failure, phase));
        } else {
            choosing.nextAfter(failure, phase == Phase.CONNECTING);
        }
    }

    @Override
    public void refused(int status) {
        Exchange to = exchange();
        boolean gone = isClientGone;
        recycle();
        if (!gone) {
            to.fail(status);
        }
    }

    private void clientGone() {
        Exchange from = exchange();
        isClientGone = true;
        ContentFailures.clientLeft(from);
        boolean isAbortIgnored = settings().forward().response().ignoreClientAbort();
        if (isAbortIgnored && phase.isWithServer() && !content.isPassed()) {
            relay.clear();
            return;
        }
        if (connection != null) {
            attempts.clientLeft(phase);
        }
        leave(Selection.Outcome.UNKNOWN);
    }

    /// Lets everything go, the connection included.
    private void leave(Selection.Outcome outcome) {
        dropConnection();
        attempts.end(outcome);
        recycle();
    }

    private void dropConnection() {
        UpstreamConnection used = connection;
        connection = null;
        if (used != null) {
            used.close();
        }
    }

    private void recycle() {
        Exchange done = exchange();
        done.onWritable(null);
        done.onClientGone(null);
        exchange = null;
        settings = null;
        destination = null;
        choosing.clear();
        content.clear();
        sender.clear();
        relay.clear();
        attempts.clear();
        share.spare(this);
    }

    // A switched protocol.

    /// @return null if the switch was not asked for
    @Nullable
    UpstreamTunnel switched(UpstreamConnection from) {
        Exchange to = exchange();
        if (to.head().fields().first(FieldName.UPGRADE) < 0 || isClientGone) {
            headInvalid("upstream switched the protocol without being asked");
            return null;
        }
        attempts.headReceived(from.head());
        settings().response().apply(to, from.head(), share.texts());
        attempts.answered();
        UpstreamTunnel tunnel = new UpstreamTunnel(from, attempts, settings().tunnelNanos(to));
        connection = null;
        recycle();
        tunnel.open(to);
        return tunnel;
    }
}
