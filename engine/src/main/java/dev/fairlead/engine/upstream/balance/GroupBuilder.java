package dev.fairlead.engine.upstream.balance;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.upstream.server.Ceiling;
import dev.fairlead.engine.upstream.server.EarlierServers;
import dev.fairlead.engine.upstream.server.Member;
import dev.fairlead.engine.upstream.server.ServerGroup;
import dev.fairlead.engine.upstream.server.ServerState;
import dev.fairlead.engine.upstream.server.WaitingLine;
import dev.fairlead.model.upstream.Balance;
import dev.fairlead.model.upstream.Persistence;
import dev.fairlead.model.upstream.ServerTraits;
import dev.fairlead.model.upstream.Upstream;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Puts groups together from what the configuration says.
public final class GroupBuilder {
    private GroupBuilder() {}

    /// @param servers the addresses of each server, in the order of the upstream's; of no meaning for those that
    ///     follow names
    /// @param earlier what is known of servers; each is used once
    /// @param line where requests wait; null if they do not
    public static ServerGroup build(
            Upstream upstream,
            List<List<SocketAddress>> servers,
            EarlierServers earlier,
            @Nullable WaitingLine line,
            long now) {
        List<Member> primary = new ArrayList<>();
        List<Member> backup = new ArrayList<>();
        String secret = upstream.persistence().stream()
                .flatMap(way -> way instanceof Persistence.InCookie cookie ? cookie.secret().stream() : Stream.empty())
                .findFirst()
                .orElse("");
        for (int i = 0; i < servers.size(); i++) {
            Upstream.Server server = upstream.servers().get(i);
            List<Member> tier = server.backup() ? backup : primary;
            List<ServerState> states =
                    server.traits().lookup().isPresent() ? earlier.following(server) : earlier.at(servers.get(i), now);
            for (ServerState state : states) {
                state.configure(line, server.maxConnections());
                tier.add(member(server, state, tier.size(), i + 1, secret));
            }
        }
        boolean firstBackup = upstream.backups() == Upstream.Backups.FIRST;
        ServerGroup group = ServerGroup.of(upstream.name(), primary, backup, firstBackup, line);
        for (Member member : group.members()) {
            member.state()
                    .ceiling(member.traits()
                            .growth()
                            .map(growth -> new Ceiling(growth, group))
                            .orElse(null));
        }
        return group;
    }

    /// @param number its place in the configuration, from 1
    /// @param secret what cookies are made with for servers without one of their own; empty for none
    private static Member member(Upstream.Server server, ServerState state, int index, int number, String secret) {
        ServerTraits said = server.traits();
        ServerTraits traits = secret.isEmpty() || !said.cookie().isEmpty()
                ? said
                : said.withCookie(AddressCookie.of(secret, state.address()));
        return new Member(
                state,
                index,
                server.address().text(),
                server.weight(),
                server.maxConnections(),
                server.maxFailures(),
                server.failureWindow().toNanos(),
                server.down(),
                traits.number() == 0 ? traits.withNumber(number) : traits);
    }

    public static Balancer balancer(Upstream upstream, ServerGroup group, CompileContext context) {
        Balancer free = free(upstream, group, context);
        Bonds bonds = Bonds.compile(upstream, context);
        return bonds == null ? free : new Bonded(free, bonds);
    }

    private static Balancer free(Upstream upstream, ServerGroup group, CompileContext context) {
        return switch (upstream.balance()) {
            case Balance.RoundRobin() -> new Balancers.RoundRobin();
            case Balance.FixedRotation() -> new KeyedBalancers.Fixed(group.primary());
            case Balance.Keyed keyed -> KeyedBalancers.keyed(keyed, group.primary(), context);
            case Balance.LeastConnections() -> new Balancers.LeastConnections();
            case Balance.ClientAddress() -> new Balancers.ClientAddress();
            case Balance.Hash(var key, boolean consistent) ->
                consistent ? Ketama.over(group.primary(), context.text(key)) : new Balancers.Hash(context.text(key));
            case Balance.InOrder() -> new Balancers.InOrder();
            case Balance.Random(boolean bestOfTwo) -> new Balancers.Chance(bestOfTwo);
        };
    }
}
