package dev.fairlead.process.supervisor;

import java.util.List;

/// What taking new definitions meant, by unit names.
///
/// @param added were not there before
/// @param removed are no longer there and were stopped
/// @param changed read differently; a restart applies it
/// @param unchanged read the same
public record Applied(List<String> added, List<String> removed, List<String> changed, List<String> unchanged) {
    public Applied {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        changed = List.copyOf(changed);
        unchanged = List.copyOf(unchanged);
    }
}
