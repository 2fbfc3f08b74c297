package dev.fairlead.dialect.haproxy.lint;

import dev.fairlead.dialect.haproxy.scope.Configuration;
import dev.fairlead.source.Problems;

/// Looks at a configuration without errors.
@FunctionalInterface
interface LintRule {
    void look(Configuration configuration, Problems problems);
}
