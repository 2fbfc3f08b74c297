package dev.fairlead.dialect.stunnel;

import dev.fairlead.model.plan.Plan;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.SourceFile;
import java.util.List;
import java.util.Optional;

/// What became of a configuration.
///
/// @param plan empty if there is any error
/// @param diagnostics in the order of the configuration
/// @param sources the files that were read, in the order of their reading
/// @param foreground whether it asks to stay in the foreground
public record Compiled(
        Optional<Plan> plan, List<Diagnostic> diagnostics, List<SourceFile> sources, boolean foreground) {
    public Compiled {
        diagnostics = List.copyOf(diagnostics);
        sources = List.copyOf(sources);
    }
}
