package dev.fairlead.dialect.nginx;

import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.DirectiveTable;
import dev.fairlead.dialect.Support;
import dev.fairlead.dialect.nginx.directive.NginxTable;
import dev.fairlead.dialect.nginx.scope.Compilation;
import dev.fairlead.dialect.nginx.scope.Context;
import dev.fairlead.dialect.nginx.scope.Level;
import dev.fairlead.dialect.nginx.scope.Setter;
import dev.fairlead.dialect.nginx.syntax.Block;
import dev.fairlead.dialect.nginx.syntax.Fault;
import dev.fairlead.dialect.nginx.syntax.Item;
import dev.fairlead.dialect.nginx.syntax.Rules;
import dev.fairlead.dialect.nginx.syntax.Statement;
import dev.fairlead.dialect.nginx.syntax.Statement.Ending;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Carries out statements in order, each checked against the table as nginx checks it: known, allowed here, ended
/// rightly, the right number of arguments.
final class StatementReader implements Compilation.Reader {
    private final DirectiveTable<Context, Setter> table;
    private final Sources sources;
    private final Problems problems;
    /// Directives whose lines change nothing that anybody sees: one line of each is told.
    private final Set<String> noted = new HashSet<>();

    StatementReader(DirectiveTable<Context, Setter> table, Sources sources, Problems problems) {
        this.table = table;
        this.sources = sources;
        this.problems = problems;
    }

    @Override
    public void read(Block block, Level level, Compilation compilation) {
        for (Item item : block.items()) {
            switch (item) {
                case Fault fault -> problems.add(fault.diagnostic());
                case Statement statement -> {
                    for (Statement part : MissingSemicolons.split(statement, table, level.context(), problems)) {
                        carryOut(part, level, compilation);
                    }
                }
            }
        }
    }

    @Override
    public List<Item> expand(Block block, Compilation compilation) {
        return sources.expand(block).stream()
                .flatMap(item -> item instanceof Statement statement
                        ? MissingSemicolons.lastLine(statement, problems).stream()
                        : java.util.stream.Stream.of(item))
                .map(Item.class::cast)
                .toList();
    }

    private void carryOut(Statement statement, Level level, Compilation compilation) {
        Slips.report(statement, problems);
        String name = statement.name().text();
        Optional<Directive<Context, Setter>> row = table.find(name, level.context());
        if (row.isEmpty()) {
            misplacedOrUnknown(statement, level.context());
            return;
        }
        if (!endsRightly(statement, row.get()) || !countsRightly(statement, row.get())) {
            return;
        }
        switch (row.get().support()) {
            case Support.Full full -> {
                if (name.equals("include")) {
                    sources.include(statement, block -> read(block, level, compilation));
                } else {
                    row.get().setter().apply(statement, level, compilation);
                }
            }
            case Support.WithoutEffect without
            when NginxTable.isSwitchedOff(statement) -> row.get().setter().apply(statement, level, compilation);
            case Support.WithoutEffect without -> {
                int before = problems.all().size();
                row.get().setter().apply(statement, level, compilation);
                boolean isWrong = problems.all().stream().skip(before).anyMatch(Diagnostic::isError);
                if (!isWrong && (without.noticeable() || noted.add(name))) {
                    String message = "\"" + name + "\" directive has no effect in Fairlead: " + without.reason();
                    problems.add(
                            without.noticeable()
                                    ? Diagnostic.warning("nginx.without-effect", statement.span(), message)
                                    : Diagnostic.note("nginx.without-effect", statement.span(), message));
                }
            }
            case Support.Refused refused when NginxTable.isSwitchedOff(statement) -> {}
            case Support.Refused refused ->
                problems.error(
                        "nginx.unsupported",
                        statement.span(),
                        "directive \"" + name + "\" is not supported by Fairlead: " + refused.reason());
        }
    }

    private void misplacedOrUnknown(Statement statement, Context here) {
        String name = statement.name().text();
        List<Directive<Context, Setter>> elsewhere = table.named(name);
        if (!elsewhere.isEmpty()) {
            String places = elsewhere.stream()
                    .flatMap(row -> row.contexts().stream())
                    .distinct()
                    .sorted()
                    .map(Context::words)
                    .collect(Collectors.joining(", "));
            problems.error(
                    "nginx.context",
                    statement.name().span(),
                    "\"" + name + "\" directive is not allowed here",
                    "allowed in: " + places + "; this is: " + here.words());
            return;
        }
        String rule = Slips.isRestOfExpression(name) ? Rules.BRACED_EXPRESSION : "nginx.unknown-directive";
        problems.add(Diagnostic.error(rule, statement.name().span(), "unknown directive \"" + name + "\"")
                .hint(Slips.origin(name)
                        .or(() -> table.suggest(name, here).map(near -> "did you mean \"" + near + "\"?"))));
    }

    private boolean endsRightly(Statement statement, Directive<Context, Setter> row) {
        if (!row.block() && statement.ending() == Ending.BLOCK) {
            boolean isCut = statement.block().stream()
                    .flatMap(block -> block.items().stream())
                    .limit(1)
                    .anyMatch(item -> item instanceof Statement first
                            && Slips.isRestOfExpression(first.name().text()));
            problems.error(
                    isCut ? Rules.BRACED_EXPRESSION : Rules.UNTERMINATED,
                    statement.span().after(),
                    "directive \"" + row.name() + "\" is not terminated by \";\"",
                    isCut ? Slips.BRACED : "put \";\" here");
            return false;
        }
        if (row.block() && statement.ending() != Ending.BLOCK) {
            problems.error(
                    "nginx.no-block",
                    statement.span().after(),
                    "directive \"" + row.name() + "\" has no opening \"{\"",
                    "put \"{\" here and \"}\" behind what belongs to it");
            return false;
        }
        return true;
    }

    private boolean countsRightly(Statement statement, Directive<Context, Setter> row) {
        if (row.arity().accepts(statement.count())) {
            return true;
        }
        boolean lines =
                statement.span().line() != statement.words().getLast().span().line();
        problems.error(
                "nginx.arity",
                statement.span(),
                "invalid number of arguments in \"" + row.name() + "\" directive",
                "takes " + row.arity().describe() + ", here "
                        + (statement.count() == 1 ? "is 1" : "are " + statement.count())
                        + (lines ? "; is a \";\" missing at the end of a line?" : ""));
        return false;
    }
}
