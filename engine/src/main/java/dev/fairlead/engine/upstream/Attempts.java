package dev.fairlead.engine.upstream;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.UpstreamFacts;
import dev.fairlead.engine.upstream.answer.ResponseHead;
import dev.fairlead.engine.upstream.balance.Bonds;
import dev.fairlead.engine.upstream.balance.Recollection;
import dev.fairlead.engine.upstream.balance.Selection;
import dev.fairlead.engine.upstream.dial.Destination;
import dev.fairlead.engine.upstream.dial.FailureText;
import dev.fairlead.engine.upstream.server.Member;
import dev.fairlead.engine.upstream.server.Observed;
import dev.fairlead.engine.upstream.server.ServerGroup;
import dev.fairlead.engine.upstream.server.ServerState;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.http.LogLevel;
import dev.fairlead.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The servers that one request was given to so far: which one has it, how long that takes, whether another may
/// be tried. Reused.
final class Attempts {
    private static final int BAD_GATEWAY = 502;

    private final Clock clock;
    private final Selection selection = new Selection();
    private @Nullable Exchange exchange;
    private @Nullable ForwardSettings settings;
    private @Nullable Destination destination;
    private @Nullable Member server;
    private UpstreamFacts.@Nullable Attempt facts;
    private long firstNanos;
    private long nanos;
    private boolean isSent;
    private final Recollection recollection = new Recollection();

    Attempts(Clock clock) {
        this.clock = clock;
    }

    void begin(Exchange of, ForwardSettings how, Destination where) {
        exchange = of;
        settings = how;
        destination = where;
        server = null;
        facts = null;
        isSent = false;
        Forward.Retry retry = how.forward().retry();
        selection.begin(where.group(), retry.tries(), retry.insistence().isPresent());
        Forward.Insistence insistence = retry.insistence().orElse(null);
        if (insistence != null && insistence.elsewhereEvery() == 0) {
            selection.faithful();
        }
        Bonds bonds = where.balancer().bonds();
        recollection.clear();
        if (bonds != null) {
            bonds.recall(of, where.group(), recollection);
        }
        Member to = recollection.server();
        if (to != null) {
            selection.bind(to, recollection.isEvenDown());
        }
        if (!of.upstream().attempts().isEmpty()) {
            // An internal redirect stands between the earlier servers and these.
            of.upstream().attempt("");
        }
    }

    void clear() {
        exchange = null;
        settings = null;
        destination = null;
        server = null;
        facts = null;
        recollection.clear();
        selection.clear();
    }

    /// Starts counting the time that all attempts together may take.
    void startClock() {
        firstNanos = clock.monotonicNanos();
    }

    /// Gives the request to the next server; null if none is available.
    @Nullable
    Member next() {
        Exchange of = Objects.requireNonNull(exchange);
        Destination where = Objects.requireNonNull(destination);
        nanos = clock.monotonicNanos();
        return started(selection.next(where.balancer(), of, nanos));
    }

    /// The request got a place at a server that it waited for; null if that server is gone meanwhile.
    @Nullable
    Member placeGiven(ServerState place) {
        nanos = clock.monotonicNanos();
        return started(selection.placeGiven(place));
    }

    /// The request stood in line.
    void waited(boolean isBound, long others) {
        Objects.requireNonNull(exchange).upstream().waited(isBound, others);
    }

    private @Nullable Member started(@Nullable Member chosen) {
        server = chosen;
        facts = chosen == null
                ? null
                : Objects.requireNonNull(exchange)
                        .upstream()
                        .attempt(
                                chosen.state().name(),
                                chosen.name(),
                                chosen.state().tally(),
                                chosen.state().load());
        if (facts != null && chosen != null) {
            facts.started(nanos);
            facts.number(chosen.traits().number());
        }
        return chosen;
    }

    /// No server is available.
    ///
    /// @param trouble [UpstreamFacts.Trouble#LATE] where it was waited for too long
    void nobody(UpstreamFacts.Trouble trouble) {
        UpstreamFacts.Attempt none = Objects.requireNonNull(exchange)
                .upstream()
                .attempt(Objects.requireNonNull(destination).group().name());
        none.status(BAD_GATEWAY);
        none.trouble(trouble);
        none.started(clock.monotonicNanos());
        none.ended(0);
        facts = null;
    }

    /// What the client is told after a failure in that phase.
    int statusFor(Forward.Failure failure, Phase phase) {
        return Retries.statusFor(
                failure, phase, Objects.requireNonNull(settings).forward().unreachable());
    }

    /// What the client is told then.
    int statusForNobody() {
        return Objects.requireNonNull(settings).forward().unreachable().noneLeft();
    }

    /// How long the same server is let alone before it is tried again.
    long insistNanos() {
        return Objects.requireNonNull(settings).insistNanos();
    }

    /// Whether there is a server that only lacks room, and a place to wait.
    boolean mayWait() {
        return selection.mayWait(clock.monotonicNanos());
    }

    /// Begins to wait for a place.
    ///
    /// @return false if too many wait
    boolean wait(Waiting waiting) {
        ServerGroup group = selection.group();
        return waiting.begin(Objects.requireNonNull(group.line()), selection.pinned(), group.members());
    }

    /// Whether the server that failed is tried once more rather than another one. To be asked once it is done
    /// with; then it is the next.
    boolean insists() {
        Forward.Retry retry = Objects.requireNonNull(settings).forward().retry();
        Forward.Insistence insistence = retry.insistence().orElse(null);
        Member failed = server;
        if (insistence == null || failed == null || !failed.isUsable()) {
            return false;
        }
        int number = retry.tries() - selection.triesLeft();
        if (goesElsewhere(insistence.elsewhereEvery(), number, retry.tries() - 1)) {
            return false;
        }
        selection.bind(failed, false);
        return true;
    }

    /// @param number of this try, after the first
    private boolean goesElsewhere(int every, int number, int last) {
        if (every == 0) {
            return false;
        }
        boolean inTurn = recollection.server() == null
                && Objects.requireNonNull(destination).balancer().goesInTurn()
                && !selection.group().isSingle();
        return inTurn || (every > 0 ? number % every == 0 : number == last + 1 + every);
    }

    /// The server that has the request.
    Member server() {
        return Objects.requireNonNull(server);
    }

    /// Writes to the error log of the place, with the URL that is asked for.
    void report(LogLevel level, String message) {
        Exchange of = Objects.requireNonNull(exchange);
        Destination where = Objects.requireNonNull(destination);
        Member asked = server;
        String peer = asked == null ? where.group().name() : asked.state().name();
        String colon = peer.startsWith("unix:") ? ":" : "";
        String path = Objects.requireNonNull(settings).requestHead().path().text(of, where.path());
        of.upstream().url(where.scheme() + "://" + peer + colon + path);
        of.place().report(of, level, message);
        of.upstream().url("");
    }

    /// The server answered, and the head for the client is put together.
    void answered() {
        Bonds bonds = Objects.requireNonNull(destination).balancer().bonds();
        if (bonds != null) {
            bonds.answered(Objects.requireNonNull(exchange), server(), recollection);
        }
    }

    /// No connection to the server stands, or TLS could not be agreed on.
    void unreached(ServerState server, Phase phase, Throwable failure) {
        boolean isTls = phase == Phase.HANDSHAKING;
        report(
                isTls ? LogLevel.ERROR : FailureText.gravity(failure),
                isTls ? FailureText.handshaking(failure) : FailureText.connecting(failure, server));
    }

    /// The client left while its request was in that phase.
    void clientLeft(Phase phase) {
        report(
                LogLevel.INFO,
                "client prematurely closed connection, so upstream connection is closed too while " + phase.words());
    }

    /// The present server's answer ended before its end.
    void brokeOff(UpstreamFacts.Trouble trouble, String complaint) {
        trouble(trouble);
        report(LogLevel.ERROR, complaint);
    }

    private void trouble(UpstreamFacts.Trouble trouble) {
        if (facts != null) {
            facts.trouble(trouble);
        }
    }

    UpstreamFacts.@Nullable Attempt facts() {
        return facts;
    }

    /// @param wasReady whether it stood before
    void connected(UpstreamConnection connection, boolean wasReady) {
        if (!wasReady) {
            server().state().see(Observed.Sight.CONNECTED);
        }
        if (facts != null) {
            facts.over(connection.channel(), connection.tls());
            facts.connected(wasReady ? 0 : sinceStart());
        }
    }

    /// The request begins to be sent.
    void sending() {
        isSent = true;
    }

    void sent(long bytes) {
        if (facts != null) {
            facts.addSent(bytes);
        }
    }

    void received(long bytes) {
        if (facts != null) {
            facts.addReceived(bytes);
        }
    }

    void headReceived(ResponseHead head) {
        int status = head.status();
        server().state().see(Observed.Sight.of(status));
        if (facts != null) {
            facts.status(status);
            facts.minorVersion(head.minorVersion());
            facts.headerReceived(sinceStart());
        }
    }

    void bodyReceived(long bytes) {
        if (facts != null) {
            facts.addBody(bytes);
        }
    }

    private long sinceStart() {
        return clock.monotonicNanos() - nanos;
    }

    /// The present server is done with.
    ///
    /// @return whether the failure put it out of rotation
    boolean end(Selection.Outcome outcome) {
        long now = clock.monotonicNanos();
        if (facts != null && facts.responseNanos() < 0) {
            facts.ended(now - nanos);
        }
        return selection.release(outcome, now);
    }

    /// The present server failed in that way. If that put it out of rotation, the log says so.
    ///
    /// @param phase how far it came
    void fail(Forward.Failure failure, Phase phase) {
        if (phase == Phase.CONNECTING || phase == Phase.HANDSHAKING) {
            server().state().see(Observed.Sight.UNREACHABLE);
        } else if (Retries.isNoAnswer(failure)) {
            server().state().see(Observed.Sight.UNSOUND);
        }
        if (facts != null) {
            facts.status(Retries.statusFor(failure));
        }
        trouble(Retries.trouble(failure));
        boolean isItsAnswer = failure == Forward.Failure.STATUS_403 || failure == Forward.Failure.STATUS_404;
        boolean isOut = end(isItsAnswer ? Selection.Outcome.WELL : Selection.Outcome.FAILED);
        if (isOut) {
            report(LogLevel.WARN, "upstream server temporarily disabled while " + phase.words());
        }
    }

    /// Whether there is one more server besides the present one, and the rules let it be tried.
    boolean mayGoElsewhere(Forward.Failure failure, boolean isBodyGone) {
        return selection.triesLeft() > 1 && rulesAllow(failure, isBodyGone);
    }

    /// Whether, the present server being done with, another one may be tried.
    boolean mayGoOn(Forward.Failure failure, boolean isBodyGone) {
        return selection.triesLeft() > 0 && rulesAllow(failure, isBodyGone);
    }

    private boolean rulesAllow(Forward.Failure failure, boolean isBodyGone) {
        ForwardSettings rules = Objects.requireNonNull(settings);
        long limit = rules.retryNanos();
        return (rules.retriesOn(failure) || (!isSent && rules.retriesOn(Forward.Failure.CONNECT)))
                && (!isSent || isSafeToRepeat(isBodyGone))
                && (limit == 0 || clock.monotonicNanos() - firstNanos < limit);
    }

    /// Whether the request may be sent once more although it may have had its effect.
    ///
    /// @param isBodyGone whether its body was passed on and not kept
    boolean isSafeToRepeat(boolean isBodyGone) {
        Exchange of = Objects.requireNonNull(exchange);
        ForwardSettings rules = Objects.requireNonNull(settings);
        return !isBodyGone
                && (rules.forward().retry().nonIdempotent()
                        || !Retries.isNonIdempotent(of.head().method()));
    }

    /// The present server keeps the request for good; whoever has it now says when it is done.
    Member handOver() {
        selection.handOver();
        return server();
    }
}
