package dev.fairlead.engine.upstream.server;

import dev.fairlead.engine.tally.Tallies;
import dev.fairlead.engine.tally.Tally;
import dev.fairlead.engine.text.LiveNumbers;
import dev.fairlead.model.text.Variable.UpstreamNumber;
import dev.fairlead.model.upstream.Duty;
import dev.fairlead.time.Clock;

/// What the servers of a group are doing at present, counted as HAProxy counts it.
public record GroupNumbers(ServerGroup group, Tallies tallies, Clock clock) implements LiveNumbers.Source {
    private static final long UNLIMITED = -1;

    @Override
    public long of(UpstreamNumber what) {
        return switch (what) {
            case SERVERS_UP -> servers();
            case CONNECTIONS -> active() + waiting();
            case QUEUED -> waiting();
            case QUEUED_EACH -> waitingEach();
            case REQUEST_RATE -> rate();
            case FREE -> places();
            case ROOM -> room();
            case WEIGHT -> weight();
        };
    }

    @Override
    public long of(String server, UpstreamNumber what) {
        for (Member member : group.members()) {
            if (member.isNamed(server)) {
                return of(member, what);
            }
        }
        return 0;
    }

    @Override
    public boolean has(String server) {
        for (Member member : group.members()) {
            if (member.isNamed(server)) {
                return true;
            }
        }
        return false;
    }

    private static long of(Member member, UpstreamNumber what) {
        return switch (what) {
            case SERVERS_UP -> member.isUsable() ? 1 : 0;
            case CONNECTIONS -> member.state().active();
            case QUEUED, QUEUED_EACH -> member.state().waiters().size();
            case REQUEST_RATE -> member.state().tally().rate();
            case FREE -> places(member);
            case ROOM -> room(member);
            case WEIGHT -> member.weight();
        };
    }

    private long rate() {
        Tally tally = tallies.back(group.name());
        return tally == null ? 0 : tally.rate();
    }

    private boolean isWilling(Member member) {
        return member.isWilling(clock.monotonicNanos());
    }

    private long willing(Tier tier) {
        long count = 0;
        for (Member member : tier.members()) {
            count += isWilling(member) ? 1 : 0;
        }
        return count;
    }

    /// Backup servers count only while they are used, and where one is used at a time as one.
    private long servers() {
        long first = willing(group.primary());
        if (first > 0 || group.backup().isEmpty()) {
            return first;
        }
        long second = willing(group.backup().get());
        return group.firstBackup() ? Math.min(1, second) : second;
    }

    private long active() {
        long count = 0;
        for (Member member : group.members()) {
            count += member.state().active();
        }
        return count;
    }

    private long waiting() {
        WaitingLine line = group.line();
        return line == null ? 0 : line.size();
    }

    private long waitingEach() {
        long servers = servers();
        return servers == 0 ? 2 * waiting() : (waiting() + servers - 1) / servers;
    }

    private long weight() {
        long sum = 0;
        for (Member member : group.members()) {
            sum += isWilling(member) ? member.weight() : 0;
        }
        return sum;
    }

    private long places() {
        long sum = 0;
        for (Member member : group.members()) {
            if (member.isUsable()) {
                long places = places(member);
                if (places == UNLIMITED) {
                    return UNLIMITED;
                }
                sum += places;
            }
        }
        return sum;
    }

    private static long places(Member member) {
        int queue = member.traits().queueLength();
        int most = member.maxConnections();
        return queue == 0 || most == 0
                ? UNLIMITED
                : (most - member.state().active())
                        + (queue - member.state().waiters().size());
    }

    private long room() {
        boolean usesBackups = willing(group.primary()) == 0;
        long sum = 0;
        for (Member member :
                (usesBackups && group.backup().isPresent() ? group.backup().get() : group.primary()).members()) {
            if (member.duty() == Duty.READY && isWilling(member)) {
                long room = room(member);
                if (room == UNLIMITED) {
                    return UNLIMITED;
                }
                sum += room;
                if (usesBackups && group.firstBackup()) {
                    return sum;
                }
            }
        }
        return sum;
    }

    private static long room(Member member) {
        int most = member.maxConnections();
        return most == 0 ? UNLIMITED : Math.max(0, most - member.state().active());
    }
}
