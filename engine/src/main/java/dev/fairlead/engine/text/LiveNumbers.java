package dev.fairlead.engine.text;

import dev.fairlead.model.text.Variable.UpstreamNumber;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What upstreams are doing at present, for variables that ask: `shared.part(LiveNumbers.class,
/// LiveNumbers::new)`. Whoever has an upstream puts it here; variables may be compiled before that. Safe for
/// use by several threads.
public final class LiveNumbers {
    private final Map<String, Cell> cells = new ConcurrentHashMap<>();

    /// One upstream, asked on event loops.
    public interface Source {
        long of(UpstreamNumber what);

        /// @param server its name; 0 for one that is not there
        long of(String server, UpstreamNumber what);

        boolean has(String server);
    }

    /// Where an upstream of that name stands, once there is one.
    static final class Cell {
        private volatile @Nullable Source source;

        long of(UpstreamNumber what) {
            Source present = source;
            return present == null ? 0 : present.of(what);
        }

        long of(String server, UpstreamNumber what) {
            Source present = source;
            return present == null ? 0 : present.of(server, what);
        }
    }

    Cell cell(String upstream) {
        return cells.computeIfAbsent(upstream, name -> new Cell());
    }

    /// @return null if there is none of that name
    @Nullable
    Source find(String upstream) {
        Cell cell = cells.get(upstream);
        return cell == null ? null : cell.source;
    }

    /// From now on it is this one that is asked.
    public void put(String upstream, Source source) {
        cell(upstream).source = source;
    }
}
