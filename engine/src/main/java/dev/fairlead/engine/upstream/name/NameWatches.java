package dev.fairlead.engine.upstream.name;

import dev.fairlead.engine.upstream.server.Member;
import dev.fairlead.engine.upstream.server.ServerGroup;
import dev.fairlead.engine.upstream.server.ServerState;
import dev.fairlead.model.upstream.NameLookup;
import dev.fairlead.model.upstream.NameServers;
import dev.fairlead.model.upstream.Upstream;
import dev.fairlead.time.Clock;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// All servers of the plan that runs that follow names, and who is asked for them. Safe for use by several threads.
public final class NameWatches {
    private final List<Watch> running = new ArrayList<>();
    private final Map<NameServers, List<NameServerCounts>> counts = new HashMap<>();
    private int next;

    /// A server, and the name that it follows.
    ///
    /// @param place where the configuration says so
    public record Order(ServerGroup group, Member member, NameLookup lookup, String place) {
        /// @return none for servers that follow no name, or that nobody is asked for
        public static List<Order> of(Upstream upstream, ServerGroup group) {
            List<Order> orders = new ArrayList<>();
            for (Member member : group.members()) {
                member.traits()
                        .lookup()
                        .filter(lookup -> lookup.by().isPresent())
                        .ifPresent(lookup -> orders.add(new Order(group, member, lookup, place(upstream, member))));
            }
            return orders;
        }

        private static String place(Upstream upstream, Member member) {
            return upstream.servers().stream()
                    .filter(server ->
                            server.traits().name().equals(member.traits().name())
                                    && server.address().text().equals(member.configured()))
                    .map(Upstream.Server::origin)
                    .findFirst()
                    .orElse(upstream.origin())
                    .fileAndLine();
        }

        private Stream<NameServers> by() {
            return lookup.by().stream();
        }
    }

    /// Goes over to other servers.
    ///
    /// @param sections in whose order they are shown; those that no server is asked for included
    public synchronized void replace(
            List<Order> orders, List<NameServers> sections, List<EventLoop> loops, Clock clock) {
        Map<NameServers, List<Order>> wanted = new LinkedHashMap<>();
        sections.forEach(section -> wanted.put(section, new ArrayList<>()));
        orders.forEach(order -> order.by()
                .forEach(by ->
                        wanted.computeIfAbsent(by, section -> new ArrayList<>()).add(order)));
        List<Watch> gone = new ArrayList<>(running);
        List<Watch> now = new ArrayList<>();
        wanted.forEach((by, those) -> {
            Optional<Watch> known =
                    gone.stream().filter(watch -> watch.by().equals(by)).findFirst();
            Watch watch = known.orElseGet(
                    () -> new Watch(Inquiry.Asked.of(by, counts(by)), loops.get(next++ % loops.size()), clock));
            gone.remove(watch);
            now.add(watch);
            watch.replace(those);
        });
        gone.forEach(Watch::stop);
        running.clear();
        running.addAll(now);
        counts.keySet().retainAll(wanted.keySet());
    }

    /// Those of a section are counted together, whoever asks. Those of others are not shown.
    synchronized List<NameServerCounts> counts(NameServers by) {
        return counts.computeIfAbsent(
                by,
                section -> Stream.generate(NameServerCounts::new)
                        .limit(section.servers().size())
                        .toList());
    }

    /// Has another name asked for on behalf of a server.
    public synchronized void rename(ServerState server, String host) {
        running.forEach(watch -> watch.rename(server, host));
    }

    public synchronized void stop() {
        running.forEach(Watch::stop);
        running.clear();
    }

    /// Counts of all name servers, as HAProxy's `show resolvers` shows them; empty if there is no such section.
    ///
    /// @param section empty for all
    public synchronized Optional<String> lines(String section) {
        List<Watch> shown = running.stream()
                .filter(watch -> section.isEmpty() || watch.by().name().equals(section))
                .toList();
        return shown.isEmpty() && !section.isEmpty()
                ? Optional.empty()
                : Optional.of(shown.stream().map(Watch::lines).reduce("", String::concat));
    }
}
