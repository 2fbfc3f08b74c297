package dev.fairlead.engine.text;

import dev.fairlead.source.Span;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The lists and maps that may change while the program runs. A plan begins with what its files say. A part of
/// [dev.fairlead.engine.compile.Shared].
public final class LiveLists {
    private Map<String, LiveList> coming = new LinkedHashMap<>();
    private volatile List<LiveList> running = List.of();

    /// A plan is about to be compiled.
    public synchronized void prepare() {
        coming = new LinkedHashMap<>();
    }

    /// The plan that was compiled last runs.
    public synchronized void adopt() {
        running = List.copyOf(coming.values());
    }

    /// Lists that are being compiled have the entries that those of a running plan have; these stay as they are.
    public synchronized void assume(LiveLists live) {
        for (LiveList theirs : live.all()) {
            LiveList mine = coming.get(key(theirs.name(), theirs.isMap()));
            if (mine != null && !mine.entries().equals(theirs.entries())) {
                mine.replace(theirs.entries());
            }
        }
    }

    /// Those of the plan that runs, in its order.
    public List<LiveList> all() {
        return running;
    }

    /// A list of the plan that is being compiled, which is looked for when it is asked for.
    synchronized Named named(String name, boolean isMap) {
        return new Named(coming, key(name, isMap));
    }

    private static String key(String name, boolean isMap) {
        return (isMap ? "map " : "acl ") + name;
    }

    /// @param of those of one plan; filled no more once it runs
    record Named(Map<String, LiveList> of, String key) {
        /// Null if the plan has no such list.
        @Nullable
        LiveList list() {
            return of.get(key);
        }
    }

    synchronized LiveList list(String name, boolean isMap, Span place, List<LiveList.Entry> entries) {
        return coming.computeIfAbsent(
                key(name, isMap),
                fresh -> new LiveList(name, isMap, place.isBuiltIn() ? "" : place.fileAndLine(), entries));
    }
}
