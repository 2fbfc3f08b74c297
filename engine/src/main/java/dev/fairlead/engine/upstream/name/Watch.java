package dev.fairlead.engine.upstream.name;

import dev.fairlead.engine.upstream.server.ServerState;
import dev.fairlead.model.upstream.NameLookup;
import dev.fairlead.model.upstream.NameServers;
import dev.fairlead.time.Clock;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.dns.DnsRecordType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The name servers of one section, and all names that they are asked for: as many at most as servers follow.
/// Belongs to one event loop.
final class Watch {
    private final Inquiry.Asked asked;
    private final EventLoop loop;
    private final Clock clock;
    private final Map<Inquiry.Plan, Look> looks = new HashMap<>();
    private List<Follower> followers = List.of();

    Watch(Inquiry.Asked asked, EventLoop loop, Clock clock) {
        this.asked = asked;
        this.loop = loop;
        this.clock = clock;
    }

    NameServers by() {
        return asked.by();
    }

    EventLoop loop() {
        return loop;
    }

    Clock clock() {
        return clock;
    }

    long now() {
        return clock.monotonicNanos();
    }

    /// Goes over to these servers. Those that follow the same name as before go on. From any thread.
    void replace(List<NameWatches.Order> orders) {
        loop.execute(() -> {
            Map<ServerState, Follower> before = new HashMap<>();
            followers.forEach(follower -> before.put(follower.state(), follower));
            List<Follower> next = new ArrayList<>();
            List<Follower> fresh = new ArrayList<>();
            for (NameWatches.Order order : orders) {
                Follower known = before.get(order.member().state());
                if (known != null && known.lookup().equals(order.lookup())) {
                    before.remove(order.member().state());
                    known.adopt(order.group(), order.member());
                    next.add(known);
                } else {
                    Follower follower =
                            new Follower(this, order.group(), order.member(), order.lookup(), order.place());
                    next.add(follower);
                    fresh.add(follower);
                }
            }
            followers = next;
            fresh.forEach(Follower::begin);
            before.values().forEach(Follower::end);
        });
    }

    /// Ends all. From any thread.
    void stop() {
        loop.execute(() -> {
            List.copyOf(looks.values()).forEach(Look::stop);
            looks.clear();
            followers = List.of();
        });
    }

    /// Another name is asked for on behalf of a server. From any thread.
    void rename(ServerState state, String host) {
        loop.execute(() -> followers.stream()
                .filter(follower -> follower.state() == state)
                .findFirst()
                .ifPresent(follower -> follower.goTo(host)));
    }

    /// Null for what is no name.
    @Nullable
    Look services(String name) {
        return Question.about(name, DnsRecordType.SRV)
                .map(question -> look(new Inquiry.Plan(List.of(question), false)))
                .orElse(null);
    }

    /// Null for what is no name.
    @Nullable
    Look hosts(String name, NameLookup.Family family) {
        return Inquiry.Plan.hosts(name, family).map(this::look).orElse(null);
    }

    private Look look(Inquiry.Plan plan) {
        return looks.computeIfAbsent(plan, key -> new Look(asked, key, this));
    }

    void leave(Look look, Follower follower) {
        if (look.leave(follower)) {
            looks.values().remove(look);
        }
    }

    /// Counts of the name servers, as `show resolvers` shows them.
    String lines() {
        StringBuilder out = new StringBuilder("Resolvers section " + by().name() + "\n");
        asked.servers()
                .forEach(server -> out.append(" nameserver ")
                        .append(server.name())
                        .append(":\n")
                        .append(server.counts().lines()));
        return out.toString();
    }
}
