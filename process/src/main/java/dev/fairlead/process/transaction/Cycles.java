package dev.fairlead.process.transaction;

import dev.fairlead.model.service.Relation;
import dev.fairlead.model.service.Unit;
import dev.fairlead.process.transaction.Transaction.Note;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Finds units that wait for each other in a circle.
final class Cycles {
    private final Situation situation;
    private final Map<String, List<Entry>> jobs;
    private final List<Note> notes;
    private final Set<String> done = new HashSet<>();
    private final List<String> path = new ArrayList<>();

    Cycles(Situation situation, Map<String, List<Entry>> jobs, List<Note> notes) {
        this.situation = situation;
        this.jobs = jobs;
        this.notes = notes;
    }

    /// Looks for a cycle, and where there is one gives up a job of it that nobody requires.
    ///
    /// @return whether there was one
    boolean breaksOne(Consumer<Entry> giveUp) throws Refusal {
        for (String unit : List.copyOf(jobs.keySet())) {
            Optional<List<String>> cycle = visit(unit);
            if (cycle.isPresent()) {
                resolve(cycle.get(), giveUp);
                return true;
            }
        }
        return false;
    }

    /// The units of a cycle in the order they would have to start, the first of them being where it closes.
    private Optional<List<String>> visit(String unit) {
        int at = path.indexOf(unit);
        if (at >= 0) {
            return Optional.of(List.copyOf(path.subList(at, path.size())));
        }
        if (!done.add(unit)) {
            return Optional.empty();
        }
        path.add(unit);
        for (String later : situation.links().after(unit)) {
            if (hasJob(later)) {
                Optional<List<String>> cycle = visit(later);
                if (cycle.isPresent()) {
                    return cycle;
                }
            }
        }
        path.removeLast();
        return Optional.empty();
    }

    private boolean hasJob(String unit) {
        boolean isOrdered = jobs.getOrDefault(unit, List.of()).stream().noneMatch(entry -> entry.ignoresOrder);
        return isOrdered
                && (jobs.containsKey(unit) || situation.queued(unit).isPresent())
                && situation.links().unit(unit).isPresent();
    }

    private void resolve(List<String> cycle, Consumer<Entry> giveUp) throws Refusal {
        List<String> told = new ArrayList<>();
        String first = cycle.getFirst();
        for (int i = 0; i < cycle.size(); i++) {
            String unit = cycle.get(i);
            String earlier = cycle.get((i + cycle.size() - 1) % cycle.size());
            told.add(first + ": Found " + (i == 0 ? "ordering cycle" : "dependency") + " on " + unit + "/" + word(unit)
                    + ", which starts after " + earlier + " [" + stated(unit, earlier) + "]");
        }
        // As systemd: the one nearest to where the cycle closes.
        for (String unit : cycle.reversed()) {
            List<Entry> entries = jobs.getOrDefault(unit, List.of());
            if (!entries.isEmpty() && entries.stream().noneMatch(entry -> entry.matters)) {
                told.forEach(line -> notes.add(new Note(first, line)));
                notes.add(new Note(
                        unit,
                        first + ": Job " + unit + "/" + word(unit) + " deleted to break ordering cycle starting with "
                                + first + "/" + word(first)));
                List.copyOf(entries).forEach(giveUp);
                return;
            }
        }
        throw new Refusal("Transaction order is cyclic: " + String.join(" -> ", cycle) + " -> " + first + ".", told);
    }

    private String word(String unit) {
        List<Entry> entries = jobs.getOrDefault(unit, List.of());
        return entries.isEmpty()
                ? situation.queued(unit).map(JobType::word).orElse("start")
                : entries.getFirst().type.word();
    }

    /// Where it is written that one unit comes after the other.
    private String stated(String later, String earlier) {
        Links links = situation.links();
        boolean isOwn = links.of(later, Relation.AFTER).contains(earlier);
        return isOwn
                ? stated(links.unit(later), Relation.AFTER, earlier)
                : stated(links.unit(earlier), Relation.BEFORE, later);
    }

    private static String stated(Optional<Unit> unit, Relation relation, String name) {
        return unit.map(one -> one.mention(relation, name).fileAndLine()).orElse(name);
    }
}
