package dev.fairlead.dialect.pound;

import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.Support;
import dev.fairlead.dialect.pound.table.Context;
import dev.fairlead.dialect.pound.table.PoundTable;
import dev.fairlead.dialect.pound.table.Shape;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import dev.fairlead.source.SourceFile;
import dev.fairlead.source.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Makes statements of lines and checks each against the table.
final class Parser {
    private static final int DEEPEST = 16;
    private static final Set<String> LISTS = Set.of("ACL", "TrustedIP", "CombineHeaders");

    private final Reading reading;
    private final Problems problems;
    private final Deque<Deque<List<Word>>> open = new ArrayDeque<>();
    /// The blocks that the present line stands in, the innermost first.
    private final Deque<Context> around = new ArrayDeque<>();

    Parser(Reading reading) {
        this.reading = reading;
        this.problems = reading.problems();
    }

    List<Statement> read(SourceFile file) {
        open.push(new ArrayDeque<>(Lexer.lines(file, problems)));
        List<Statement> statements = statements(Context.GLOBAL, Optional.empty());
        open.clear();
        return statements;
    }

    /// The next line; behind the end of a file that was included, the file that did so goes on.
    private Optional<List<Word>> next() {
        while (!open.isEmpty() && open.getFirst().isEmpty()) {
            if (open.size() == 1) {
                return Optional.empty();
            }
            open.pop();
        }
        return open.isEmpty() ? Optional.empty() : Optional.of(open.getFirst().pop());
    }

    /// @param opener what opened the block; empty for the whole
    private List<Statement> statements(Context context, Optional<Word> opener) {
        List<Statement> found = new ArrayList<>();
        Optional<List<Word>> line = next();
        while (line.isPresent()) {
            List<Word> words = line.get();
            Word first = words.getFirst();
            if (first.is("End") && !first.quoted()) {
                if (opener.isPresent()) {
                    return found;
                }
                problems.error("pound.end", first.span(), "\"End\" without a block", "no block is open here");
            } else if (opener.isPresent() && belongsOutside(first, context)) {
                unended(opener.get(), first);
                open.getFirst().push(words);
                return found;
            } else if (first.is("Include")) {
                include(words);
            } else if (context == Context.LIST) {
                found.add(new Statement("", first, false, words, List.of()));
            } else {
                statement(words, context).ifPresent(found::add);
            }
            line = next();
        }
        opener.ifPresent(this::unended);
        return found;
    }

    private void include(List<Word> words) {
        Word keyword = words.getFirst();
        if (words.size() != 2) {
            problems.error("pound.arguments", keyword.span(), "\"Include\" takes 1 argument");
            return;
        }
        if (open.size() >= DEEPEST) {
            problems.error("pound.include", words.get(1).span(), "files include each other more than 16 deep");
            return;
        }
        reading.open(reading.path(words.get(1).text()), words.get(1).span())
                .ifPresent(file -> open.push(new ArrayDeque<>(Lexer.lines(file, problems))));
    }

    private Optional<Statement> statement(List<Word> words, Context context) {
        boolean negated = words.getFirst().is("Not") && words.size() > 1;
        List<Word> rest = negated ? words.subList(1, words.size()) : words;
        Word keyword = rest.getFirst();
        List<Word> args = List.copyOf(rest.subList(1, rest.size()));
        Optional<Directive<Context, Shape>> row = PoundTable.find(keyword.text(), context);
        if (row.isEmpty()) {
            unknown(keyword, context);
            boolean isBlock = args.isEmpty()
                    && PoundTable.places(keyword.text()).isEmpty()
                    && PoundTable.suggest(keyword.text(), context)
                            .filter(PoundTable::isBlock)
                            .isPresent();
            if (isBlock) {
                pass(keyword);
            }
            return Optional.empty();
        }
        check(row.get(), keyword, args);
        if (row.get().name().equals("IncludeDir") && args.size() == 1) {
            reading.startFrom(args.getFirst().text());
        }
        boolean isBlock = PoundTable.isBlock(row.get().setter(), args.size());
        if (isBlock && row.get().support() instanceof Support.Refused) {
            pass(keyword);
            return Optional.empty();
        }
        around.push(context);
        List<Statement> children =
                isBlock ? statements(inside(row.get().name(), args, context), Optional.of(keyword)) : List.of();
        around.pop();
        return Optional.of(new Statement(row.get().name(), keyword, negated, args, children));
    }

    /// Goes behind the end of a block that is not supported: what stands in it is no concern of anybody's.
    private void pass(Word opener) {
        int depth = 1;
        Optional<List<Word>> line = next();
        while (line.isPresent()) {
            Word first = line.get().getFirst();
            if (first.is("End") && !first.quoted()) {
                depth--;
            } else if (PoundTable.opens(first.text(), line.get().size() - 1)) {
                depth++;
            }
            if (depth == 0) {
                return;
            }
            line = next();
        }
        unended(opener);
    }

    /// Whether a block begins that cannot stand here, but could if the present one had ended.
    private boolean belongsOutside(Word keyword, Context context) {
        return !keyword.quoted()
                && context != Context.LIST
                && PoundTable.isBlock(keyword.text())
                && PoundTable.find(keyword.text(), context).isEmpty()
                && around.stream()
                        .anyMatch(
                                outer -> PoundTable.find(keyword.text(), outer).isPresent());
    }

    private void unended(Word opener, Word next) {
        problems.error(
                "pound.end",
                opener.span(),
                "\"" + opener.text() + "\" is not ended",
                "a line End belongs in front of \"" + next.text() + "\" in line "
                        + next.span().line());
    }

    private void unended(Word opener) {
        problems.error(
                "pound.end",
                opener.span(),
                "\"" + opener.text() + "\" is not ended",
                "a line End belongs behind its last directive");
    }

    private static Context inside(String name, List<Word> args, Context around) {
        if (LISTS.contains(name)) {
            return Context.LIST;
        }
        return switch (name) {
            case "ListenHTTP" -> Context.HTTP;
            case "ListenHTTPS" -> Context.HTTPS;
            case "Service" -> Context.SERVICE;
            case "BackEnd" -> Context.BACKEND;
            case "Emergency" -> Context.EMERGENCY;
            case "Session" -> Context.SESSION;
            case "Control" -> Context.CONTROL;
            case "Match" -> around == Context.REWRITE_RESPONSE ? Context.REWRITE_RESPONSE : Context.MATCH;
            case "Rewrite" ->
                !args.isEmpty() && args.getFirst().is("response") ? Context.REWRITE_RESPONSE : Context.REWRITE;
            default -> Context.LIST;
        };
    }

    private void unknown(Word keyword, Context context) {
        List<String> places = PoundTable.places(keyword.text());
        Span at = keyword.span();
        if (!places.isEmpty()) {
            problems.error(
                    "pound.context",
                    at,
                    "\"" + keyword.text() + "\" is not allowed "
                            + (context == Context.GLOBAL ? "outside of blocks" : "in " + context.words()),
                    "it belongs into " + String.join(", ", places));
            return;
        }
        problems.add(Diagnostic.error("pound.unknown", at, "unrecognized keyword \"" + keyword.text() + "\"")
                .hint(PoundTable.suggest(keyword.text(), context).map(near -> "did you mean \"" + near + "\"?")));
    }

    private void check(Directive<Context, Shape> row, Word keyword, List<Word> args) {
        String name = "\"" + row.name() + "\"";
        switch (row.support()) {
            case Support.Full full -> {
                if (!row.arity().accepts(args.size())) {
                    problems.error(
                            "pound.arguments",
                            keyword.span(),
                            name + " takes " + row.arity().describe() + ", not " + args.size());
                }
            }
            case Support.WithoutEffect without ->
                problems.add(
                        without.noticeable()
                                ? Diagnostic.warning(
                                        "pound.without-effect", keyword.span(), name + ": " + without.reason())
                                : Diagnostic.note(
                                        "pound.without-effect", keyword.span(), name + ": " + without.reason()));
            case Support.Refused refused ->
                problems.error("pound.unsupported", keyword.span(), name + ": " + refused.reason());
        }
    }
}
