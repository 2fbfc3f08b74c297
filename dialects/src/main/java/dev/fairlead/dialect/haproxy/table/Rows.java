package dev.fairlead.dialect.haproxy.table;

import dev.fairlead.dialect.Arity;
import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.Support;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Collects the rows of a table.
final class Rows {
    private final List<Directive<Context, Keeping>> rows = new ArrayList<>();

    List<Directive<Context, Keeping>> all() {
        return List.copyOf(rows);
    }

    Rows last(String name, Set<Context> contexts, Arity arity, String doc) {
        return add(name, contexts, arity, doc, new Support.Full(), Keeping.LAST);
    }

    Rows each(String name, Set<Context> contexts, Arity arity, String doc) {
        return add(name, contexts, arity, doc, new Support.Full(), Keeping.EACH);
    }

    Rows toggle(String name, Set<Context> contexts, String doc) {
        return add(name, contexts, Arity.ANY, doc, new Support.Full(), Keeping.SWITCH);
    }

    /// What tunes something that does not exist here.
    Rows quiet(Set<Context> contexts, String reason, String... names) {
        return without(contexts, reason, false, names);
    }

    /// What an operator should know is left aside.
    Rows warned(Set<Context> contexts, String reason, String... names) {
        return without(contexts, reason, true, names);
    }

    Rows refused(Set<Context> contexts, String reason, String... names) {
        for (String name : names) {
            add(name, contexts, Arity.ANY, "", new Support.Refused(reason), Keeping.EACH);
        }
        return this;
    }

    private Rows without(Set<Context> contexts, String reason, boolean noticeable, String... names) {
        for (String name : names) {
            add(name, contexts, Arity.ANY, "", new Support.WithoutEffect(reason, noticeable), Keeping.SWITCH);
        }
        return this;
    }

    private Rows add(String name, Set<Context> contexts, Arity arity, String doc, Support support, Keeping keeping) {
        rows.add(new Directive<>(name, contexts, arity, false, true, doc, support, keeping));
        return this;
    }
}
