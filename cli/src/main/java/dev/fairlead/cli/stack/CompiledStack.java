package dev.fairlead.cli.stack;

import dev.fairlead.cli.adopt.AdoptedUnit;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.plan.PortMap;
import dev.fairlead.model.service.UnitSet;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Severity;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the files of a stack mean, and what is wrong with them.
///
/// @param plan what traffic shall do; empty where the stack has none, or where it cannot be told for errors
/// @param adopted units that stand for applications
/// @param diagnostics all of them, in the order of the files
public record CompiledStack(
        Layout layout, Optional<Plan> plan, UnitSet units, List<AdoptedUnit> adopted, List<Diagnostic> diagnostics) {
    /// A stack of which no unit stands for an application.
    public CompiledStack(Layout layout, Optional<Plan> plan, UnitSet units, List<Diagnostic> diagnostics) {
        this(layout, plan, units, List.of(), diagnostics);
    }

    public CompiledStack {
        adopted = List.copyOf(adopted);
        diagnostics = List.copyOf(diagnostics);
    }

    /// The same, listening elsewhere.
    public CompiledStack moved(PortMap ports) {
        return new CompiledStack(
                layout,
                plan.map(ports::applyTo).map(moved -> ports.follow(moved, units)),
                ports.applyTo(units),
                adopted,
                diagnostics);
    }

    /// The same with more that is wrong with it.
    public CompiledStack with(List<Diagnostic> more) {
        return new CompiledStack(
                layout,
                plan,
                units,
                adopted,
                Stream.concat(diagnostics.stream(), more.stream()).toList());
    }

    /// Whether anything keeps it from running.
    public boolean isBroken() {
        return !layout.problems().isEmpty() || diagnostics.stream().anyMatch(Diagnostic::isError);
    }

    /// Everything that is wrong, as text for people, with a blank line between two; empty if nothing is.
    ///
    /// @param least of what weight at least
    public String complaints(Severity least) {
        List<String> problems =
                layout.problems().stream().map(problem -> "error: " + problem).collect(Collectors.toList());
        diagnostics.stream()
                .filter(diagnostic -> diagnostic.severity().compareTo(least) >= 0)
                .forEach(diagnostic -> problems.add(diagnostic.render()));
        return String.join("\n\n", problems);
    }

    /// In one line, such as `2 errors, 1 warning`.
    public String verdict() {
        long errors = layout.problems().size() + count(Severity.ERROR);
        long warnings = count(Severity.WARNING);
        if (errors == 0 && warnings == 0) {
            return "no problems";
        }
        String counted = warnings == 0 ? "" : plural(warnings, "warning");
        return errors == 0 ? counted : plural(errors, "error") + (warnings == 0 ? "" : ", " + counted);
    }

    private long count(Severity severity) {
        return diagnostics.stream()
                .filter(diagnostic -> diagnostic.severity() == severity)
                .count();
    }

    private static String plural(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
