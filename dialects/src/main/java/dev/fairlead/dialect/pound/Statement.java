package dev.fairlead.dialect.pound;

import dev.fairlead.source.Span;
import java.util.List;
import java.util.Optional;

/// A directive with what stands between it and its `End`.
///
/// @param name as the table spells it
/// @param negated whether `Not` stands before it
/// @param children empty for a line
record Statement(String name, Word keyword, boolean negated, List<Word> args, List<Statement> children) {
    Statement {
        args = List.copyOf(args);
        children = List.copyOf(children);
    }

    Span origin() {
        return keyword.span();
    }

    boolean is(String other) {
        return name.equals(other);
    }

    Word arg(int index) {
        return args.get(index);
    }

    /// The text of an argument; empty if there is none.
    String text(int index) {
        return index < args.size() ? args.get(index).text() : "";
    }

    /// The directives of these names inside, in order.
    List<Statement> each(String... names) {
        List<String> wanted = List.of(names);
        return children.stream().filter(child -> wanted.contains(child.name())).toList();
    }

    /// The last of them, which counts.
    Optional<Statement> last(String... names) {
        return each(names).stream().reduce((first, second) -> second);
    }
}
