package dev.fairlead.engine.upstream;

import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.FieldName;
import dev.fairlead.engine.http.Fields;
import dev.fairlead.engine.http.Method;
import dev.fairlead.engine.http.RequestBody;
import dev.fairlead.engine.http.UpstreamFacts;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.http.LogLevel;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One request on its way through another server and back: takes the body in, chooses a server, sends, tries the
/// next one, passes the answer on. Belongs to one event loop; reused for the loop's next request.
final class Forwarding implements RequestContent.Owner {
    private static final int CLIENT_CLOSED_REQUEST = 499;
    private static final int BAD_GATEWAY = 502;

    /// What is being done; also how the error log names it.
    private enum Phase {
        PREPARING("preparing request"),
        CONNECTING("connecting to upstream"),
        SENDING("sending request to upstream"),
        AWAITING_HEAD("reading response header from upstream"),
        PASSING_BODY("reading upstream"),
        /// The answer is complete here, and not yet with the client.
        DRAINING("sending to client");

        private final String words;

        Phase(String words) {
            this.words = words;
        }
    }

    private final LoopShare share;
    private final Selection selection = new Selection();
    private final RequestContent content = new RequestContent(this);
    private final RequestSender sender = new RequestSender(content);
    private final ResponseRelay relay = new ResponseRelay();
    private final Runnable clientGone = this::clientGone;
    private final Runnable clientWritable = this::clientWritable;
    private Phase phase = Phase.PREPARING;
    private @Nullable Exchange exchange;
    private @Nullable ForwardSettings settings;
    private @Nullable Destination destination;
    private @Nullable UpstreamConnection connection;
    private UpstreamFacts.@Nullable Attempt attempt;
    private @Nullable Member server;
    private long startedNanos;
    private long attemptNanos;
    private long bodyNanos;
    private boolean isReused;
    private boolean isRequestSent;
    private boolean hasReceived;
    private boolean isClientGone;
    private boolean isBroken;
    private boolean isThrottled;

    Forwarding(LoopShare share) {
        this.share = share;
    }

    void begin(Exchange from, ForwardSettings how, Destination where) {
        exchange = from;
        settings = how;
        destination = where;
        phase = Phase.PREPARING;
        isRequestSent = false;
        isClientGone = false;
        isBroken = false;
        isThrottled = false;
        selection.begin(where.group(), how.forward().retry().tries());
        from.upstream().target(where.hostText(), where.portText());
        from.onClientGone(clientGone);
        Forward.Request request = how.forward().request();
        Text replacement = how.body();
        if (replacement != null || !request.passBody()) {
            content.drop(from, replacement == null ? null : replacement.of(from));
        } else if (!from.body().isExpected()) {
            contentReady();
        } else if (request.buffering() || (isLengthUnknown(from) && request.version() == Forward.Version.HTTP_1_0)) {
            content.hold(from);
        } else {
            sender.willPass();
            contentReady();
        }
    }

    private static boolean isLengthUnknown(Exchange from) {
        return from.head().contentLength() < 0;
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

    private long now() {
        return share.clock().monotonicNanos();
    }

    // The body of the request.

    @Override
    public void contentReady() {
        startedNanos = now();
        tryNext();
    }

    @Override
    public void contentPiece(ByteBuf data) {
        UpstreamConnection to = connection;
        if (to == null) {
            data.release();
            return;
        }
        countSent(data.readableBytes());
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
        abandon();
        switch (failure) {
            case TOO_LARGE -> from.fail(413);
            case TIMEOUT -> from.fail(408);
            case MALFORMED -> from.fail(400);
            case CLIENT_GONE -> {}
        }
    }

    @Override
    public void contentLost(IOException failure) {
        Exchange from = exchange();
        from.place().report(from, LogLevel.CRIT, "storing a client request body failed (" + failure + ")");
        abandon();
        from.fail(500);
    }

    // Choosing a server and connecting to it.

    private void tryNext() {
        Exchange from = exchange();
        attemptNanos = now();
        Member chosen = selection.next(destination().balancer(), from, attemptNanos);
        server = chosen;
        if (chosen == null) {
            UpstreamFacts.Attempt none =
                    from.upstream().attempt(destination().group().name());
            none.status(BAD_GATEWAY);
            none.ended(0);
            report(LogLevel.ERROR, "no live upstreams while connecting to upstream");
            finish(BAD_GATEWAY);
            return;
        }
        attempt = from.upstream().attempt(chosen.state().name());
        ConnectionPool pool = share.pool(destination().poolKey());
        UpstreamConnection idle = pool.take(chosen.state());
        if (idle == null) {
            connect(pool, chosen);
        } else {
            isReused = true;
            connection = idle;
            idle.use(this);
            countConnected();
            send(idle);
        }
    }

    private void connect(ConnectionPool pool, Member to) {
        isReused = false;
        phase = Phase.CONNECTING;
        Dialer.dial(
                share,
                pool,
                to.state(),
                destination().local(),
                settings().forward().request().socketKeepAlive(),
                settings().connectNanos(),
                this);
    }

    void dialing(UpstreamConnection opening) {
        connection = opening;
    }

    /// @param failure null if the connection stands
    void connectEnded(UpstreamConnection dialed, @Nullable Throwable failure) {
        if (!dialed.isUsedBy(this)) {
            return;
        }
        if (failure == null) {
            countConnected();
            send(dialed);
        } else {
            report(FailureText.gravity(failure), FailureText.connecting(failure, dialed.server()));
            failed(Forward.Failure.ERROR);
        }
    }

    private void countConnected() {
        UpstreamFacts.Attempt present = attempt;
        if (present != null) {
            present.connected(isReused ? 0 : now() - attemptNanos);
        }
    }

    // Sending the request.

    private void send(UpstreamConnection to) {
        Exchange from = exchange();
        phase = Phase.SENDING;
        isRequestSent = true;
        hasReceived = false;
        to.expect(settings().forward().response().bufferSize(), from.head().method() != Method.HEAD);
        long sent =
                sender.start(to, from, settings().requestHead(), destination().path());
        countSent(sent);
        if (sender.isPassing()) {
            to.within(settings().sendNanos());
            content.pass(from);
        } else {
            checkSent(to);
        }
    }

    /// The other server can take more.
    void sendMore() {
        UpstreamConnection to = connection;
        if (to == null || phase == Phase.DRAINING) {
            return;
        }
        try {
            countSent(sender.more(to));
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
            to.within(settings().readNanos());
        } else {
            to.within(settings().sendNanos());
            if (sender.isDone()) {
                to.whenFlushed();
            }
        }
    }

    /// What was written is with the kernel.
    void flushed() {
        UpstreamConnection to = connection;
        if (to != null) {
            checkSent(to);
        }
    }

    private void countSent(long bytes) {
        UpstreamFacts.Attempt present = attempt;
        if (present != null) {
            present.addSent(bytes);
        }
    }

    // The head of the answer.

    /// Where the connection puts the fields of the answer.
    Fields responseFields() {
        return exchange().upstream().fields();
    }

    void received(int bytes) {
        hasReceived = true;
        UpstreamFacts.Attempt present = attempt;
        if (present != null) {
            present.addReceived(bytes);
        }
    }

    void interimReceived(int status) {
        if (status == 103 && !isClientGone) {
            exchange().carrier().interim(status, exchange().upstream().fields());
        }
    }

    void headInvalid(String complaint) {
        report(LogLevel.ERROR, complaint + " while reading response header from upstream");
        failed(Forward.Failure.INVALID_HEADER);
    }

    void headReceived() {
        UpstreamConnection from = Objects.requireNonNull(connection);
        int status = from.head().status();
        UpstreamFacts.Attempt present = attempt;
        if (present != null) {
            present.status(status);
            present.headerReceived(now() - attemptNanos);
        }
        if (isClientGone) {
            phase = Phase.PASSING_BODY;
            return;
        }
        if (status >= 300 && (isTriedElsewhere(status) || isIntercepted(status))) {
            return;
        }
        passHead(from);
    }

    private void passHead(UpstreamConnection from) {
        Exchange to = exchange();
        ResponseRules rules = settings().response();
        String accelerated = rules.internalTarget(to, from.head());
        if (!accelerated.isEmpty()) {
            rules.carryOver(to, share.texts());
            relayElsewhere(accelerated);
            return;
        }
        phase = Phase.PASSING_BODY;
        bodyNanos = now();
        rules.apply(to, from.head(), share.texts());
        relay.begin(to, rules.isBuffered(to, from.head()), settings().forward().response());
        to.onWritable(clientWritable);
        from.within(settings().readNanos());
        to.respond();
    }

    private void relayElsewhere(String target) {
        Exchange from = exchange();
        abandonWell();
        InternalRedirect.follow(from, target);
    }

    private boolean isTriedElsewhere(int status) {
        Forward.Failure failure = Retries.failureOf(status);
        if (failure == null || selection.triesLeft() <= 1 || !mayTryAgain(failure)) {
            return false;
        }
        failed(failure);
        return true;
    }

    private boolean isIntercepted(int status) {
        Exchange from = exchange();
        if (!settings().forward().response().interceptErrors()
                || from.place().settings().errorPages().pageFor(status).isEmpty()) {
            return false;
        }
        if (status == 401) {
            Fields fields = from.upstream().fields();
            int challenge = fields.first(FieldName.WWW_AUTHENTICATE);
            if (challenge >= 0) {
                from.response().carry(fields, challenge);
            }
        }
        abandonWell();
        from.fail(status);
        return true;
    }

    // The body of the answer.

    /// @param data owned by this
    void bodyData(ByteBuf data) {
        UpstreamFacts.Attempt present = attempt;
        if (present != null) {
            present.addBody(data.readableBytes());
        }
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
        if (phase != Phase.PASSING_BODY || from == null) {
            return;
        }
        if (!isClientGone) {
            relay.flush();
        }
        long pause = isClientGone ? 0 : relay.pauseNanos(now() - bodyNanos);
        if (pause > 0) {
            isThrottled = true;
            from.reading(false);
            from.within(pause);
        } else {
            readOn(from);
        }
    }

    private void readOn(UpstreamConnection from) {
        boolean wanted = isClientGone || relay.wantsMore();
        from.reading(wanted);
        from.within(wanted ? settings().readNanos() : 0);
    }

    /// @param isReusable whether the connection can carry another request
    /// @param surplus whether the server sent more than it announced
    void bodyEnded(boolean isReusable, boolean surplus) {
        if (surplus) {
            report(LogLevel.WARN, "upstream sent more data than specified in its header while reading upstream");
        }
        UpstreamConnection from = Objects.requireNonNull(connection);
        connection = null;
        long now = now();
        UpstreamFacts.Attempt present = attempt;
        if (present != null) {
            present.ended(now - attemptNanos);
        }
        if (isReusable && sender.isDone() && from.isFlushed()) {
            from.reading(true);
            from.pool().offer(from, destination().idle(), now);
        } else {
            from.close();
        }
        selection.release(Selection.Outcome.WELL, now);
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
        boolean broken = isBroken;
        recycle();
        if (broken) {
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
            if (!isThrottled) {
                readOn(from);
            }
        } else if (phase == Phase.DRAINING && relay.isEmpty()) {
            complete();
        }
    }

    void bodyInvalid() {
        breakOff("upstream sent invalid chunked response while reading upstream");
    }

    /// The answer ends before its end: what is here goes out, and then the client is shown that it is not whole.
    private void breakOff(String complaint) {
        report(LogLevel.ERROR, complaint);
        isBroken = true;
        UpstreamConnection from = connection;
        connection = null;
        if (from != null) {
            from.close();
        }
        selection.release(Selection.Outcome.UNKNOWN, now());
        content.clear();
        phase = Phase.DRAINING;
        if (isClientGone) {
            recycle();
        } else if (relay.isEmpty()) {
            relay.flush();
            complete();
        }
    }

    private void lostAnswer(String complaint) {
        Exchange to = exchange();
        report(LogLevel.CRIT, complaint);
        abandon();
        to.carrier().abort();
    }

    // Failures.

    /// Nothing happened for too long.
    void timedOut() {
        UpstreamConnection late = connection;
        if (isThrottled && late != null) {
            isThrottled = false;
            late.reading(true);
            late.within(settings().readNanos());
        } else if (phase == Phase.PASSING_BODY) {
            breakOff(FailureText.timedOut(phase.words));
        } else {
            report(LogLevel.ERROR, FailureText.timedOut(phase.words));
            failed(Forward.Failure.TIMEOUT);
        }
    }

    /// The connection is gone before the answer was complete.
    void connectionLost() {
        UpstreamConnection lost = Objects.requireNonNull(connection);
        if (phase == Phase.PASSING_BODY) {
            breakOff(FailureText.lost(lost.failure(), phase.words));
            return;
        }
        if (isReused && !hasReceived && isSafeToRepeat()) {
            connect(lost.pool(), Objects.requireNonNull(server));
            return;
        }
        report(LogLevel.ERROR, FailureText.lost(lost.failure(), phase.words));
        failed(Forward.Failure.ERROR);
    }

    private boolean isSafeToRepeat() {
        return !content.isPassed()
                && (settings().forward().retry().nonIdempotent()
                        || !Retries.isNonIdempotent(exchange().head().method()));
    }

    private boolean mayTryAgain(Forward.Failure failure) {
        long limit = settings().retryNanos();
        return settings().retriesOn(failure)
                && (!isRequestSent || isSafeToRepeat())
                && (limit == 0 || now() - startedNanos < limit);
    }

    /// The present server failed: the next one is tried, or the client hears of it.
    private void failed(Forward.Failure failure) {
        long now = now();
        UpstreamFacts.Attempt present = attempt;
        int status = Retries.statusFor(failure);
        if (present != null) {
            present.status(status);
            present.ended(now - attemptNanos);
        }
        UpstreamConnection failing = connection;
        connection = null;
        if (failing != null) {
            failing.close();
        }
        boolean countsAgainstIt = failure != Forward.Failure.STATUS_403 && failure != Forward.Failure.STATUS_404;
        boolean isOut = selection.release(countsAgainstIt ? Selection.Outcome.FAILED : Selection.Outcome.WELL, now);
        if (isOut) {
            report(LogLevel.WARN, "upstream server temporarily disabled while " + phase.words);
        }
        if (isClientGone) {
            recycle();
        } else if (selection.triesLeft() > 0 && mayTryAgain(failure)) {
            tryNext();
        } else {
            finish(status);
        }
    }

    private void finish(int status) {
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
        if (!from.response().isStarted()) {
            from.response().status(CLIENT_CLOSED_REQUEST);
        }
        boolean goesOn =
                settings().forward().response().ignoreClientAbort() && connection != null && !content.isPassed();
        if (goesOn) {
            relay.clear();
            return;
        }
        if (phase != Phase.DRAINING && phase != Phase.PREPARING) {
            report(
                    LogLevel.INFO,
                    "client prematurely closed connection, so upstream connection is closed too while " + phase.words);
        }
        abandon();
    }

    /// Lets everything go, the connection included.
    private void abandon() {
        leave(Selection.Outcome.UNKNOWN);
    }

    /// The same after an answer that is not passed on.
    private void abandonWell() {
        leave(Selection.Outcome.WELL);
    }

    private void leave(Selection.Outcome outcome) {
        UpstreamFacts.Attempt present = attempt;
        if (present != null && present.responseNanos() < 0) {
            present.ended(now() - attemptNanos);
        }
        UpstreamConnection used = connection;
        connection = null;
        if (used != null) {
            used.close();
        }
        selection.release(outcome, now());
        recycle();
    }

    private void recycle() {
        Exchange done = exchange();
        done.onWritable(null);
        done.onClientGone(null);
        exchange = null;
        settings = null;
        destination = null;
        attempt = null;
        server = null;
        content.clear();
        sender.clear();
        relay.clear();
        selection.clear();
        share.spare(this);
    }

    private void report(LogLevel level, String message) {
        Exchange from = exchange();
        Member asked = server;
        String peer =
                asked == null ? destination().group().name() : asked.state().name();
        String path = settings().requestHead().path().text(from, destination().path());
        from.upstream().url(destination().scheme() + "://" + peer + path);
        from.place().report(from, level, message);
        from.upstream().url("");
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
        UpstreamFacts.Attempt present = attempt;
        if (present != null) {
            present.status(from.head().status());
            present.headerReceived(now() - attemptNanos);
        }
        settings().response().apply(to, from.head(), share.texts());
        Member member = Objects.requireNonNull(server);
        selection.handOver();
        UpstreamTunnel tunnel = new UpstreamTunnel(from, member, settings().readNanos(), present);
        connection = null;
        recycle();
        tunnel.open(to);
        return tunnel;
    }
}
