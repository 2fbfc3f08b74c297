package dev.fairlead.dialect.nginx;

import dev.fairlead.dialect.nginx.syntax.Block;
import dev.fairlead.dialect.nginx.syntax.Item;
import dev.fairlead.dialect.nginx.syntax.Parser;
import dev.fairlead.dialect.nginx.syntax.Rules;
import dev.fairlead.dialect.nginx.syntax.Statement;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.SourceFile;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A brace or a quote that is missing or too many shifts all that follows: what is only said because of that is
/// taken away, and what is left names the place that the shape of the text points to.
final class Braces {
    /// What may be said of a line only because it seems to stand in another block than it was meant to.
    private static final Set<String> SHIFTED = Set.of(
            "nginx.context",
            "nginx.nesting",
            "nginx.duplicate",
            "nginx.duplicate-location",
            Rules.UNEXPECTED,
            Rules.END_OF_FILE);

    private final SourceFile file;
    private final List<Diagnostic> errors;
    private final Set<Diagnostic> dropped;

    private Braces(SourceFile file, List<Diagnostic> all, Set<Diagnostic> dropped) {
        this.file = file;
        this.errors = all.stream()
                .filter(each -> each.isError() && each.span().file() == file)
                .sorted(Comparator.comparingInt(each -> each.span().start()))
                .toList();
        this.dropped = dropped;
    }

    /// The problems without those that come of another; in their order.
    @SuppressWarnings("ReferenceEquality") // Problems are themselves, however alike they are.
    static List<Diagnostic> withoutConsequences(List<Diagnostic> all) {
        Set<SourceFile> files = new LinkedHashSet<>();
        all.stream().filter(Diagnostic::isError).map(each -> each.span().file()).forEach(files::add);
        Set<Diagnostic> dropped = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Diagnostic> told = new ArrayList<>(all);
        for (SourceFile file : files) {
            Braces braces = new Braces(file, all, dropped);
            braces.look().ifPresent(clue -> told.replaceAll(each -> each == clue.problem ? clue.hinted() : each));
        }
        told.removeIf(dropped::contains);
        return told;
    }

    /// A problem, and where it may come from.
    private record Clue(Diagnostic problem, Optional<String> hint) {
        Diagnostic hinted() {
            return hint.isPresent() ? problem.hint(hint) : problem;
        }
    }

    private Optional<Clue> look() {
        Optional<Diagnostic> quote = first(Rules.QUOTE);
        quote.ifPresent(found -> dropBehind(found, false));
        if (quote.isPresent()) {
            return Optional.empty();
        }
        Optional<Diagnostic> unopened = first("nginx.no-block").or(() -> first(Rules.BRACED_EXPRESSION));
        if (unopened.isPresent()) {
            dropBehind(unopened.get(), true);
            return Optional.empty();
        }
        Optional<Diagnostic> end = errors.stream().filter(Braces::isUnclosed).findFirst();
        Optional<Diagnostic> extra = errors.stream().filter(Braces::isTooMany).findFirst();
        return end.or(() -> extra).flatMap(fault -> culprit(fault, end.isPresent()));
    }

    private Optional<Clue> culprit(Diagnostic fault, boolean isUnclosed) {
        List<Closed> blocks = new ArrayList<>();
        collect(Parser.parse(file), blocks);
        Optional<Closed> odd = blocks.stream()
                .filter(block -> isUnclosed ? block.isClosedFurtherOut() : block.isClosedFurtherIn())
                .min(Comparator.comparingInt(block -> block.end().start()))
                .or(() -> isUnclosed ? blocks.stream().filter(Closed::isOpen).reduce((a, b) -> b) : Optional.empty());
        if (odd.isEmpty()) {
            return Optional.empty();
        }
        Closed block = odd.get();
        int from = isUnclosed
                ? block.statement().name().span().start()
                : block.end().start();
        List<Diagnostic> shifted = errors.stream()
                .filter(each -> SHIFTED.contains(each.rule()) && each.span().start() >= from)
                .toList();
        shifted.stream().skip(1).forEach(dropped::add);
        Diagnostic kept = shifted.isEmpty() ? fault : shifted.getFirst();
        return Optional.of(new Clue(kept, Optional.of(block.hint(isUnclosed))));
    }

    private Optional<Diagnostic> first(String rule) {
        return errors.stream().filter(each -> each.rule().equals(rule)).findFirst();
    }

    @SuppressWarnings("ReferenceEquality") // The same.
    private void dropBehind(Diagnostic first, boolean onlyShifted) {
        errors.stream()
                .filter(each -> each.span().start() >= first.span().start() && each != first)
                .filter(each -> !onlyShifted || SHIFTED.contains(each.rule()))
                .forEach(dropped::add);
    }

    private static boolean isUnclosed(Diagnostic problem) {
        return problem.rule().equals(Rules.END_OF_FILE) && problem.message().endsWith("expecting \"}\"");
    }

    private static boolean isTooMany(Diagnostic problem) {
        return problem.rule().equals(Rules.UNEXPECTED) && problem.message().endsWith("\"}\"");
    }

    private static void collect(Block block, List<Closed> into) {
        for (Item item : block.items()) {
            if (item instanceof Statement statement && statement.block().isPresent()) {
                into.add(new Closed(statement, statement.block().get().end()));
                collect(statement.block().get(), into);
            }
        }
    }

    /// A block by the shape of its first and last line.
    private record Closed(Statement statement, Span end) {
        boolean isOpen() {
            return end.start() == end.file().text().length();
        }

        boolean isClosedFurtherOut() {
            return isShaped()
                    && indent(end).length() < indent(statement.name().span()).length();
        }

        boolean isClosedFurtherIn() {
            return isShaped()
                    && indent(end).length() > indent(statement.name().span()).length();
        }

        private boolean isShaped() {
            return !isOpen()
                    && end.line() != statement.name().span().line()
                    && isFirst(end)
                    && isFirst(statement.name().span());
        }

        private static boolean isFirst(Span span) {
            return indent(span).isBlank();
        }

        /// What stands before it on its line.
        private static String indent(Span span) {
            return span.file().line(span.line()).substring(0, span.column() - 1);
        }

        String hint(boolean isUnclosed) {
            String name =
                    "\"" + statement.name() + "\" of " + statement.name().span().fileAndLine();
            return isUnclosed
                    ? "the block " + name + " is not closed before this: a \"}\" is missing"
                    : "the \"}\" at " + end.fileAndLine() + " ends the block " + name + ": it may be one too many";
        }
    }
}
