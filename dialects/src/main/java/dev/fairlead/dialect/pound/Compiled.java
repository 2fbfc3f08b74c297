package dev.fairlead.dialect.pound;

import dev.fairlead.model.control.Switchboard;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.SourceFile;
import java.util.List;
import java.util.Optional;

/// What became of a configuration.
///
/// @param plan empty if there is any error
/// @param diagnostics in the order in which they were found
/// @param sources the files that were read
/// @param board the socket for operators, if the configuration asks for one
public record Compiled(
        Optional<Plan> plan, List<Diagnostic> diagnostics, List<SourceFile> sources, Optional<Switchboard> board) {
    public Compiled {
        diagnostics = List.copyOf(diagnostics);
        sources = List.copyOf(sources);
    }
}
