package dev.fairlead.dialect.nginx;

import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.DirectiveTable;
import dev.fairlead.dialect.nginx.scope.Context;
import dev.fairlead.dialect.nginx.scope.Setter;
import dev.fairlead.dialect.nginx.syntax.Statement;
import dev.fairlead.dialect.nginx.syntax.Statement.Ending;
import dev.fairlead.dialect.nginx.syntax.Word;
import dev.fairlead.source.Problems;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds the lines that lack their semicolon. nginx reads on and complains about what comes later, often many
/// lines below; here each such line is named, and what follows is read as the statement it was meant to be.
final class MissingSemicolons {
    private MissingSemicolons() {}

    /// The statements that one was meant to be. A statement that nginx accepts as it stands is left alone.
    static List<Statement> split(
            Statement statement, DirectiveTable<Context, Setter> table, Context context, Problems problems) {
        List<Integer> starts = starts(statement, table, context);
        boolean unfinished = isUnfinished(statement);
        if (starts.size() > 1 && !unfinished && isGoodAsItStands(statement, table, context)) {
            Word odd = statement.words().get(starts.get(1));
            problems.warning(
                    "nginx.looks-like-directive",
                    odd.span(),
                    "\"" + odd + "\" is read as an argument of \"" + statement.name() + "\"",
                    "if it is meant as a directive, put \";\" at the end of the line before");
            return List.of(statement);
        }
        if (starts.size() == 1 && !unfinished) {
            return List.of(statement);
        }
        List<Statement> parts = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            boolean last = i == starts.size() - 1;
            int end = last ? statement.words().size() : starts.get(i + 1);
            List<Word> words = statement.words().subList(starts.get(i), end);
            if (last && !unfinished) {
                parts.add(new Statement(words, statement.ending(), statement.end(), statement.block()));
            } else {
                // An unknown directive, or one that lacks its block, is a problem enough.
                boolean isOther = Slips.isForeignComment(words.getFirst().text())
                        || table.find(words.getFirst().text(), context)
                                .filter(Directive::block)
                                .isPresent();
                if (!isOther) {
                    report(words, problems);
                }
                Span behind = words.getLast().span().after();
                parts.add(new Statement(words, Ending.SEMICOLON, behind, Optional.empty()));
            }
        }
        return parts;
    }

    /// For blocks with a grammar of their own: a last line without semicolon.
    static Optional<Statement> lastLine(Statement statement, Problems problems) {
        if (isUnfinished(statement)) {
            report(statement.words(), problems);
        }
        return Optional.of(statement);
    }

    private static void report(List<Word> words, Problems problems) {
        problems.error(
                "nginx.unterminated",
                words.getLast().span().after(),
                "directive \"" + words.getFirst() + "\" is not terminated by \";\"",
                "put \";\" at the end of this line");
    }

    private static boolean isUnfinished(Statement statement) {
        return switch (statement.ending()) {
            case CLOSING_BRACE, END_OF_FILE -> true;
            case SEMICOLON, BLOCK -> false;
        };
    }

    /// The words that are the first of their line and the name of a directive that may stand here.
    private static List<Integer> starts(Statement statement, DirectiveTable<Context, Setter> table, Context context) {
        List<Integer> starts = new ArrayList<>(List.of(0));
        List<Word> words = statement.words();
        for (int i = 1; i < words.size(); i++) {
            boolean newLine =
                    words.get(i).span().line() > words.get(i - 1).span().line();
            if (newLine && table.find(words.get(i).text(), context).isPresent()) {
                starts.add(i);
            }
        }
        return starts;
    }

    private static boolean isGoodAsItStands(
            Statement statement, DirectiveTable<Context, Setter> table, Context context) {
        Optional<Directive<Context, Setter>> row = table.find(statement.name().text(), context);
        return row.isPresent()
                && row.get().block() == (statement.ending() == Ending.BLOCK)
                && row.get().arity().accepts(statement.count())
                && (row.get().freeWords() || !row.get().arity().orMore());
    }
}
