package dev.fairlead.engine.upstream;

import dev.fairlead.engine.net.Deadline;
import dev.fairlead.engine.upstream.server.Member;
import dev.fairlead.engine.upstream.server.ServerState;
import dev.fairlead.engine.upstream.server.Waiter;
import dev.fairlead.engine.upstream.server.WaitingLine;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// A forwarding's wait between two steps: for a place at a server, or for a while before the same server is tried
/// again. Belongs to one event loop; reused.
final class Waiting {
    /// Told how the wait ended.
    interface Owner {
        /// A place at that server is taken for the request.
        void placeGiven(ServerState place);

        /// The servers are to be chosen from again.
        void chooseAgain();

        /// It took too long.
        void waitedTooLong();
    }

    private final LoopShare share;
    private final Owner owner;
    private final Deadline deadline;
    private @Nullable WaitingLine line;
    private @Nullable Waiter waiter;
    private @Nullable LongAdder given;
    private long givenBefore;
    private boolean isBound;

    Waiting(LoopShare share, Owner owner) {
        this.share = share;
        this.owner = owner;
        this.deadline = new Deadline(share.loop(), share.clock(), this::expired);
    }

    /// @param only the server that the request is bound to; null for any
    /// @return false if there are too many that wait
    boolean begin(WaitingLine where, @Nullable Member only, Iterable<Member> servers) {
        Waiter made = new Waiter(share.loop(), only == null ? null : only.state(), this::given);
        if (!where.join(made)) {
            return false;
        }
        waiter = made;
        line = where;
        isBound = only != null;
        given = where.given(made.only());
        givenBefore = given.sum();
        deadline.set(Math.max(1, where.patienceNanos()));
        // A place may have come free before we stood in line.
        if (only != null) {
            where.offer(only.state());
        } else {
            servers.forEach(server -> where.offer(server.state()));
        }
        return true;
    }

    /// Whether it was for one server.
    boolean wasBound() {
        return isBound;
    }

    /// Requests that were given a place in the meantime, itself included; 0 if it did not stand in line.
    long others() {
        LongAdder counted = given;
        given = null;
        return counted == null ? 0 : Math.max(1, counted.sum() - givenBefore);
    }

    /// Waits before the same server is tried again.
    void pause(long nanos) {
        deadline.set(Math.max(1, nanos));
    }

    private void given(Waiter to, @Nullable ServerState place) {
        if (to != waiter) {
            if (place != null) {
                place.leave();
            }
            return;
        }
        waiter = null;
        line = null;
        deadline.lift();
        if (place == null) {
            owner.chooseAgain();
        } else {
            owner.placeGiven(place);
        }
    }

    private void expired() {
        if (waiter == null) {
            owner.chooseAgain();
        } else if (giveUp()) {
            owner.waitedTooLong();
        }
    }

    private boolean giveUp() {
        Waiter present = waiter;
        WaitingLine where = line;
        if (present == null || where == null || !where.giveUp(present)) {
            return false;
        }
        waiter = null;
        line = null;
        return true;
    }

    /// Waits for nothing any longer. A place that is on its way goes back.
    void clear() {
        deadline.lift();
        giveUp();
        waiter = null;
        line = null;
    }
}
