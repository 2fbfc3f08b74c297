package dev.fairlead.engine.tally;

import dev.fairlead.model.net.Address;
import dev.fairlead.model.roster.Roster;
import dev.fairlead.model.roster.Section;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The tallies of what a plan wants counted: `shared.part(Tallies.class, Tallies::new)`. Those of names that a
/// reload keeps go on. Safe for use by several threads.
public final class Tallies {
    private final Map<String, Tally> fronts = new ConcurrentHashMap<>();
    private final Map<String, Tally> backs = new ConcurrentHashMap<>();
    private final Collection<Tally> servers = new CopyOnWriteArraySet<>();
    private final WholeLimits whole = new WholeLimits();
    private volatile long rate;
    private volatile long mostRate;
    private volatile Map<Address, String> places = Map.of();
    private volatile Roster expected = Roster.EMPTY;

    /// A plan is compiled next: from now on there are tallies for what it wants counted.
    public void expect(Roster roster) {
        Map<Address, String> byAddress = new HashMap<>();
        for (Section section : roster.sections()) {
            section.front().ifPresent(front -> {
                fronts.computeIfAbsent(section.name(), Tally::new);
                front.addresses().forEach(address -> byAddress.put(address, section.name()));
            });
            section.back().ifPresent(back -> backs.computeIfAbsent(section.name(), Tally::new));
        }
        places = Map.copyOf(byAddress);
        expected = roster;
    }

    /// Of the listener at an address; null if it is not counted.
    public @Nullable Tally front(Address address) {
        String name = places.get(address);
        return name == null ? null : fronts.get(name);
    }

    public @Nullable Tally front(String name) {
        return fronts.get(name);
    }

    /// Null for a name that is not counted.
    public @Nullable Tally back(String name) {
        return expected.back(name).isPresent() ? backs.get(name) : null;
    }

    /// What holds for all fronts together.
    public WholeLimits whole() {
        return whole;
    }

    /// Connections that came in by all fronts in the last second.
    public long rate() {
        return rate;
    }

    public long mostRate() {
        return mostRate;
    }

    /// From now on this server's rates are worked out as well.
    public void watch(Tally server) {
        servers.add(server);
    }

    /// A second has passed. Called by one thread.
    public void tick() {
        fronts.values().forEach(Tally::tick);
        backs.values().forEach(Tally::tick);
        servers.forEach(Tally::tick);
        rate = fronts.values().stream().mapToLong(Tally::rate).sum();
        mostRate = Math.max(mostRate, rate);
    }

    /// How often to [#tick()].
    public static long periodMillis() {
        return TimeUnit.SECONDS.toMillis(1);
    }

    /// All there are.
    public List<Tally> all() {
        List<Tally> all = new java.util.ArrayList<>(fronts.values());
        all.addAll(backs.values());
        all.addAll(servers);
        return all;
    }
}
