package dev.fairlead.engine.text;

import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Variables of the process, by name. They outlive generations. A part of [dev.fairlead.engine.compile.Shared].
public final class ProcessVariables {
    private final ConcurrentHashMap<String, Cell> cells = new ConcurrentHashMap<>();

    Cell cell(String name) {
        return cells.computeIfAbsent(name, fresh -> new Cell());
    }

    /// What one says; empty if nobody ever set it.
    public String value(String name) {
        String value = cell(name).value();
        return value == null ? "" : value;
    }

    /// Those that are known here say what they say there.
    public void assume(ProcessVariables live) {
        cells.forEach((name, cell) -> {
            Cell theirs = live.cells.get(name);
            if (theirs != null) {
                cell.value(theirs.value());
            }
        });
    }

    public void set(String name, String value) {
        cell(name).value(value);
    }

    /// The value of one; set and read by all loops.
    static final class Cell {
        private volatile @Nullable String value;

        @Nullable
        String value() {
            return value;
        }

        void value(@Nullable String text) {
            value = text;
        }
    }
}
