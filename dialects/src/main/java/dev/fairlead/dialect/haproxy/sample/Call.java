package dev.fairlead.dialect.haproxy.sample;

import dev.fairlead.source.Span;
import java.util.List;

/// A fetch or a converter with its arguments.
///
/// @param origin the word it stands in
public record Call(String name, List<String> args, Span origin) {
    public Call {
        args = List.copyOf(args);
    }

    /// The argument, or nothing where there are fewer.
    public String arg(int index) {
        return index < args.size() ? args.get(index) : "";
    }

    public boolean has(int index) {
        return !arg(index).isEmpty();
    }
}
