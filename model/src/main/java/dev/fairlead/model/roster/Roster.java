package dev.fairlead.model.roster;

import dev.fairlead.model.control.Switchboard;
import dev.fairlead.model.upstream.NameServers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The parts of a plan that are counted and shown by name, and the sockets on which operators ask for them.
///
/// @param sections in the order of the configuration
/// @param node a name of the machine for people; empty for none
/// @param description a text for people; empty for none
/// @param mostConnections most client connections at once, as the configuration has it; 0 where it says nothing
/// @param mostPerSecond most that come in within a second, over all
/// @param boards sockets on which listeners and services are switched on and off
/// @param nameServers who is asked for the addresses of servers
public record Roster(
        List<Section> sections,
        List<CommandSocket> sockets,
        String node,
        String description,
        int mostConnections,
        Rates mostPerSecond,
        List<Switchboard> boards,
        List<NameServers> nameServers) {
    /// Nothing is counted.
    public static final Roster EMPTY = new Roster(List.of(), List.of(), "", "", 0, Rates.NONE);

    public Roster {
        sections = List.copyOf(sections);
        sockets = List.copyOf(sockets);
        boards = List.copyOf(boards);
        nameServers = List.copyOf(nameServers);
    }

    /// A roster of which nothing is switched.
    public Roster(
            List<Section> sections,
            List<CommandSocket> sockets,
            String node,
            String description,
            int mostConnections,
            Rates mostPerSecond) {
        this(sections, sockets, node, description, mostConnections, mostPerSecond, List.of(), List.of());
    }

    /// The same with such sockets.
    public Roster withBoards(List<Switchboard> others) {
        return new Roster(sections, sockets, node, description, mostConnections, mostPerSecond, others, nameServers);
    }

    /// The same with such name servers.
    public Roster withNameServers(List<NameServers> others) {
        return new Roster(sections, sockets, node, description, mostConnections, mostPerSecond, boards, others);
    }

    public boolean isEmpty() {
        return sections.isEmpty() && sockets.isEmpty() && boards.isEmpty();
    }

    /// One roster of two; what is said once only is the first's.
    public Roster and(Roster other) {
        if (isEmpty()) {
            return other;
        }
        List<Section> allSections = new ArrayList<>(sections);
        allSections.addAll(other.sections);
        List<CommandSocket> allSockets = new ArrayList<>(sockets);
        allSockets.addAll(other.sockets);
        List<Switchboard> allBoards = new ArrayList<>(boards);
        allBoards.addAll(other.boards);
        List<NameServers> allServers = new ArrayList<>(nameServers);
        allServers.addAll(other.nameServers);
        return new Roster(
                allSections, allSockets, node, description, mostConnections, mostPerSecond, allBoards, allServers);
    }

    /// Where clients come in under that name.
    public Optional<Section> front(String name) {
        return sections.stream()
                .filter(section -> section.front().isPresent() && section.name().equals(name))
                .findFirst();
    }

    /// Where requests go under that name.
    public Optional<Section> back(String name) {
        return sections.stream()
                .filter(section -> section.back().isPresent() && section.name().equals(name))
                .findFirst();
    }
}
