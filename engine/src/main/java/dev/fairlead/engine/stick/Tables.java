package dev.fairlead.engine.stick;

import dev.fairlead.model.text.StickTable;
import dev.fairlead.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/// The tables of the process by name. One that a reload leaves as it was keeps its entries.
public final class Tables {
    private final ConcurrentHashMap<String, Table> known = new ConcurrentHashMap<>();

    public Table table(StickTable description, Clock clock) {
        return known.compute(
                description.name(),
                (name, before) -> before != null && isSame(before.description(), description)
                        ? before
                        : new Table(description, clock));
    }

    /// Tables begin with the entries that those of a running plan have; these stay as they are.
    public void assume(Tables live) {
        known.forEach((name, mine) -> {
            Table theirs = live.known.get(name);
            if (theirs != null && isSame(theirs.description(), mine.description())) {
                mine.assume(theirs);
            }
        });
    }

    /// Where it is written does not matter.
    private static boolean isSame(StickTable one, StickTable other) {
        return one.key() == other.key()
                && one.keyLength() == other.keyLength()
                && one.mostEntries() == other.mostEntries()
                && one.purges() == other.purges()
                && one.expire().equals(other.expire())
                && one.stored().equals(other.stored());
    }

    /// Those of this and earlier generations.
    public Collection<Table> all() {
        return List.copyOf(known.values());
    }
}
