package dev.fairlead.model.plan;

import dev.fairlead.model.http.HttpPlan;

/// All that a stack's traffic shall do. Services are a value of their own (`model.service`).
/// Immutable; compares by what it does, not by where it was written.
public record Plan(HttpPlan http, RuntimeOptions runtime) {
    /// Nothing to do.
    public static final Plan EMPTY = new Plan(HttpPlan.EMPTY, RuntimeOptions.DEFAULT);
}
