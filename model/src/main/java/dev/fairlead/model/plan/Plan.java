package dev.fairlead.model.plan;

import dev.fairlead.model.app.Application;
import dev.fairlead.model.http.HttpPlan;
import java.util.List;

/// All that a stack's traffic shall do. Services are a value of their own (`model.service`).
/// Immutable; compares by what it does, not by where it was written.
///
/// @param applications those that locations of `http` run, each name once
/// @param links hops between parts of the plan that need no socket; made by the linker, empty before
public record Plan(HttpPlan http, List<Application> applications, List<Link> links, RuntimeOptions runtime) {
    /// Nothing to do.
    public static final Plan EMPTY = new Plan(HttpPlan.EMPTY, RuntimeOptions.DEFAULT);

    public Plan {
        applications = List.copyOf(applications);
        links = List.copyOf(links);
    }

    /// A plan without applications.
    public Plan(HttpPlan http, RuntimeOptions runtime) {
        this(http, List.of(), List.of(), runtime);
    }

    /// The same with other links.
    public Plan withLinks(List<Link> others) {
        return new Plan(http, applications, others, runtime);
    }
}
