package dev.fairlead.dialect.pound.table;

import dev.fairlead.dialect.Arity;
import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.Support;
import java.util.EnumSet;
import java.util.Set;

/// Makes rows of the table.
final class Rows {
    static final Set<Context> GLOBAL = EnumSet.of(Context.GLOBAL);
    static final Set<Context> LISTENER = EnumSet.of(Context.HTTP, Context.HTTPS);
    static final Set<Context> SECURED = EnumSet.of(Context.HTTPS);
    static final Set<Context> SERVICE = EnumSet.of(Context.SERVICE);
    static final Set<Context> BACKENDS = EnumSet.of(Context.BACKEND, Context.EMERGENCY);

    private Rows() {}

    static Directive<Context, Shape> line(String name, Set<Context> contexts, Arity arity, String doc) {
        return new Directive<>(name, contexts, arity, false, true, doc, new Support.Full(), Shape.LINE);
    }

    static Directive<Context, Shape> block(String name, Set<Context> contexts, Arity arity, String doc) {
        return new Directive<>(name, contexts, arity, true, true, doc, new Support.Full(), Shape.BLOCK);
    }

    /// A block without arguments, a line with some.
    static Directive<Context, Shape> either(String name, Set<Context> contexts, int most, String doc) {
        return new Directive<>(
                name, contexts, Arity.between(0, most), true, true, doc, new Support.Full(), Shape.BLOCK_UNLESS_NAMED);
    }

    /// A block behind its name, a line where a file is named, too.
    static Directive<Context, Shape> list(String name, Set<Context> contexts, String doc) {
        return new Directive<>(
                name, contexts, Arity.between(1, 3), true, true, doc, new Support.Full(), Shape.BLOCK_UNLESS_FILE);
    }

    static Directive<Context, Shape> unneeded(String name, Set<Context> contexts, String reason) {
        return without(name, contexts, reason, false, Shape.LINE);
    }

    /// Read and left aside, although the operator may miss it.
    static Directive<Context, Shape> missed(String name, Set<Context> contexts, String reason) {
        return without(name, contexts, reason, true, Shape.LINE);
    }

    static Directive<Context, Shape> without(
            String name, Set<Context> contexts, String reason, boolean isMissed, Shape shape) {
        return new Directive<>(
                name,
                contexts,
                Arity.ANY,
                shape != Shape.LINE,
                true,
                "",
                new Support.WithoutEffect(reason, isMissed),
                shape);
    }

    static Directive<Context, Shape> refused(String name, Set<Context> contexts, Shape shape, String reason) {
        return new Directive<>(
                name, contexts, Arity.ANY, shape != Shape.LINE, true, "", new Support.Refused(reason), shape);
    }
}
