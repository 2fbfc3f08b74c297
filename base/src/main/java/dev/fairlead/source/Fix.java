package dev.fairlead.source;

import java.util.List;

/// A change of the configuration that takes a problem away and breaks nothing.
///
/// @param edits in any order; they do not overlap
public record Fix(List<Edit> edits) {
    public Fix {
        edits = List.copyOf(edits);
    }

    /// @param span what is replaced; an empty one inserts
    public record Edit(Span span, String replacement) {}

    public static Fix replace(Span span, String replacement) {
        return new Fix(List.of(new Edit(span, replacement)));
    }
}
