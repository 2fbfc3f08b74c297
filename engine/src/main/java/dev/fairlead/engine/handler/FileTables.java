package dev.fairlead.engine.handler;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.model.http.FileServing;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// What the process remembers of files: for each event loop one table for each set of rules, so that nothing is
/// shared between threads but the bound on memory. Outlives generations.
///
/// A table for each loop instead of one for all: a hit is then a look into a plain table and a plain count of
/// references; the price is that a file that every loop serves is held once for each.
final class FileTables {
    private final ContentBudget budget;
    private final List<Rules> rules = new CopyOnWriteArrayList<>();
    private final FastThreadLocal<@Nullable FileTable[]> tables = new FastThreadLocal<>() {
        @Override
        protected @Nullable FileTable[] initialValue() {
            return new FileTable[4];
        }

        @Override
        protected void onRemoval(@Nullable FileTable[] ending) {
            for (FileTable table : ending) {
                if (table != null) {
                    table.clear();
                }
            }
        }
    };

    private record Rules(FileServing.Cache cache, FileServing.Symlinks symlinks) {
        /// Mostly the cache is the very same object; comparing records costs a start some milliseconds.
        @SuppressWarnings("ReferenceEquality")
        boolean isSameAs(FileServing files) {
            return symlinks == files.symlinks() && (cache == files.cache() || cache.equals(files.cache()));
        }
    }

    FileTables(ContentBudget budget) {
        this.budget = budget;
    }

    static FileTables of(CompileContext context) {
        return context.shared().part(FileTables.class, () -> new FileTables(ContentBudget.ofProcess()));
    }

    /// The number by which the tables with these rules are found.
    synchronized int slot(FileServing files) {
        for (int slot = 0; slot < rules.size(); slot++) {
            if (rules.get(slot).isSameAs(files)) {
                return slot;
            }
        }
        rules.add(new Rules(files.cache(), files.symlinks()));
        return rules.size() - 1;
    }

    /// The present event loop's table.
    FileTable here(int slot) {
        @Nullable FileTable[] mine = tables.get();
        FileTable table = slot < mine.length ? mine[slot] : null;
        return table == null ? make(mine, slot) : table;
    }

    private FileTable make(@Nullable FileTable[] mine, int slot) {
        @Nullable FileTable[] grown = mine;
        if (slot >= mine.length) {
            grown = Arrays.copyOf(mine, slot * 2);
            tables.set(grown);
        }
        Rules chosen = rules.get(slot);
        FileTable table = new FileTable(chosen.cache(), chosen.symlinks(), budget);
        grown[slot] = table;
        return table;
    }
}
