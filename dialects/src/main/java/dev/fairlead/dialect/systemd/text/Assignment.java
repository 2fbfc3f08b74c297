package dev.fairlead.dialect.systemd.text;

import dev.fairlead.source.Span;

/// One `Key=value` of a unit file.
///
/// @param section the name in the brackets above it
public record Assignment(String section, String key, Span keySpan, Value value) {
    /// From the key to the end of the value.
    public Span span() {
        Span last = value.span();
        return last.end() < keySpan.start() ? keySpan : keySpan.to(last);
    }
}
