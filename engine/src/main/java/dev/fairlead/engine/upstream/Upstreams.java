package dev.fairlead.engine.upstream;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.net.Handovers;
import dev.fairlead.engine.tally.Tallies;
import dev.fairlead.engine.text.LiveNumbers;
import dev.fairlead.engine.upstream.balance.GroupBuilder;
import dev.fairlead.engine.upstream.check.HealthWatch;
import dev.fairlead.engine.upstream.check.HealthWatches;
import dev.fairlead.engine.upstream.name.NameWatches;
import dev.fairlead.engine.upstream.server.EarlierServers;
import dev.fairlead.engine.upstream.server.GroupNumbers;
import dev.fairlead.engine.upstream.server.GroupStatus;
import dev.fairlead.engine.upstream.server.HostLookup;
import dev.fairlead.engine.upstream.server.Member;
import dev.fairlead.engine.upstream.server.Orders;
import dev.fairlead.engine.upstream.server.ServerFacts;
import dev.fairlead.engine.upstream.server.ServerGroup;
import dev.fairlead.engine.upstream.server.ServerState;
import dev.fairlead.engine.upstream.server.UnknownHost;
import dev.fairlead.engine.upstream.server.WaitingLine;
import dev.fairlead.model.control.ServerCommand;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.status.UpstreamStatus;
import dev.fairlead.model.upstream.NameServers;
import dev.fairlead.model.upstream.ServerTraits;
import dev.fairlead.model.upstream.Upstream;
import dev.fairlead.source.Problems;
import dev.fairlead.time.Clock;
import io.netty.channel.EventLoop;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.FastThreadLocal;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// All servers that requests are passed to: their state outlives reloads. A part of
/// [dev.fairlead.engine.compile.Shared]: `shared.part(Upstreams.class, Upstreams::new)`. Safe for use by several
/// threads.
public final class Upstreams {
    private final Map<String, Known> groups = new ConcurrentHashMap<>();
    private final Map<String, WaitingLine> lines = new ConcurrentHashMap<>();
    private final Handovers handovers = new Handovers();
    private final HealthWatches watches = new HealthWatches();
    private final NameWatches names = new NameWatches();
    private final FastThreadLocal<LoopShare> shares = new FastThreadLocal<>();

    /// @param servers their addresses, when the group was made
    /// @param checks of those servers that have any
    private record Known(
            Upstream upstream, List<List<SocketAddress>> servers, ServerGroup group, List<HealthWatch.Order> checks) {}

    /// The event loop's own share. To be called on it.
    LoopShare share(EventLoop loop, Clock clock) {
        LoopShare known = shares.getIfExists();
        if (known == null) {
            known = new LoopShare(loop, clock, handovers, names);
            shares.set(known);
        }
        return known;
    }

    /// Who is asked for servers whose addresses change.
    public NameWatches names() {
        return names;
    }

    /// Which servers are this program itself.
    public Handovers handovers() {
        return handovers;
    }

    /// Whether name servers may be asked for it: it is no address.
    public static boolean isName(String host) {
        return !host.isEmpty() && host.indexOf(':') < 0 && !NetUtil.isValidIpV4Address(host);
    }

    /// Looks a host name up without keeping the event loop waiting. To be called on the loop, where the
    /// receiver is told: the addresses, none if there are none.
    public void resolve(
            String host, Forward.Resolver by, EventLoop loop, Clock clock, Consumer<List<InetAddress>> receiver) {
        share(loop, clock).names().find(host, by, found -> receiver.accept(found.addresses()));
    }

    /// Gets ready those whose servers are told apart: they are checked, tracked and counted though nothing may be
    /// passed to them.
    public void prepare(List<Upstream> upstreams, CompileContext context) {
        for (Upstream upstream : upstreams) {
            if (upstream.servers().stream().anyMatch(server -> !server.traits().equals(ServerTraits.NONE))) {
                group(upstream, context);
            }
        }
    }

    /// The servers of an upstream; the same object for the same upstream, whatever plan it stands in. A host that
    /// cannot be found is a problem, and the upstream does without it.
    ServerGroup group(Upstream upstream, CompileContext context) {
        List<List<SocketAddress>> servers = new ArrayList<>();
        long now = context.clock().monotonicNanos();
        Known before = groups.get(upstream.name());
        EarlierServers earlier = before == null ? EarlierServers.none() : EarlierServers.of(before.group());
        for (Upstream.Server server : upstream.servers()) {
            servers.add(addresses(upstream, server, earlier, now, context.problems()));
        }
        ServerGroup group = group(upstream, servers, earlier, context);
        Tallies tallies = context.shared().part(Tallies.class, Tallies::new);
        context.shared()
                .part(LiveNumbers.class, LiveNumbers::new)
                .put(upstream.name(), new GroupNumbers(group, tallies, context.clock()));
        return group;
    }

    /// None for a server that follows a name, and for one that cannot be found.
    private static List<SocketAddress> addresses(
            Upstream upstream, Upstream.Server server, EarlierServers earlier, long now, Problems problems) {
        try {
            if (server.traits().lookup().isEmpty()) {
                return HostLookup.addresses(server.address());
            }
            earlier.begin(server, now);
        } catch (UnknownHostException unknown) {
            problems.add(UnknownHost.of(upstream, server));
        }
        return List.of();
    }

    private synchronized ServerGroup group(
            Upstream upstream, List<List<SocketAddress>> servers, EarlierServers earlier, CompileContext context) {
        long now = context.clock().monotonicNanos();
        Known known = groups.get(upstream.name());
        if (known != null
                && known.upstream().equals(upstream)
                && known.servers().equals(servers)) {
            return known.group();
        }
        ServerGroup group = GroupBuilder.build(upstream, servers, earlier, line(upstream), now);
        groups.put(
                upstream.name(), new Known(upstream, servers, group, HealthWatch.Order.of(upstream, group, context)));
        return group;
    }

    private @Nullable WaitingLine line(Upstream upstream) {
        if (upstream.queue().isEmpty()) {
            return null;
        }
        WaitingLine line = lines.computeIfAbsent(
                upstream.name(), name -> new WaitingLine(upstream.queue().get()));
        line.limits(upstream.queue().get());
        return line;
    }

    private static List<Member> members(ServerGroup group) {
        return group.members();
    }

    /// What the servers of these upstreams are doing, in their order.
    public List<UpstreamStatus> status(List<Upstream> upstreams, Clock clock) {
        List<UpstreamStatus> all = new ArrayList<>();
        for (Upstream upstream : upstreams) {
            Known known = groups.get(upstream.name());
            if (known != null) {
                all.add(GroupStatus.of(known.group(), clock.monotonicNanos()));
            }
        }
        return all;
    }

    /// What is known of the servers of the upstream of that name, backups last; none if it is not known.
    public List<ServerFacts> facts(String upstream, Clock clock) {
        Known known = groups.get(upstream);
        if (known == null) {
            return List.of();
        }
        long now = clock.monotonicNanos();
        List<ServerFacts> all = new ArrayList<>();
        for (Member member : known.group().primary().members()) {
            all.add(ServerFacts.of(member, false, now));
        }
        known.group().backup().ifPresent(tier -> {
            for (Member member : tier.members()) {
                all.add(ServerFacts.of(member, true, now));
            }
        });
        all.sort(Comparator.comparingInt(ServerFacts::number));
        return all;
    }

    /// Tells a server something, in the upstream of that name.
    ///
    /// @param server its name, or its address as status shows it
    /// @return whether there is such a server
    public boolean tell(String upstream, String server, ServerCommand command, Clock clock) {
        Known known = groups.get(upstream);
        boolean isKnown = false;
        if (known != null) {
            for (Member member : members(known.group())) {
                if (member.isNamed(server)) {
                    Orders.carryOut(command, known.group(), member, clock.monotonicNanos());
                    if (command instanceof ServerCommand.SetHost(String host)) {
                        names.rename(member.state(), host);
                    }
                    isKnown = true;
                }
            }
        }
        return isKnown;
    }

    /// Has its servers be as those of the same upstreams are elsewhere at this moment, for whoever wants to know
    /// what would be chosen there without taking part.
    public void assume(Upstreams live) {
        groups.forEach((name, mine) -> {
            Known theirs = live.groups.get(name);
            if (theirs != null
                    && theirs.upstream().equals(mine.upstream())
                    && theirs.servers().equals(mine.servers())) {
                mine.group().assume(theirs.group());
            }
        });
    }

    /// Requests that wait for a server of the upstream of that name.
    public int queued(String upstream) {
        WaitingLine line = lines.get(upstream);
        return line == null ? 0 : line.size();
    }

    /// Goes over to the upstreams of the plan that runs from now on: their health checks begin, others end, and
    /// their names are asked for.
    ///
    /// @param sections name servers of the plan
    public void settle(List<Upstream> upstreams, List<NameServers> sections, List<EventLoop> loops, Clock clock) {
        List<HealthWatch.Order> orders = new ArrayList<>();
        List<NameWatches.Order> lookups = new ArrayList<>();
        for (Upstream upstream : upstreams) {
            Known known = groups.get(upstream.name());
            if (known != null) {
                orders.addAll(known.checks());
                lookups.addAll(NameWatches.Order.of(upstream, known.group()));
                follow(known.group());
            }
        }
        watches.replace(orders, loops, clock, handovers);
        names.replace(lookups, sections, loops, clock);
    }

    private void follow(ServerGroup group) {
        for (Member member : members(group)) {
            member.traits()
                    .tracks()
                    .ifPresentOrElse(
                            reference -> member.state().tracks(find(reference)),
                            () -> member.state().tracks(null));
        }
    }

    private @Nullable ServerState find(ServerTraits.Reference reference) {
        Known known = groups.get(reference.upstream());
        if (known != null) {
            for (Member member : members(known.group())) {
                if (member.isNamed(reference.server())) {
                    return member.state();
                }
            }
        }
        return null;
    }

    /// Ends all health checks and lookups.
    public void rest() {
        watches.stop();
        names.stop();
    }
}
