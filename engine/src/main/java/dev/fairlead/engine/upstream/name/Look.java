package dev.fairlead.engine.upstream.name;

import dev.fairlead.engine.upstream.server.ServerGroup;
import dev.fairlead.model.upstream.NameServers;
import dev.fairlead.time.Clock;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One name that is asked for again and again, for all that follow it: all name servers at once, several times, for
/// addresses of the other family where there are none of the first. Keeps what it learnt for as long as that holds.
/// Belongs to one event loop.
final class Look {
    /// Sooner than that a name is not asked again, whatever answers say.
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private static final Duration LONGEST = Duration.ofHours(1);

    private final NameServers by;
    private final List<AskedServer> servers;
    private final List<Question> questions;
    private final boolean asksAll;
    private final EventLoop loop;
    private final Clock clock;
    private final Set<Follower> followers = new LinkedHashSet<>();
    private final List<AskedServer.Call> calls = new ArrayList<>();
    private final Map<InetAddress, Long> addresses = new LinkedHashMap<>();
    private final Map<Reply.Service, Long> services = new LinkedHashMap<>();
    private final List<Reply.Found> gathered = new ArrayList<>();
    private Reply.Trouble trouble = Reply.Trouble.SILENT;
    private @Nullable ScheduledFuture<?> next;
    private int stage;
    private int triesLeft;
    private int heard;
    private long validNanos;
    private boolean isKnown;
    private String source = "";
    private @Nullable AskedServer told;
    private boolean isStopped;

    /// @param questions asked one after the other
    /// @param asksAll whether each of them is; else only until one has an answer
    Look(NameServers by, List<AskedServer> servers, List<Question> questions, boolean asksAll, Watch watch) {
        this.by = by;
        this.servers = servers;
        this.questions = questions;
        this.asksAll = asksAll;
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
        hangUp();
        cancelTimer();
    }

    private void begin() {
        gathered.clear();
        trouble = Reply.Trouble.SILENT;
        stage = 0;
        triesLeft = by.tries() - 1;
        ask();
    }

    private void ask() {
        hangUp();
        if (isStopped) {
            return;
        }
        heard = 0;
        Question question = questions.get(stage);
        next = loop.schedule(this::nobodyElse, by.patience().toNanos(), TimeUnit.NANOSECONDS);
        for (AskedServer server : servers) {
            calls.add(server.ask(question, loop, reply -> answered(server, reply)));
        }
    }

    private void hangUp() {
        calls.forEach(AskedServer.Call::end);
        calls.clear();
    }

    private void answered(AskedServer server, Reply reply) {
        if (isStopped) {
            return;
        }
        heard++;
        switch (reply) {
            case Reply.Found found -> {
                gathered.add(found);
                source = by.name() + "/" + server.name();
                told = server;
                stageEnds();
            }
            case Reply.Nothing(Reply.Trouble why) -> {
                trouble = why;
                if (heard >= servers.size()) {
                    nothing();
                }
            }
        }
    }

    /// All have answered, none with anything of use.
    private void nothing() {
        if (stage + 1 < questions.size()) {
            cancelTimer();
            stage++;
            ask();
        } else if (triesLeft <= 0 || asksAll) {
            stageEnds();
        }
        // Else they are asked again when the time for an answer is over.
    }

    private void nobodyElse() {
        if (heard == 0) {
            servers.forEach(server -> server.counts().silent());
        }
        boolean isLast = stage + 1 >= questions.size();
        if (triesLeft <= 0) {
            trouble = heard == 0 ? Reply.Trouble.SILENT : trouble;
            stageEnds();
        } else if (heard == 0 || isLast) {
            stage = asksAll ? stage : 0;
            triesLeft--;
            ask();
        } else {
            stage++;
            ask();
        }
    }

    private void cancelTimer() {
        ScheduledFuture<?> planned = next;
        if (planned != null) {
            planned.cancel(false);
        }
    }

    private void stageEnds() {
        hangUp();
        cancelTimer();
        if (asksAll && stage + 1 < questions.size()) {
            stage++;
            triesLeft = by.tries() - 1;
            ask();
            return;
        }
        long now = clock.monotonicNanos();
        if (gathered.isEmpty()) {
            failed(now);
        } else {
            found(now);
        }
        next = loop.schedule(this::begin, pause().toNanos(), TimeUnit.NANOSECONDS);
    }

    private void found(long now) {
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

    private void failed(long now) {
        if (now - validNanos < hold().toNanos()) {
            return;
        }
        isKnown = false;
        addresses.clear();
        services.clear();
        List.copyOf(followers).forEach(follower -> follower.lost(reason()));
    }

    private Duration hold() {
        NameServers.Holds holds = by.holds();
        return switch (trouble) {
            case UNKNOWN -> holds.unknown();
            case SILENT -> holds.silent();
            case REFUSED -> holds.refused();
            case EMPTY -> holds.empty();
            case ALIAS, TRUNCATED, OTHER, INVALID -> holds.other();
        };
    }

    private String reason() {
        return switch (trouble) {
            case UNKNOWN -> "DNS NX status";
            case SILENT -> "DNS timeout status";
            case REFUSED -> "DNS refused status";
            case EMPTY, ALIAS, TRUNCATED, OTHER, INVALID -> "unspecified DNS error";
        };
    }

    private Duration pause() {
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
        return questions.getFirst().host();
    }
}
