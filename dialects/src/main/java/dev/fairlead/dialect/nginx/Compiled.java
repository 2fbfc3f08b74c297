package dev.fairlead.dialect.nginx;

import dev.fairlead.model.plan.Plan;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.SourceFile;
import java.util.List;
import java.util.Optional;

/// What became of a configuration.
///
/// @param plan empty if there is any error
/// @param diagnostics in the order of the configuration
/// @param sources the files that were read, each once, in the order of their first reading
public record Compiled(Optional<Plan> plan, List<Diagnostic> diagnostics, List<SourceFile> sources) {
    public Compiled {
        diagnostics = List.copyOf(diagnostics);
        sources = List.copyOf(sources);
    }

    public List<Diagnostic> errors() {
        return diagnostics.stream().filter(Diagnostic::isError).toList();
    }
}
