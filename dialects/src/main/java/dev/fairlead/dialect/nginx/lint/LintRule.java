package dev.fairlead.dialect.nginx.lint;

import dev.fairlead.source.Problems;

/// Looks at one branch at a time.
@FunctionalInterface
interface LintRule {
    /// @param branch any statement of the configuration
    void look(Branch branch, Problems problems);
}
