package dev.fairlead.engine.http;

import java.util.Arrays;
import java.util.regex.MatchResult;
import org.jspecify.annotations.Nullable;

/// The variables of one request: those that rules set, and the groups of the expression that matched last.
public final class Values {
    private @Nullable String[] slots = new @Nullable String[0];
    private @Nullable MatchResult match;

    /// Makes room and forgets everything.
    void clear() {
        Arrays.fill(slots, null);
        match = null;
    }

    /// Whether the variable was set in this request.
    public boolean isSet(int slot) {
        return slot < slots.length && slots[slot] != null;
    }

    /// Empty text if it was not set.
    public String slot(int slot) {
        String value = slot < slots.length ? slots[slot] : null;
        return value == null ? "" : value;
    }

    public void slot(int slot, String value) {
        if (slot >= slots.length) {
            slots = Arrays.copyOf(slots, Math.max(slot + 1, slots.length * 2));
        }
        slots[slot] = value;
    }

    public void matched(MatchResult result) {
        match = result;
    }

    /// A group of the last match; empty text if it took no part or there was none.
    public String group(int group) {
        MatchResult result = match;
        if (result == null || group > result.groupCount()) {
            return "";
        }
        String value = result.group(group);
        return value == null ? "" : value;
    }
}
