package dev.fairlead.engine.upstream.server;

import dev.fairlead.engine.tally.Tally;
import dev.fairlead.model.status.UpstreamStatus;
import dev.fairlead.model.upstream.Duty;
import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.SocketAddress;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// What is known of one server while the program runs: how busy it is and how it fared. Shared by all event loops
/// and kept over reloads.
///
/// Every member is an atomic of its own, without a lock around them: each is read to make a choice that is
/// allowed to be a moment out of date (nginx reads the same numbers under a spin lock only because they share a
/// cache line with others). What must be exact, the order of turns, is one reference in [Turns].
public final class ServerState {
    private static final long LONG_AGO = 1L << 60;
    private static final int NOT_SAID = -1;

    private volatile Place place;
    private final AtomicInteger active = new AtomicInteger();
    private final IntSupplier load = active::get;
    private final AtomicInteger fails = new AtomicInteger();
    private final AtomicInteger idle = new AtomicInteger();
    private final LongAdder requests = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final Tally tally;
    private volatile long checkedNanos;
    private volatile long accessedNanos;
    private volatile boolean isFailing;
    private volatile long upSinceNanos;
    private volatile long changedNanos;
    private final AtomicLong downNanos = new AtomicLong();
    private final AtomicInteger downs = new AtomicInteger();
    private final AtomicInteger failedChecks = new AtomicInteger();
    private volatile @Nullable ServerState tracked;
    private volatile @Nullable Duty duty;
    private volatile int ordered = NOT_SAID;
    private volatile int most = NOT_SAID;
    private volatile boolean isUnwatched;
    private volatile @Nullable ChannelGroup connections;
    private final Queue<Waiter> waiters = new ConcurrentLinkedQueue<>();
    private final LongAdder givenToWaiters = new LongAdder();
    private volatile @Nullable WaitingLine line;
    private volatile int configuredMost;
    private volatile UpstreamStatus.@Nullable Check check;
    private volatile boolean isLeaving;
    private volatile String host = "";
    private volatile @Nullable Ceiling ceiling;
    private volatile @Nullable Observed observed;
    private final Agency agency = new Agency();

    /// @param name the address as logs show it
    public ServerState(String name, SocketAddress address, long now) {
        this.place = new Place(name, address, true);
        this.tally = new Tally(name);
        this.checkedNanos = now - LONG_AGO;
        this.accessedNanos = now - LONG_AGO;
        this.upSinceNanos = now - LONG_AGO;
        this.changedNanos = now;
    }

    /// Where a server is.
    ///
    /// @param text as logs show it
    /// @param isKnown whether it has an address; if not, `address` is none to connect to
    public record Place(String text, SocketAddress address, boolean isKnown) {}

    public String name() {
        return place.text();
    }

    public SocketAddress address() {
        return place.address();
    }

    /// The same object for as long as it stays there.
    public Place place() {
        return place;
    }

    /// It is somewhere else from now on, or nowhere.
    public void moveTo(Place next, long now) {
        Place before = place;
        place = next;
        if (before.isKnown() != next.isKnown()) {
            if (next.isKnown()) {
                upSinceNanos = now;
            }
            changedNanos = now;
        }
        changed();
    }

    /// The name that is asked for to find it; empty if none is.
    public String host() {
        return host;
    }

    public void host(String value) {
        host = value;
    }

    /// What is counted for it.
    public Tally tally() {
        return tally;
    }

    /// Requests it is working on.
    public int active() {
        return active.get();
    }

    /// The same, for whoever asks later.
    public IntSupplier load() {
        return load;
    }

    /// Failures that count at present.
    public int fails() {
        return fails.get();
    }

    /// Requests it was ever given.
    long requests() {
        return requests.sum();
    }

    /// Failures since the start.
    long failures() {
        return failures.sum();
    }

    /// Connections kept open for the next request, over all event loops.
    public int idle() {
        return idle.get();
    }

    public void idle(int change) {
        idle.addAndGet(change);
    }

    /// Whether health checks say that it is down: its own, its agent, or those of the server it tracks; or nobody
    /// knows where it is.
    public boolean isFailing() {
        ServerState other = tracked;
        return isFailing || !place.isKnown() || agency.isDown() || (other != null && other.isFailing());
    }

    /// Whether its own health checks say so.
    public boolean isCheckedDown() {
        return isFailing;
    }

    /// What its agent said.
    public Agency agency() {
        return agency;
    }

    /// Its agent calls it up or down.
    void agentDown(boolean value, long now) {
        if (agency.isDown() != value) {
            agency.down(value);
            if (!isFailing) {
                turned(value, now);
            }
        }
    }

    /// Whether it is well, but its checks say that it wants no new clients.
    public boolean isLeaving() {
        ServerState other = tracked;
        return isLeaving || (other != null && other.isLeaving());
    }

    public void leaving(boolean value) {
        if (isLeaving != value) {
            isLeaving = value;
            changed();
        }
    }

    public void observed(@Nullable Observed value) {
        observed = value;
    }

    /// A request has seen it like this.
    public void see(Observed.Sight sight) {
        Observed whoever = observed;
        if (whoever != null) {
            whoever.see(sight);
        }
    }

    public void failing(boolean value, long now) {
        if (value) {
            isLeaving = false;
        }
        boolean isOther = isFailing != value;
        isFailing = value;
        if (isOther && !agency.isDown()) {
            turned(value, now);
        } else {
            changed();
        }
    }

    /// It counts as down from now on, or as up.
    private void turned(boolean isDown, long now) {
        if (isDown) {
            downs.incrementAndGet();
            endConnections();
        } else {
            upSinceNanos = now;
            downNanos.addAndGet(now - changedNanos);
        }
        changedNanos = now;
        changed();
    }

    /// Ends the connections that are remembered.
    public void endConnections() {
        ChannelGroup open = connections;
        if (open != null) {
            open.close();
        }
    }

    /// Since when it counts as up or as down.
    long changedNanos() {
        return changedNanos;
    }

    /// How long its checks have called it down, all in all.
    long downNanos(long now) {
        return downNanos.get() + (isFailing || agency.isDown() ? now - changedNanos : 0);
    }

    /// How often its checks called it down.
    int downs() {
        return downs.get();
    }

    /// Checks of it that failed.
    int failedChecks() {
        return failedChecks.get();
    }

    /// Connections to it are remembered from now on, so that they can be ended when it goes down.
    public void keepsConnections() {
        if (connections == null) {
            connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
        }
    }

    public void connected(Channel channel) {
        ChannelGroup open = connections;
        if (open != null) {
            open.add(channel);
        }
    }

    /// Since when it counts as up; long ago if it always did.
    long upSinceNanos() {
        return upSinceNanos;
    }

    public void tracks(@Nullable ServerState other) {
        tracked = other;
    }

    /// What an operator wants of it; null if nobody said anything.
    @Nullable
    public Duty duty() {
        return duty;
    }

    public void duty(Duty value, long now) {
        if (value == Duty.READY && duty == Duty.MAINTENANCE) {
            upSinceNanos = now;
        }
        if (duty != value) {
            changedNanos = now;
        }
        duty = value;
        changed();
    }

    /// Its share: what an operator or a record of its service said, or else what the configuration says.
    int weight(int configured) {
        return ordered == NOT_SAID ? configured : ordered;
    }

    public void weigh(int value) {
        ordered = value;
    }

    void weighAsConfigured() {
        ordered = NOT_SAID;
    }

    /// Most connections at once; 0 for no limit.
    int most(int configured) {
        return most == NOT_SAID ? configured : most;
    }

    /// The same at the load of this moment.
    ///
    /// @param arriving requests that are not counted yet
    private int mostNow(int configured, int arriving) {
        Ceiling growing = ceiling;
        int whole = most(configured);
        return growing == null ? whole : growing.now(whole, arriving);
    }

    /// The same for a request that arrives.
    int mostNow(int configured) {
        return mostNow(configured, 1);
    }

    public void ceiling(@Nullable Ceiling value) {
        ceiling = value;
    }

    void limit(int value) {
        most = value;
        changed();
    }

    /// Whether its checks are switched off.
    public boolean isUnwatched() {
        return isUnwatched;
    }

    void unwatched(boolean value) {
        isUnwatched = value;
    }

    /// How it fared when it was last asked; null if it never was.
    public UpstreamStatus.@Nullable Check check() {
        return check;
    }

    public void check(UpstreamStatus.Check value) {
        if (!value.isWell() && !isFailing) {
            failedChecks.incrementAndGet();
        }
        check = value;
    }

    /// Whether failures keep it out of rotation.
    boolean isResting(int maxFailures, long windowNanos, long now) {
        return maxFailures > 0 && fails.get() >= maxFailures && now - checkedNanos <= windowNanos;
    }

    /// Where requests wait for it, and how many it takes by configuration.
    public void configure(@Nullable WaitingLine waiting, int mostConfigured) {
        line = waiting;
        configuredMost = mostConfigured;
    }

    /// Requests that wait for this server alone.
    public Queue<Waiter> waiters() {
        return waiters;
    }

    /// How often a request that waited for this server alone was given it.
    LongAdder givenToWaiters() {
        return givenToWaiters;
    }

    /// Whether clients that are bound to it may be sent to it.
    boolean isUsable() {
        return duty != Duty.MAINTENANCE && !isFailing();
    }

    boolean isOpenToAll() {
        return (duty == null || duty == Duty.READY) && !isFailing() && !isLeaving();
    }

    void countRequest() {
        requests.increment();
    }

    /// Counts one more request, unless there are as many as allowed.
    ///
    /// @param most 0 for no limit
    public boolean enter(int most) {
        if (!take(most)) {
            return false;
        }
        requests.increment();
        return true;
    }

    private boolean take(int most) {
        int count = active.incrementAndGet();
        if (most > 0 && count > most) {
            active.decrementAndGet();
            return false;
        }
        tally.peak(count);
        return true;
    }

    /// Takes a place for whoever waits.
    boolean takePlace() {
        return take(mostNow(configuredMost, 0));
    }

    void givePlaceBack() {
        active.decrementAndGet();
    }

    /// Notes that it is being tried although it failed before.
    public void chosen(long windowNanos, long now) {
        if (now - checkedNanos > windowNanos) {
            checkedNanos = now;
        }
    }

    /// A request is done with: its place goes to the next that waits.
    public void leave() {
        WaitingLine waiting = line;
        if (waiting == null) {
            active.decrementAndGet();
            return;
        }
        if (waiting.size() > 0 && hasRoom() && waiting.handOver(this)) {
            return;
        }
        active.decrementAndGet();
        if (waiting.size() > 0) {
            waiting.offer(this);
        }
    }

    /// Whether the limit was not lowered below what it has.
    private boolean hasRoom() {
        int limit = mostNow(configuredMost, 0);
        return limit == 0 || active.get() <= limit;
    }

    /// It takes requests again, or more of them, or none any longer.
    private void changed() {
        WaitingLine waiting = line;
        if (waiting != null && isUsable()) {
            waiting.offer(this);
        } else if (waiting != null) {
            waiting.dismiss(this);
        }
    }

    /// Is from now on as the other one is at this moment.
    void assume(ServerState other) {
        place = other.place;
        host = other.host;
        active.set(other.active.get());
        fails.set(other.fails.get());
        checkedNanos = other.checkedNanos;
        accessedNanos = other.accessedNanos;
        isFailing = other.isFailing();
        upSinceNanos = other.upSinceNanos;
        duty = other.duty;
        ordered = other.ordered;
        most = other.most;
    }

    /// @return how many failures count now
    public int failed(long now) {
        failures.increment();
        accessedNanos = now;
        checkedNanos = now;
        return fails.incrementAndGet();
    }

    /// A request went well: failures are forgotten if it was chosen after the last of them.
    public void succeeded() {
        if (fails.get() != 0 && accessedNanos - checkedNanos < 0) {
            fails.set(0);
        }
    }
}
