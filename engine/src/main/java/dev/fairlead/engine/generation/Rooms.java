package dev.fairlead.engine.generation;

import dev.fairlead.engine.net.Room;
import dev.fairlead.engine.tally.Tallies;
import dev.fairlead.engine.tally.Tally;
import dev.fairlead.engine.tally.WholeLimits;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.roster.Roster;
import dev.fairlead.model.roster.Section;
import dev.fairlead.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How many connections the fronts of a roster take at once, and within a second, each and together. Outlives
/// generations. Safe for use by several threads.
final class Rooms {
    private final Tallies tallies;
    private final Map<String, Room> fronts = new ConcurrentHashMap<>();
    private final Room whole;
    private final Clock clock;
    private volatile Roster roster = Roster.EMPTY;

    Rooms(Tallies tallies, Clock clock) {
        this.tallies = tallies;
        this.clock = clock;
        this.whole = new Room(
                () -> tallies.whole().most(), () -> tallies.whole().rates().both(), clock);
    }

    void expect(Roster next) {
        roster = next;
        limits().plan(next.mostConnections(), next.mostPerSecond());
    }

    private WholeLimits limits() {
        return tallies.whole();
    }

    /// What connections to a listener enter; nothing where it is not counted.
    List<Room> of(Address address) {
        Tally front = tallies.front(address);
        return front == null
                ? List.of()
                : List.of(
                        fronts.computeIfAbsent(
                                front.name(), name -> new Room(() -> most(front), () -> mostPerSecond(front), clock)),
                        whole);
    }

    /// Another number holds, as an operator says.
    void reconsider() {
        fronts.values().forEach(Room::reconsider);
        whole.reconsider();
    }

    private int mostPerSecond(Tally front) {
        return roster.front(front.name())
                .flatMap(Section::front)
                .map(Section.Front::mostPerSecond)
                .orElse(0);
    }

    private int most(Tally front) {
        return front.limit() > 0
                ? front.limit()
                : roster.front(front.name())
                        .flatMap(Section::front)
                        .map(Section.Front::mostConnections)
                        .orElse(0);
    }
}
