package dev.fairlead.engine.upstream.name;

import dev.fairlead.engine.upstream.server.ServerState;
import dev.fairlead.model.upstream.NameLookup;
import dev.fairlead.model.upstream.NameServers;
import dev.fairlead.time.Clock;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The name servers of one section, and all names that they are asked for: as many at most as servers follow.
/// Belongs to one event loop.
final class Watch {
    private final NameServers by;
    private final EventLoop loop;
    private final Clock clock;
    private final List<AskedServer> servers;
    private final Map<Key, Look> looks = new HashMap<>();
    private List<Follower> followers = List.of();

    private record Key(List<Question> questions, boolean asksAll) {}

    Watch(NameServers by, EventLoop loop, Clock clock) {
        this.by = by;
        this.loop = loop;
        this.clock = clock;
        this.servers = by.servers().stream()
                .map(server -> new AskedServer(server, by.answerSize()))
                .toList();
    }

    NameServers by() {
        return by;
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
        return Question.about(name, Question.Kind.SRV)
                .map(question -> look(List.of(question), false))
                .orElse(null);
    }

    /// Null for what is no name.
    @Nullable
    Look hosts(String name, NameLookup.Family family) {
        Optional<Question> four = Question.about(name, Question.Kind.A);
        Optional<Question> six = Question.about(name, Question.Kind.AAAA);
        if (four.isEmpty() || six.isEmpty()) {
            return null;
        }
        return switch (family) {
            case IPV6_FIRST -> look(List.of(six.get(), four.get()), false);
            case IPV4_FIRST -> look(List.of(four.get(), six.get()), false);
            case BOTH -> look(List.of(four.get(), six.get()), true);
            case IPV4 -> look(List.of(four.get()), false);
            case IPV6 -> look(List.of(six.get()), false);
        };
    }

    private Look look(List<Question> questions, boolean asksAll) {
        return looks.computeIfAbsent(
                new Key(questions, asksAll), key -> new Look(by, servers, questions, asksAll, this));
    }

    void leave(Look look, Follower follower) {
        if (look.leave(follower)) {
            looks.values().remove(look);
        }
    }

    /// Counts of the name servers, as `show resolvers` shows them.
    String lines() {
        StringBuilder out = new StringBuilder("Resolvers section " + by.name() + "\n");
        servers.forEach(server -> out.append(" nameserver ")
                .append(server.name())
                .append(":\n")
                .append(server.counts().lines()));
        return out.toString();
    }
}
