package dev.fairlead.engine.upstream;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.model.upstream.Duty;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How one request finds its servers: which were tried, and how often it may still try. Reused.
final class Selection {
    private @Nullable ServerGroup group;
    private @Nullable Tier tier;
    private boolean[] tried = new boolean[8];
    private boolean[] candidates = new boolean[8];
    private boolean noneTried;
    private boolean isOnBackup;
    private int triesLeft;
    private @Nullable Member chosen;

    /// For balancers that look for a place in a hash: where they are, and how often they looked.
    long position;

    int looks;

    void begin(ServerGroup servers, int mostTries) {
        group = servers;
        tier = servers.primary();
        if (tried.length < servers.largestTier()) {
            tried = new boolean[servers.largestTier()];
            candidates = new boolean[servers.largestTier()];
        }
        forgetTried();
        isOnBackup = false;
        triesLeft = mostTries > 0 ? Math.min(mostTries, servers.tries()) : servers.tries();
        chosen = null;
        position = 0;
        looks = 0;
    }

    void clear() {
        group = null;
        tier = null;
        chosen = null;
    }

    ServerGroup group() {
        return Objects.requireNonNull(group);
    }

    Tier tier() {
        return Objects.requireNonNull(tier);
    }

    boolean isOnBackup() {
        return isOnBackup;
    }

    /// Servers that may still be tried, the present one included.
    int triesLeft() {
        return triesLeft;
    }

    /// Chooses a server and enters it; null if none is available.
    @Nullable
    Member next(Balancer balancer, Exchange exchange, long now) {
        ServerGroup servers = group();
        if (servers.isSingle()) {
            return onlyOne(servers.primary().members()[0]);
        }
        while (true) {
            Member found = balancer.choose(this, exchange, now);
            if (found == null) {
                if (isOnBackup || servers.backup().isEmpty()) {
                    return null;
                }
                isOnBackup = true;
                tier = servers.backup().get();
                forgetTried();
                continue;
            }
            tried[found.index()] = true;
            noneTried = false;
            if (found.state().enter(found.maxConnections())) {
                found.state().chosen(found.windowNanos(), now);
                chosen = found;
                return found;
            }
        }
    }

    private @Nullable Member onlyOne(Member member) {
        boolean isWanted = member.duty() == Duty.READY && !member.state().isFailing();
        if (!isWanted || !member.state().enter(member.maxConnections())) {
            return null;
        }
        chosen = member;
        return member;
    }

    boolean isOpen(Member member, long now) {
        return !tried[member.index()] && member.isAvailable(now);
    }

    /// The next in turn among those not tried and available.
    @Nullable
    Member takeTurn(long now) {
        Member[] members = tier().members();
        boolean all = noneTried;
        for (int i = 0; i < members.length; i++) {
            boolean open = isOpen(members[i], now);
            candidates[i] = open;
            all &= open;
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
    boolean release(Outcome outcome, long now) {
        Member member = chosen;
        if (member == null) {
            return false;
        }
        chosen = null;
        member.state().leave();
        if (group().isSingle()) {
            triesLeft = 0;
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
    void handOver() {
        chosen = null;
    }

    private boolean failed(Member member, long now) {
        int fails = member.state().failed(now);
        if (member.maxFailures() == 0) {
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
    enum Outcome {
        WELL,
        FAILED,
        /// Neither counts: the client left, or the server was never really asked.
        UNKNOWN
    }
}
