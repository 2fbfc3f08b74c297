package dev.fairlead.engine.upstream.name;

import dev.fairlead.engine.upstream.server.HostLookup;
import dev.fairlead.engine.upstream.server.Member;
import dev.fairlead.engine.upstream.server.ServerGroup;
import dev.fairlead.engine.upstream.server.ServerState;
import dev.fairlead.model.net.AddressRange;
import dev.fairlead.model.upstream.NameLookup;
import dev.fairlead.model.upstream.NameLookup.Family;
import dev.fairlead.model.upstream.NameServers;
import dev.fairlead.model.upstream.ServerTraits;
import dev.fairlead.source.Span;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.time.ManualClock;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Servers of one group that follow names which scripted name servers know, on an event loop of their own. How long
/// something holds goes by a clock that stands still until the test moves it.
final class NamesStage implements AutoCloseable {
    static final int PORT = 8080;
    static final NameServers.Holds HOLDS = new NameServers.Holds(
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofSeconds(30),
            Duration.ofSeconds(40),
            Duration.ofSeconds(50),
            Duration.ofSeconds(60));
    static final NameLookup.Choice CHOICE = new NameLookup.Choice(Family.IPV4, List.of(), false, false);

    /// So that a question that the test does not answer is not asked again.
    static final Duration LONG = Duration.ofMinutes(5);

    private static final Duration SOON = Duration.ofMillis(5);
    private static final int PATIENCE = 60;

    final ManualClock clock = new ManualClock(0);
    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final EventLoop loop = loops.next();
    private final Watch watch;
    private final List<Follower> followers = new ArrayList<>();

    /// @param patience with name servers
    /// @param tries how often they are asked
    NamesStage(Duration patience, int tries, ScriptedNames... names) {
        List<NameServers.Server> servers = new ArrayList<>();
        for (ScriptedNames each : names) {
            servers.add(new NameServers.Server("ns" + servers.size(), "127.0.0.1", each.port(), false));
        }
        NameServers by = new NameServers(
                "mydns",
                servers,
                false,
                tries,
                Optional.empty(),
                Optional.of(SOON),
                SOON,
                patience,
                HOLDS,
                512,
                Span.builtIn());
        watch = new Watch(Inquiry.Asked.of(by, new NameWatches().counts(by)), loop, clock);
    }

    NamesStage(ScriptedNames names) {
        this(LONG, 1, names);
    }

    /// Servers that follow a host, and begin to.
    ///
    /// @param places where each of them is at first, as literal addresses; empty for nowhere
    void follow(String host, NameLookup.Choice choice, String... places) {
        begin(new NameLookup(host, false, Optional.empty(), 1, List.of(), choice), places);
    }

    /// So many servers that stand for places of a service.
    void followService(String name, int count) {
        String[] nowhere = new String[count];
        Arrays.fill(nowhere, "");
        begin(new NameLookup(name, true, Optional.empty(), count, List.of(), CHOICE), nowhere);
    }

    private void begin(NameLookup lookup, String... places) {
        ServerTraits traits = traits(lookup);
        List<Member> members = new ArrayList<>();
        for (String place : places) {
            InetSocketAddress address = place.isEmpty()
                    ? InetSocketAddress.createUnresolved(lookup.host(), PORT)
                    : new InetSocketAddress(ScriptedNames.address(place), PORT);
            ServerState state = new ServerState(place, address, 0);
            state.host(lookup.isService() ? "" : lookup.host());
            if (place.isEmpty()) {
                state.moveTo(HostLookup.nowhere(lookup.host(), PORT), 0);
            }
            members.add(new Member(state, members.size(), lookup.host(), 1, 0, 0, 0, false, traits));
        }
        ServerGroup group = ServerGroup.of("group" + followers.size(), members, List.of());
        onLoop(() -> {
            for (Member member : members) {
                Follower follower = new Follower(watch, group, member, lookup, "test:1");
                followers.add(follower);
                follower.begin();
            }
            return true;
        });
    }

    private static ServerTraits traits(NameLookup lookup) {
        ServerTraits none = ServerTraits.NONE;
        return new ServerTraits(
                "",
                0,
                none.check(),
                none.tracks(),
                none.tls(),
                none.proxyHeader(),
                none.slowStart(),
                "",
                0,
                false,
                none.vigilance(),
                none.growth(),
                none.source(),
                Optional.of(lookup));
    }

    static NameLookup.Choice choice(Family family, boolean mayShare, AddressRange... near) {
        return new NameLookup.Choice(family, List.of(near), mayShare, false);
    }

    /// Where all servers are, in their order: `-` is nowhere.
    List<String> places() {
        return onLoop(() -> followers.stream()
                .map(follower -> follower.state().place())
                .map(place -> place.isKnown() ? place.text().replace(":" + PORT, "") : "-")
                .toList());
    }

    /// What hosts are asked for on behalf of the servers.
    List<String> hosts() {
        return onLoop(() ->
                followers.stream().map(follower -> follower.state().host()).toList());
    }

    List<Integer> weights() {
        return onLoop(() ->
                followers.stream().map(follower -> follower.member().weight()).toList());
    }

    /// Waits until the servers are there.
    void awaitPlaces(String... wanted) {
        Deadline.inSeconds(PATIENCE)
                .await(
                        "servers at " + List.of(wanted) + " instead of " + places(),
                        () -> places().equals(List.of(wanted)));
    }

    /// What is known of a host of IPv4.
    Look look(String host) {
        return onLoop(() -> Objects.requireNonNull(watch.hosts(host, Family.IPV4)));
    }

    /// The last server follows no longer.
    void endLast() {
        onLoop(() -> {
            followers.removeLast().end();
            return true;
        });
    }

    /// What the counts of a name server say under a name.
    String count(String of) {
        return onLoop(watch::lines)
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith(of + ":"))
                .map(line -> line.substring(of.length() + 1).strip())
                .findFirst()
                .orElseThrow();
    }

    <T> T onLoop(Callable<T> task) {
        try {
            return loop.submit(task).get(PATIENCE, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException failed) {
            throw new AssertionError(failed);
        }
    }

    @Override
    public void close() {
        watch.stop();
        loops.shutdownGracefully(0, PATIENCE, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
