package dev.fairlead.engine.upstream.name;

import dev.fairlead.engine.upstream.server.ServerGroup;
import dev.fairlead.model.upstream.NameServers;
import dev.fairlead.time.Clock;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One name that is asked for again and again, for all that follow it. Keeps what it learnt for as long as that
/// holds.
/// Belongs to one event loop.
final class Look {
    /// Sooner than that a name is not asked again, whatever answers say.
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private static final Duration LONGEST = Duration.ofHours(1);

    private final Inquiry.Asked asked;
    private final Inquiry.Plan plan;
    private final NameServers by;
    private final EventLoop loop;
    private final Clock clock;
    private final Set<Follower> followers = new LinkedHashSet<>();
    private final Map<InetAddress, Long> addresses = new LinkedHashMap<>();
    private final Map<Reply.Service, Long> services = new LinkedHashMap<>();
    private Runnable inquiry = () -> {};
    private @Nullable ScheduledFuture<?> next;
    private long validNanos;
    private boolean isKnown;
    private String source = "";
    private @Nullable AskedServer told;
    private boolean isStopped;

    Look(Inquiry.Asked asked, Inquiry.Plan plan, Watch watch) {
        this.asked = asked;
        this.plan = plan;
        this.by = asked.by();
        this.loop = watch.loop();
        this.clock = watch.clock();
        this.validNanos = clock.monotonicNanos();
    }

    /// Whether an answer is known that still holds.
    boolean isKnown() {
        return isKnown;
    }

    /// In the order in which they were heard of.
    List<InetAddress> addresses() {
        return List.copyOf(addresses.keySet());
    }

    List<Reply.Service> services() {
        return List.copyOf(services.keySet());
    }

    Set<Follower> followers() {
        return followers;
    }

    void follow(Follower follower) {
        followers.add(follower);
        if (next == null) {
            next = loop.schedule(this::begin, 0, TimeUnit.NANOSECONDS);
        } else if (isKnown) {
            settle(follower.group());
        }
    }

    /// @return whether nobody follows any longer, and it has ended
    boolean leave(Follower follower) {
        followers.remove(follower);
        if (followers.isEmpty()) {
            stop();
        }
        return followers.isEmpty();
    }

    void stop() {
        isStopped = true;
        inquiry.run();
        ScheduledFuture<?> planned = next;
        if (planned != null) {
            planned.cancel(false);
        }
    }

    private void begin() {
        if (!isStopped) {
            inquiry = Inquiry.begin(asked, plan, true, loop, this::learnt);
        }
    }

    private void learnt(Inquiry.Outcome outcome) {
        long now = clock.monotonicNanos();
        if (outcome.found().isEmpty()) {
            failed(now, outcome.trouble());
        } else {
            AskedServer last = outcome.told();
            told = last;
            source = last == null ? by.name() : by.name() + "/" + last.name();
            found(now, outcome.found());
        }
        if (!isStopped) {
            next = loop.schedule(this::begin, pause(outcome.found()).toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void found(long now, List<Reply.Found> gathered) {
        isKnown = true;
        validNanos = now;
        for (Reply.Found each : gathered) {
            each.addresses().forEach(address -> addresses.put(address, now));
            for (Reply.Service service : each.services()) {
                services.keySet().removeIf(known -> known.isSamePlace(service) && !known.equals(service));
                services.put(service, now);
            }
        }
        long missing = by.holds().missing().toNanos();
        addresses.values().removeIf(seen -> seen != now && now - seen >= missing);
        services.values().removeIf(seen -> seen != now && now - seen >= missing);
        Set.copyOf(followers).stream().map(Follower::group).distinct().forEach(this::settle);
    }

    /// Gives each server of a group its place, as long as there are any.
    @SuppressWarnings("ReferenceEquality") // Groups are themselves, however alike they are.
    private void settle(ServerGroup group) {
        Tenancy.settle(
                this, followers.stream().filter(each -> each.group() == group).toList());
    }

    /// Who answered last.
    String source() {
        return source;
    }

    /// A server has moved.
    void moved() {
        AskedServer last = told;
        if (last != null) {
            last.counts().update();
        }
    }

    private void failed(long now, Reply.Trouble trouble) {
        if (now - validNanos < hold(trouble).toNanos()) {
            return;
        }
        isKnown = false;
        addresses.clear();
        services.clear();
        List.copyOf(followers).forEach(follower -> follower.lost(reason(trouble)));
    }

    private Duration hold(Reply.Trouble trouble) {
        NameServers.Holds holds = by.holds();
        return switch (trouble) {
            case UNKNOWN -> holds.unknown();
            case SILENT -> holds.silent();
            case REFUSED -> holds.refused();
            case EMPTY -> holds.empty();
            case ALIAS, TRUNCATED, OTHER, INVALID -> holds.other();
        };
    }

    private static String reason(Reply.Trouble trouble) {
        return switch (trouble) {
            case UNKNOWN -> "DNS NX status";
            case SILENT -> "DNS timeout status";
            case REFUSED -> "DNS refused status";
            case EMPTY, ALIAS, TRUNCATED, OTHER, INVALID -> "unspecified DNS error";
        };
    }

    private Duration pause(List<Reply.Found> gathered) {
        if (gathered.isEmpty()) {
            return by.again();
        }
        if (by.interval().isPresent()) {
            return by.interval().get();
        }
        long seconds = gathered.stream().mapToLong(Reply.Found::seconds).min().orElse(0);
        Duration wanted = Duration.ofSeconds(seconds);
        return wanted.compareTo(SHORTEST) < 0 ? SHORTEST : wanted.compareTo(LONGEST) > 0 ? LONGEST : wanted;
    }

    @Override
    public String toString() {
        return plan.questions().getFirst().host();
    }
}
