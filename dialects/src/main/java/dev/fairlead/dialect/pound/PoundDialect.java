package dev.fairlead.dialect.pound;

import dev.fairlead.model.control.Switchboard;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.roster.Roster;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import dev.fairlead.source.Span;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Compiles Pound configurations.
public final class PoundDialect {
    private PoundDialect() {}

    public static Compiled compile(Path file, PoundOptions options) {
        Problems problems = new Problems();
        Reading reading = new Reading(options, options.folder().orElseGet(() -> folder(file)), problems);
        List<Statement> statements = reading.open(file.toString(), Span.builtIn())
                .map(source -> new Parser(reading).read(source))
                .orElse(List.of());
        Optional<PlanBuilder> builder =
                problems.hasErrors() ? Optional.empty() : Optional.of(new PlanBuilder(reading, statements));
        Optional<Plan> plan = builder.map(PlanBuilder::plan);
        Optional<Switchboard> board = builder.flatMap(PlanBuilder::board);
        Optional<Plan> whole = plan.filter(built -> !problems.hasErrors())
                .map(built ->
                        built.withRoster(Roster.EMPTY.withBoards(board.stream().toList())));
        return new Compiled(whole, eachOnce(problems), reading.sources(), board);
    }

    private static String folder(Path file) {
        Path parent = file.getParent();
        return parent == null ? "" : parent.toString();
    }

    /// A service that several listeners reach is built for each of them; its problem is told once.
    private static List<Diagnostic> eachOnce(Problems problems) {
        Set<String> told = new HashSet<>();
        return problems.all().stream()
                .filter(problem -> told.add(problem.span() + " " + problem.message()))
                .toList();
    }
}
