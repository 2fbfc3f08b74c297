package dev.fairlead.engine.generation;

import dev.fairlead.source.Problems;
import java.io.IOException;

/// A plan cannot run as it stands. Nothing was changed.
public final class PlanRefused extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Problems problems;

    PlanRefused(Problems problems) {
        super(problems.render());
        this.problems = problems;
    }

    /// Everything that is wrong, errors and warnings.
    public Problems problems() {
        return problems;
    }
}
