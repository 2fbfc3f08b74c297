package dev.fairlead.engine.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The client connections of one event loop, for those who end, count and list them. Belongs to that loop.
/// Adding and removing take the same time whatever their number.
public final class OpenConnections<C extends OpenConnections.Member> {
    private final Traffic.OfLoop counters;
    private final int most;
    private final List<C> connections = new ArrayList<>();
    private boolean isDraining;
    private @Nullable Runnable onDrained;

    /// One of them.
    public interface Member {
        /// It has another place from now on, for [OpenConnections#removed].
        void movedTo(int place);

        /// What operators may know of it; null while it has nothing to do.
        @Nullable
        SessionFacts session();

        /// Ends it, whatever it is doing.
        void closeNow();
    }

    /// @param most connections of this loop
    public OpenConnections(Traffic.OfLoop counters, int most) {
        this.counters = counters;
        this.most = most;
    }

    public boolean hasRoom() {
        return counters.active() < most;
    }

    /// Whether no new ones are wanted.
    public boolean isDraining() {
        return isDraining;
    }

    /// @return its place, for [#removed]
    public int added(C connection) {
        counters.opened();
        connections.add(connection);
        return connections.size() - 1;
    }

    public void removed(int place) {
        C last = connections.removeLast();
        if (place < connections.size()) {
            connections.set(place, last);
            last.movedTo(place);
        }
        counters.closed();
        reportIfDrained();
    }

    /// @param whenEmpty is run once, when the last is gone
    public void drain(Runnable whenEmpty) {
        isDraining = true;
        onDrained = whenEmpty;
        reportIfDrained();
    }

    /// New ones are wanted again.
    public void goOn() {
        isDraining = false;
        onDrained = null;
    }

    /// Those that are there now, to go through while they end.
    public List<C> all() {
        return List.copyOf(connections);
    }

    /// Those that have something to do.
    public List<SessionFacts> sessions() {
        List<SessionFacts> all = new ArrayList<>();
        for (C connection : connections) {
            SessionFacts session = connection.session();
            if (session != null) {
                all.add(session);
            }
        }
        return all;
    }

    /// Ends those that an operator wants to end.
    ///
    /// @return how many there were
    public int end(Predicate<SessionFacts> wanted) {
        int count = 0;
        for (C connection : all()) {
            SessionFacts session = connection.session();
            if (session != null && wanted.test(session)) {
                connection.closeNow();
                count++;
            }
        }
        return count;
    }

    private void reportIfDrained() {
        Runnable action = onDrained;
        if (action != null && connections.isEmpty()) {
            onDrained = null;
            action.run();
        }
    }
}
