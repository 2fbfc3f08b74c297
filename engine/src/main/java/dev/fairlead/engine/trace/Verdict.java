package dev.fairlead.engine.trace;

import dev.fairlead.model.text.Condition;
import java.util.List;

/// What came of a condition, and of its parts.
///
/// @param isAsked whether it was asked at all: where one part decides, those behind it are not
/// @param value what was looked at; empty if it consists of parts, or if it is not there
/// @param parts in order; empty for a condition that has none
public record Verdict(Condition condition, boolean isAsked, boolean holds, String value, List<Verdict> parts) {
    public Verdict {
        parts = List.copyOf(parts);
    }

    /// Of one that was left out.
    public static Verdict leftOut(Condition condition) {
        return new Verdict(condition, false, false, "", List.of());
    }
}
