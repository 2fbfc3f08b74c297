package dev.fairlead.engine.upstream;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.net.Handovers;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.status.UpstreamStatus;
import dev.fairlead.model.upstream.Upstream;
import dev.fairlead.time.Clock;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocal;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// All servers that requests are passed to: their state outlives reloads. A part of
/// [dev.fairlead.engine.compile.Shared]: `shared.part(Upstreams.class, Upstreams::new)`. Safe for use by several
/// threads.
public final class Upstreams {
    private final Map<String, Known> groups = new ConcurrentHashMap<>();
    private final Handovers handovers = new Handovers();
    private final FastThreadLocal<LoopShare> shares = new FastThreadLocal<>();

    /// @param servers their addresses, when the group was made
    private record Known(Upstream upstream, List<List<SocketAddress>> servers, ServerGroup group) {}

    /// The event loop's own share. To be called on it.
    LoopShare share(EventLoop loop, Clock clock) {
        LoopShare known = shares.getIfExists();
        if (known == null) {
            known = new LoopShare(loop, clock, handovers);
            shares.set(known);
        }
        return known;
    }

    /// Which servers are this program itself.
    public Handovers handovers() {
        return handovers;
    }

    /// Looks a host name up without keeping the event loop waiting. To be called on the loop, where the
    /// receiver is told: the addresses, none if there are none.
    public void resolve(
            String host, Forward.Resolver by, EventLoop loop, Clock clock, Consumer<List<InetAddress>> receiver) {
        share(loop, clock).names().find(host, by, found -> receiver.accept(found.addresses()));
    }

    /// The servers of an upstream; the same object for the same upstream, whatever plan it stands in. A host that
    /// cannot be found is a problem, and the upstream does without it.
    ServerGroup group(Upstream upstream, CompileContext context) {
        NotYet.check(upstream, context);
        List<List<SocketAddress>> servers = new ArrayList<>();
        for (Upstream.Server server : upstream.servers()) {
            try {
                servers.add(HostLookup.addresses(server.address()));
            } catch (UnknownHostException unknown) {
                servers.add(List.of());
                context.problems()
                        .error(
                                "upstream.host-not-found",
                                server.origin().isBuiltIn() ? upstream.origin() : server.origin(),
                                "host not found in upstream \""
                                        + server.address().text() + "\"",
                                "names of upstream servers are looked up when the configuration is read");
            }
        }
        return group(upstream, servers, context.clock().monotonicNanos());
    }

    private synchronized ServerGroup group(Upstream upstream, List<List<SocketAddress>> servers, long now) {
        Known known = groups.get(upstream.name());
        if (known != null
                && known.upstream().equals(upstream)
                && known.servers().equals(servers)) {
            return known.group();
        }
        Map<SocketAddress, ServerState> earlier = known == null ? Map.of() : states(known.group());
        ServerGroup group = GroupBuilder.build(upstream, servers, earlier, now);
        groups.put(upstream.name(), new Known(upstream, servers, group));
        return group;
    }

    private static Map<SocketAddress, ServerState> states(ServerGroup group) {
        Map<SocketAddress, ServerState> states = new HashMap<>();
        for (Member member : members(group)) {
            states.putIfAbsent(member.state().address(), member.state());
        }
        return states;
    }

    private static List<Member> members(ServerGroup group) {
        List<Member> all = new ArrayList<>(List.of(group.primary().members()));
        group.backup().ifPresent(backup -> all.addAll(List.of(backup.members())));
        return all;
    }

    /// What the servers of these upstreams are doing, in their order.
    public List<UpstreamStatus> status(List<Upstream> upstreams, Clock clock) {
        List<UpstreamStatus> all = new ArrayList<>();
        for (Upstream upstream : upstreams) {
            Known known = groups.get(upstream.name());
            if (known != null) {
                all.add(status(known.group(), clock.monotonicNanos()));
            }
        }
        return all;
    }

    private static UpstreamStatus status(ServerGroup group, long now) {
        List<UpstreamStatus.Server> servers = new ArrayList<>();
        for (Member member : members(group)) {
            boolean isBackup = group.backup()
                    .map(backup -> List.of(backup.members()).contains(member))
                    .orElse(false);
            ServerState state = member.state();
            servers.add(new UpstreamStatus.Server(
                    state.name(),
                    state(group, member, isBackup, now),
                    state.active(),
                    state.requests(),
                    state.failures(),
                    state.idle()));
        }
        return new UpstreamStatus(group.name(), servers);
    }

    private static UpstreamStatus.State state(ServerGroup group, Member member, boolean isBackup, long now) {
        ServerState state = member.state();
        if (member.down()) {
            return UpstreamStatus.State.DOWN;
        }
        boolean rests = !group.isSingle() && state.isResting(member.maxFailures(), member.windowNanos(), now);
        if (rests || state.isTakenOut()) {
            return UpstreamStatus.State.UNAVAILABLE;
        }
        return isBackup ? UpstreamStatus.State.BACKUP : UpstreamStatus.State.AVAILABLE;
    }

    /// Takes a server out of every upstream it is in, so that no new request is sent to it; those it has go on.
    /// For a restart that loses none. An active health check may use the same switch.
    ///
    /// @param address as status shows it, such as `127.0.0.1:4001`
    /// @return how many upstreams it is in
    public int takeOut(String address) {
        return switchServer(address, true);
    }

    /// Puts it back.
    ///
    /// @return how many upstreams it is in
    public int putBack(String address) {
        return switchServer(address, false);
    }

    private int switchServer(String address, boolean out) {
        int count = 0;
        for (Known known : groups.values()) {
            for (Member member : members(known.group())) {
                if (member.state().name().equals(address)) {
                    member.state().takenOut(out);
                    count++;
                }
            }
        }
        return count;
    }

    /// Requests that a server is working on, in all upstreams it is in.
    public int active(String address) {
        int count = 0;
        for (Known known : groups.values()) {
            for (Member member : members(known.group())) {
                count += member.state().name().equals(address) ? member.state().active() : 0;
            }
        }
        return count;
    }
}
