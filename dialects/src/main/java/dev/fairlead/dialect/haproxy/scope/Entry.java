package dev.fairlead.dialect.haproxy.scope;

import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.haproxy.syntax.Line;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.dialect.haproxy.table.Context;
import dev.fairlead.dialect.haproxy.table.Keeping;
import dev.fairlead.source.Span;
import java.util.List;

/// A line of a section that is a known keyword with as many words behind it as it takes.
///
/// @param line the words, a `no` or `default` in front left out
/// @param nameWords how many of them are the keyword
/// @param sense what stood in front
public record Entry(Directive<Context, Keeping> row, Line line, int nameWords, Sense sense) {
    /// Whether the keyword is switched on, off, or back.
    public enum Sense {
        ON,
        OFF,
        USUAL
    }

    public String name() {
        return row.name();
    }

    /// The last word of the keyword, with what stands in parentheses.
    public Word keyword() {
        return line.word(nameWords - 1);
    }

    public List<Word> args() {
        return line.from(nameWords);
    }

    public int count() {
        return line.count() - nameWords;
    }

    /// The argument, or nothing where there are fewer.
    public String text(int index) {
        return line.text(nameWords + index);
    }

    public Word arg(int index) {
        return line.word(nameWords + index);
    }

    public Span origin() {
        return line.span();
    }

    public boolean isOn() {
        return sense == Sense.ON;
    }
}
