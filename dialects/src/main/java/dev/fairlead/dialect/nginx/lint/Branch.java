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
    private final List<Branch> children = new ArrayList<>();

    public Branch(Statement statement, Optional<Branch> parent) {
        this.statement = statement;
        this.parent = parent;
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
        return own.isEmpty() ? parent.map(outer -> outer.effective(name)).orElse(List.of()) : own;
    }

    /// Puts a line at the end of this block.
    Fix insert(List<String> directives) {
        Span brace = statement.block().orElseThrow().end();
        boolean inOneLine = brace.line() == statement.name().span().line();
        String indent = " ".repeat(brace.column() - 1);
        StringBuilder text = new StringBuilder();
        for (String directive : directives) {
            text.append(inOneLine ? "" : "    ").append(directive).append(inOneLine ? " " : "\n" + indent);
        }
        return Fix.replace(new Span(brace.file(), brace.start(), brace.start()), text.toString());
    }
}
