package dev.fairlead.engine.generation;

import dev.fairlead.engine.net.Room;
import dev.fairlead.engine.tally.Tallies;
import dev.fairlead.engine.tally.Tally;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.roster.Roster;
import dev.fairlead.model.roster.Section;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How many connections the fronts of a roster take at once, each and together. Outlives generations. Safe for
/// use by several threads.
final class Rooms {
    private final Tallies tallies;
    private final Map<String, Room> fronts = new ConcurrentHashMap<>();
    private final Room whole = new Room(this::mostOfAll);
    private volatile Roster roster = Roster.EMPTY;

    Rooms(Tallies tallies) {
        this.tallies = tallies;
    }

    void expect(Roster next) {
        roster = next;
    }

    /// What connections to a listener enter; nothing where it is not counted.
    List<Room> of(Address address) {
        Tally front = tallies.front(address);
        return front == null
                ? List.of()
                : List.of(fronts.computeIfAbsent(front.name(), name -> new Room(() -> most(front))), whole);
    }

    /// Another number holds, as an operator says.
    void reconsider() {
        fronts.values().forEach(Room::reconsider);
    }

    private int mostOfAll() {
        return roster.mostConnections();
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
