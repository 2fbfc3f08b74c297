package dev.fairlead.engine.upstream.server;

import dev.fairlead.engine.connection.Peer;
import dev.fairlead.engine.tally.Tally;
import dev.fairlead.model.status.UpstreamStatus;
import dev.fairlead.model.upstream.Duty;
import dev.fairlead.model.upstream.HealthCheck;
import dev.fairlead.model.upstream.ServerTraits;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// What is known of a server at one moment, for those who report.
///
/// @param number its place in the configuration, from 1
/// @param address where it is connected to
/// @param isPlaced whether it has an address; one that follows a name may have none
/// @param askedHost the name that it follows; empty for none
/// @param share its weight as configured
/// @param weight its weight at present
/// @param most most connections at once; 0 for no limit
/// @param active requests, or connections that are passed on, that it has
/// @param idle connections kept for the next request
/// @param queued requests that wait for it alone
/// @param duty what is wanted of it
/// @param isOffByConfiguration whether the configuration switches it off
/// @param isFailing whether its checks call it down
/// @param isLeaving whether its checks say that it is well and wants no new clients
/// @param agent what its agent said last; empty if it has none, or said nothing
/// @param isUnwatched whether an operator switched its checks off
/// @param check how it is checked; empty if it is not
/// @param result of the last check
/// @param changedNanos since when it is up or down, on the monotonic clock
/// @param downNanos how long it was down in all
/// @param slowPercent how much of its share it gets so far after it came back; 100 for all
public record ServerFacts(
        String name,
        int number,
        SocketAddress address,
        boolean isPlaced,
        String askedHost,
        boolean isBackup,
        int share,
        int weight,
        int most,
        int active,
        int idle,
        int queued,
        Duty duty,
        boolean isOffByConfiguration,
        boolean isFailing,
        boolean isLeaving,
        boolean isUnwatched,
        Optional<HealthCheck> check,
        Optional<UpstreamStatus.Check> result,
        Optional<Agent> agent,
        int failedChecks,
        int downs,
        long changedNanos,
        long downNanos,
        int slowPercent,
        ServerTraits traits,
        Tally tally) {

    public static ServerFacts of(Member member, boolean isBackup, long now) {
        ServerState state = member.state();
        return new ServerFacts(
                member.name(),
                member.traits().number(),
                state.address(),
                state.place().isKnown(),
                state.host(),
                isBackup,
                member.share(),
                state.weight(member.share()),
                member.maxConnections(),
                state.active(),
                state.idle(),
                state.waiters().size(),
                member.duty(),
                member.down(),
                state.isFailing(),
                state.isLeaving(),
                state.isUnwatched(),
                member.traits().check(),
                Optional.ofNullable(state.check()),
                agent(member),
                state.failedChecks(),
                state.downs(),
                state.changedNanos(),
                state.downNanos(now),
                slowPercent(member, now),
                member.traits(),
                state.tally());
    }

    /// An agent's last line.
    ///
    /// @param isDown whether it calls the server down
    public record Agent(boolean isDown, String words, long millis) {}

    private static Optional<Agent> agent(Member member) {
        Agency agency = member.state().agency();
        return member.traits().vigilance().agent().isEmpty() || agency.words().isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Agent(agency.isDown(), agency.words(), TimeUnit.NANOSECONDS.toMillis(agency.tookNanos())));
    }

    private static int slowPercent(Member member, long now) {
        long whole = member.traits().slowStart().toNanos();
        long back = now - member.state().upSinceNanos();
        return whole == 0 || back >= whole ? 100 : (int) Math.max(1, back * 100 / whole);
    }

    /// Whether requests may be sent to it.
    public boolean isUp() {
        return duty != Duty.MAINTENANCE && !isFailing;
    }

    /// Its address without the port.
    public String host() {
        if (!isPlaced) {
            return "-";
        }
        return address instanceof InetSocketAddress inet ? Peer.of(inet).text() : "unix";
    }

    public int port() {
        return address instanceof InetSocketAddress inet ? inet.getPort() : 0;
    }

    /// As people write it; empty if it has none.
    public String addressText() {
        return isPlaced ? HostLookup.text(address) : "";
    }
}
