package dev.fairlead.engine.http;

import dev.fairlead.model.text.Attribute;
import java.util.Arrays;
import java.util.Objects;
import java.util.regex.MatchResult;
import org.jspecify.annotations.Nullable;

/// The variables of one request: those that rules set, and the groups of the expression that matched last.
public final class Values {
    private static final int ATTRIBUTES = Attribute.values().length;

    private static final @Nullable String[] NOTHING = new @Nullable String[0];

    private @Nullable String[] slots = NOTHING;
    private @Nullable String[] kept = NOTHING;
    /// Empty until the first is told.
    private @Nullable String[] facts = NOTHING;
    private boolean hasFacts;
    private @Nullable MatchResult match;

    /// The same values, to be changed on their own.
    Values copy() {
        Values copy = new Values();
        copy.slots = slots.clone();
        copy.kept = kept.clone();
        copy.facts = facts.clone();
        copy.hasFacts = hasFacts;
        copy.match = match;
        return copy;
    }

    /// Makes room and forgets everything.
    void clear() {
        Arrays.fill(slots, null);
        match = null;
        if (hasFacts) {
            Arrays.fill(facts, null);
            hasFacts = false;
        }
    }

    @SuppressWarnings("EnumOrdinal") // an array is the smallest map from an enum
    private static int slotOf(Attribute attribute) {
        return attribute.ordinal();
    }

    /// What a part of the engine found out for variables to show, such as the compression ratio or the
    /// request id.
    ///
    /// @return null if nobody has said it
    public @Nullable String fact(Attribute attribute) {
        int slot = slotOf(attribute);
        return slot < facts.length ? facts[slot] : null;
    }

    public void fact(Attribute attribute, String value) {
        if (facts.length == 0) {
            facts = new @Nullable String[ATTRIBUTES];
        }
        facts[slotOf(attribute)] = value;
        hasFacts = true;
    }

    /// Nobody has said it any more.
    public void forget(Attribute attribute) {
        if (facts.length > 0) {
            facts[slotOf(attribute)] = null;
        }
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

    /// The variable counts as not set from here on.
    public void unset(int slot) {
        if (slot < slots.length) {
            slots[slot] = null;
        }
    }

    /// A variable that is kept as long as the connection; null if it was not set.
    public @Nullable String kept(int slot) {
        return slot < kept.length ? kept[slot] : null;
    }

    public void keep(int slot, @Nullable String value) {
        if (slot >= kept.length) {
            kept = Arrays.copyOf(kept, slot + 1);
        }
        kept[slot] = value;
    }

    /// Those that rules have set.
    ///
    /// @return a copy; null if there are none
    public @Nullable Variables variables() {
        boolean hasAny = Arrays.stream(slots).anyMatch(Objects::nonNull)
                || Arrays.stream(kept).anyMatch(Objects::nonNull);
        return hasAny ? new Variables(slots.clone(), kept.clone()) : null;
    }

    /// Shows others, those of the connection included.
    ///
    /// @param others null for none
    public void variables(@Nullable Variables others) {
        slots = others == null ? NOTHING : others.slots.clone();
        kept = others == null ? NOTHING : others.kept.clone();
    }

    /// Variables of one request and its connection.
    public static final class Variables {
        private final @Nullable String[] slots;
        private final @Nullable String[] kept;

        private Variables(@Nullable String[] slots, @Nullable String[] kept) {
            this.slots = slots;
            this.kept = kept;
        }
    }

    public void matched(MatchResult result) {
        match = result;
    }

    /// Groups are empty from here on, as after an expression that did not match.
    public void unmatched() {
        match = null;
    }

    /// The last match, for [#matchAgain]; null if there is none.
    public @Nullable MatchResult match() {
        return match;
    }

    /// What matched before counts as the last match again.
    public void matchAgain(@Nullable MatchResult before) {
        match = before;
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
