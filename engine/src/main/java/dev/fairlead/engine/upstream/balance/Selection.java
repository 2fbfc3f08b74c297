package dev.fairlead.engine.upstream.balance;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.upstream.server.Member;
import dev.fairlead.engine.upstream.server.ServerGroup;
import dev.fairlead.engine.upstream.server.ServerState;
import dev.fairlead.engine.upstream.server.Tier;
import dev.fairlead.model.upstream.Duty;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How one request finds its servers: which were tried, and how often it may still try. Reused.
public final class Selection {
    private static final Balancer IN_ORDER = new Balancers.InOrder();

    private @Nullable ServerGroup group;
    private @Nullable Tier tier;
    private boolean[] tried = new boolean[8];
    private boolean[] candidates = new boolean[8];
    private boolean noneTried;
    private boolean isOnBackup;
    private int triesLeft;
    private @Nullable Member chosen;
    private @Nullable Member bound;
    private boolean isBoundEvenDown;
    private boolean isFaithful;
    private boolean isTurnedAway;
    private @Nullable Member pinned;
    private boolean insists;

    /// For balancers that look for a place in a hash: where they are, and how often they looked.
    long position;

    int looks;

    public void begin(ServerGroup servers, int mostTries) {
        begin(servers, mostTries, false);
    }

    /// @param insists whether a server may be tried several times
    public void begin(ServerGroup servers, int mostTries, boolean insists) {
        isFaithful = false;
        isTurnedAway = false;
        this.insists = insists;
        bound = null;
        pinned = null;
        group = servers;
        tier = servers.primary();
        if (tried.length < servers.largestTier()) {
            tried = new boolean[servers.largestTier()];
            candidates = new boolean[servers.largestTier()];
        }
        forgetTried();
        isOnBackup = false;
        int most = Math.max(1, servers.tries());
        triesLeft = insists ? Math.max(1, mostTries) : mostTries > 0 ? Math.min(mostTries, most) : most;
        chosen = null;
        position = 0;
        looks = 0;
    }

    public void clear() {
        group = null;
        tier = null;
        chosen = null;
        bound = null;
        pinned = null;
    }

    /// The next server is this one, if it may be used at all.
    ///
    /// @param evenDown whether it may be used in any case
    public void bind(Member to, boolean evenDown) {
        bound = to;
        isBoundEvenDown = evenDown;
    }

    /// Requests that are bound go to no other server than theirs while it is not down.
    public void faithful() {
        isFaithful = true;
    }

    /// The server that the request had better wait for; null for any.
    @Nullable
    public Member pinned() {
        return pinned;
    }

    public ServerGroup group() {
        return Objects.requireNonNull(group);
    }

    Tier tier() {
        return Objects.requireNonNull(tier);
    }

    boolean isOnBackup() {
        return isOnBackup;
    }

    /// Servers that may still be tried, the present one included.
    public int triesLeft() {
        return triesLeft;
    }

    /// Chooses a server and enters it; null if none is available.
    @Nullable
    public Member next(Balancer balancer, Exchange exchange, long now) {
        ServerGroup servers = group();
        Member wanted = bound;
        bound = null;
        pinned = null;
        if (wanted != null && (isBoundEvenDown || wanted.isUsable())) {
            if (enter(wanted, now)) {
                return wanted;
            }
            if (mayQueueFor(wanted)) {
                pinned = wanted;
                return null;
            }
            if (isFaithful) {
                isTurnedAway = true;
                return null;
            }
        }
        return servers.isSingle() ? onlyOne(servers.primary().members()[0]) : choose(servers, balancer, exchange, now);
    }

    private @Nullable Member choose(ServerGroup servers, Balancer balancer, Exchange exchange, long now) {
        while (true) {
            Balancer present = isOnBackup && servers.firstBackup() ? IN_ORDER : balancer;
            Member found = present.choose(this, exchange, now);
            if (found == null) {
                if (isOnBackup || servers.backup().isEmpty() || mayWait(now)) {
                    return null;
                }
                isOnBackup = true;
                tier = servers.backup().get();
                forgetTried();
                continue;
            }
            tried[found.index()] = true;
            noneTried = false;
            if (enter(found, now)) {
                return found;
            }
            if (present.binds() && mayQueueFor(found)) {
                pinned = found;
                return null;
            }
        }
    }

    private boolean enter(Member member, long now) {
        if (!member.state().enter(member.mostNow())) {
            return false;
        }
        member.state().chosen(member.windowNanos(), now);
        chosen = member;
        return true;
    }

    private boolean mayQueueFor(Member member) {
        int most = member.traits().queueLength();
        return group().line() != null && (most == 0 || member.state().waiters().size() < most);
    }

    /// Whether there is a server that only lacks room, and a place to wait.
    public boolean mayWait(long now) {
        if (group().line() == null || isTurnedAway) {
            return false;
        }
        if (pinned != null) {
            return true;
        }
        for (Member member : tier().members()) {
            if (!tried[member.index()] && member.isWilling(now)) {
                return true;
            }
        }
        return false;
    }

    /// A place at a server was given to the request.
    ///
    /// @return null if the server is not of this group any longer
    @Nullable
    public Member placeGiven(ServerState place) {
        Member member = group().member(place);
        chosen = member;
        if (member != null && isOfTier(member)) {
            tried[member.index()] = true;
            noneTried = false;
        }
        return member;
    }

    private boolean isOfTier(Member member) {
        Member[] members = tier().members();
        return member.index() < members.length && members[member.index()].state() == member.state();
    }

    private @Nullable Member onlyOne(Member member) {
        boolean isWanted = member.duty() == Duty.READY
                && !member.state().isFailing()
                && !member.state().isLeaving()
                && member.weight() > 0;
        if (!isWanted || !member.state().enter(member.mostNow())) {
            return null;
        }
        chosen = member;
        return member;
    }

    boolean isFirstTry() {
        return noneTried;
    }

    /// Whether it is willing and was not tried, be it full or not.
    boolean isUntried(Member member, long now) {
        return !tried[member.index()] && member.isWilling(now);
    }

    boolean isOpen(Member member, long now) {
        return !tried[member.index()] && member.isAvailable(now);
    }

    /// The next in turn among those not tried and available.
    @Nullable
    Member takeTurn(long now) {
        Member[] members = tier().members();
        boolean all = noneTried;
        boolean any = false;
        boolean heldBack = false;
        for (int i = 0; i < members.length; i++) {
            boolean open = isOpen(members[i], now);
            boolean slow = open && members[i].isSlowNow(now);
            candidates[i] = open && !slow;
            all &= candidates[i];
            any |= candidates[i];
            heldBack |= slow;
        }
        if (!any && heldBack) {
            for (int i = 0; i < members.length; i++) {
                candidates[i] = isOpen(members[i], now);
            }
        }
        int index = tier().turns().take(candidates, all);
        return index < 0 ? null : members[index];
    }

    /// The next in turn among the candidates; for balancers that narrowed them down.
    Member takeTurnAmong(boolean[] narrowed) {
        return tier().members()[tier().turns().take(narrowed, false)];
    }

    boolean[] candidates() {
        return candidates;
    }

    /// The server chosen last is done with.
    ///
    /// @return whether the failure put it out of rotation
    public boolean release(Outcome outcome, long now) {
        Member member = chosen;
        if (member == null) {
            return false;
        }
        chosen = null;
        member.state().leave();
        if (group().isSingle()) {
            triesLeft = insists ? triesLeft - 1 : 0;
            if (outcome == Outcome.FAILED) {
                member.state().failed(now);
            } else if (outcome == Outcome.WELL) {
                member.state().succeeded();
            }
            return false;
        }
        boolean isOut = false;
        switch (outcome) {
            case FAILED -> isOut = failed(member, now);
            case WELL -> member.state().succeeded();
            case UNKNOWN -> {}
        }
        if (triesLeft > 0) {
            triesLeft--;
        }
        return isOut;
    }

    /// The server chosen last stays entered; somebody else will leave it.
    public void handOver() {
        chosen = null;
    }

    private boolean failed(Member member, long now) {
        int fails = member.state().failed(now);
        if (member.maxFailures() == 0) {
            return false;
        }
        if (!isOfTier(member)) {
            return false;
        }
        tier().turns().lower(member.index(), member.weight() / member.maxFailures());
        return fails >= member.maxFailures();
    }

    private void forgetTried() {
        Arrays.fill(tried, false);
        noneTried = true;
    }

    /// How a server did with a request.
    public enum Outcome {
        WELL,
        FAILED,
        /// Neither counts: the client left, or the server was never really asked.
        UNKNOWN
    }
}
