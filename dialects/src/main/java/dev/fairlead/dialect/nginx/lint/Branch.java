package dev.fairlead.dialect.nginx.lint;

import dev.fairlead.dialect.nginx.syntax.Statement;
import dev.fairlead.dialect.nginx.syntax.Word;
import dev.fairlead.source.Fix;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A statement in its place: what it stands in and what stands in it, included files put where they are included.
public final class Branch {
    private final Statement statement;
    private final Optional<Branch> parent;
    private final List<Branch> outermost;
    private final List<Branch> children = new ArrayList<>();

    /// @param outermost all that stand in no block, which count as around it: files of `conf.d` are read
    /// inside `http`
    public Branch(Statement statement, Optional<Branch> parent, List<Branch> outermost) {
        this.statement = statement;
        this.parent = parent;
        this.outermost = outermost;
    }

    public void add(Branch child) {
        children.add(child);
    }

    Statement statement() {
        return statement;
    }

    Span span() {
        return statement.span();
    }

    List<Word> args() {
        return statement.args();
    }

    /// An argument's text; empty if there are not as many.
    String arg(int index) {
        return index < statement.count() ? statement.arg(index).text() : "";
    }

    boolean is(String name) {
        return statement.name().is(name);
    }

    Optional<Branch> parent() {
        return parent;
    }

    List<Branch> children() {
        return Collections.unmodifiableList(children);
    }

    List<Branch> children(String name) {
        return children.stream().filter(child -> child.is(name)).toList();
    }

    /// This one and all inside it, in the order of the text.
    Stream<Branch> all() {
        return Stream.concat(Stream.of(this), children.stream().flatMap(Branch::all));
    }

    /// What this one stands in, from the inside out.
    Stream<Branch> enclosing() {
        return Stream.iterate(parent, Optional::isPresent, outer -> outer.flatMap(Branch::parent))
                .map(Optional::orElseThrow);
    }

    Optional<Branch> enclosing(String name) {
        return enclosing().filter(outer -> outer.is(name)).findFirst();
    }

    /// Directives of a name that hold inside this block: its own, or else those of the nearest block around it
    /// that has any.
    List<Branch> effective(String name) {
        List<Branch> own = children(name);
        return own.isEmpty() ? inherited(name) : own;
    }

    /// Those that would hold inside this block if it had none of its own.
    List<Branch> inherited(String name) {
        return parent.map(outer -> outer.effective(name))
                .orElseGet(
                        () -> outermost.stream().filter(outer -> outer.is(name)).toList());
    }

    /// Puts lines at the end of this block, written as those around them are.
    Fix insert(List<String> directives) {
        Span brace = statement.block().orElseThrow().end();
        String outer = indent(brace);
        String newLine = brace.file().text().contains("\r\n") ? "\r\n" : "\n";
        boolean hasOwnLine =
                outer.isBlank() && brace.line() != statement.name().span().line();
        StringBuilder text = new StringBuilder();
        for (String directive : directives) {
            if (hasOwnLine) {
                text.append(inner(outer)).append(directive).append(newLine);
            } else {
                text.append(directive).append(' ');
            }
        }
        int at = hasOwnLine ? brace.start() - outer.length() : brace.start();
        return Fix.replace(new Span(brace.file(), at, at), text.toString());
    }

    /// What the last line inside starts with that is further in than the block's end.
    private String inner(String outer) {
        Span brace = statement.block().orElseThrow().end();
        return children.stream()
                .map(Branch::span)
                .filter(span -> span.file() == brace.file())
                .map(Branch::indent)
                .filter(indent -> indent.isBlank() && indent.length() > outer.length())
                .reduce((first, second) -> second)
                .orElse(outer + (outer.contains("\t") ? "\t" : "    "));
    }

    /// What stands before it on its line.
    private static String indent(Span span) {
        return span.file().line(span.line()).substring(0, span.column() - 1);
    }
}
