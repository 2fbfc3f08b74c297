package dev.fairlead.dialect.nginx.syntax;

import dev.fairlead.source.Span;
import java.util.List;

/// The statements of a file or between braces.
///
/// @param end the closing brace, or the end of the file
public record Block(List<Item> items, Span end) {
    public Block {
        items = List.copyOf(items);
    }
}
