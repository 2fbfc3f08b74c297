package dev.fairlead.dialect.haproxy.scope;

import dev.fairlead.dialect.haproxy.syntax.Line;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.dialect.haproxy.table.Context;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A section with its lines; filled while it is read.
public final class Section {
    private final Context kind;
    private final Line head;
    private final List<Entry> entries = new ArrayList<>();
    private final Optional<Section> defaults;

    /// @param defaults what a proxy starts from
    public Section(Context kind, Line head, Optional<Section> defaults) {
        this.kind = kind;
        this.head = head;
        this.defaults = defaults;
    }

    public Context kind() {
        return kind;
    }

    public Line head() {
        return head;
    }

    /// The name behind the keyword; an empty text for a section without one.
    public String name() {
        return isNamed() ? head.text(1) : "";
    }

    public boolean isNamed() {
        return head.count() > 1 && !(kind == Context.DEFAULTS && head.text(1).equals("from"));
    }

    public Optional<Word> nameWord() {
        return isNamed() ? Optional.of(head.word(1)) : Optional.empty();
    }

    public Optional<Section> defaults() {
        return defaults;
    }

    public void add(Entry entry) {
        entries.add(entry);
    }

    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    /// As messages name it: `frontend 'www'`.
    public String shown() {
        return isNamed() ? kind.word() + " '" + name() + "'" : kind.word();
    }

    public Span origin() {
        return head.span();
    }
}
