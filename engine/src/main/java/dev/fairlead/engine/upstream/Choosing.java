package dev.fairlead.engine.upstream;

import dev.fairlead.engine.http.UpstreamFacts;
import dev.fairlead.engine.upstream.server.Member;
import dev.fairlead.engine.upstream.server.ServerState;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.http.LogLevel;

/// Finds the server that a request is given to next: at once, or after a wait for one that has room. Belongs to
/// one forwarding.
final class Choosing implements Waiting.Owner {
    private static final int UNAVAILABLE = 503;

    /// Told what was found.
    interface Owner {
        void chosen(Member server);

        /// The request waits from now on.
        void waits();

        /// There is none, or it took too long.
        void refused(int status);
    }

    private final Attempts attempts;
    private final Owner owner;
    private final Waiting waiting;

    Choosing(LoopShare share, Attempts attempts, Owner owner) {
        this.attempts = attempts;
        this.owner = owner;
        this.waiting = new Waiting(share, this);
    }

    void next() {
        Member chosen = attempts.next();
        if (chosen != null) {
            owner.chosen(chosen);
        } else if (!attempts.mayWait()) {
            attempts.nobody(UpstreamFacts.Trouble.NONE);
            attempts.report(LogLevel.ERROR, "no live upstreams while connecting to upstream");
            owner.refused(attempts.statusForNobody());
        } else {
            owner.waits();
            if (!attempts.wait(waiting)) {
                refuse("too many requests wait for a server", UpstreamFacts.Trouble.NONE);
            }
        }
    }

    /// After a failure: the same server where the rules insist on it, after a pause if it refused the connection;
    /// else the next one.
    ///
    /// @param isUnreached whether it could not be connected to
    void nextAfter(Forward.Failure failure, boolean isUnreached) {
        if (attempts.insists() && isUnreached && failure == Forward.Failure.ERROR) {
            owner.waits();
            waiting.pause(attempts.insistNanos());
        } else {
            next();
        }
    }

    @Override
    public void placeGiven(ServerState place) {
        attempts.waited(waiting.wasBound(), waiting.others());
        Member chosen = attempts.placeGiven(place);
        if (chosen == null) {
            place.leave();
            next();
        } else {
            owner.chosen(chosen);
        }
    }

    @Override
    public void chooseAgain() {
        next();
    }

    @Override
    public void waitedTooLong() {
        attempts.waited(waiting.wasBound(), waiting.others());
        refuse("no server had room in time", UpstreamFacts.Trouble.LATE);
    }

    private void refuse(String complaint, UpstreamFacts.Trouble trouble) {
        attempts.nobody(trouble);
        attempts.report(LogLevel.ERROR, complaint + " while " + Phase.QUEUED.words());
        owner.refused(UNAVAILABLE);
    }

    /// Waits for nothing any longer.
    void clear() {
        waiting.clear();
    }
}
