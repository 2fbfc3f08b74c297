package dev.fairlead.cli.adopt;

import dev.fairlead.model.app.Application;
import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.http.HttpPlan;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.service.UnitSet;
import dev.fairlead.model.text.LookupTable;
import dev.fairlead.model.upstream.Upstream;
import dev.fairlead.source.Problems;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What became of units: those that start gunicorn stand for applications, the others are as they were.
///
/// @param units all of them
/// @param services what is to be looked for on this machine: programs of those that stand for applications are
///     not
/// @param adopted those that stand for applications
/// @param traffic one plan for each of those
public record Adopted(UnitSet units, UnitSet services, List<AdoptedUnit> adopted, List<Plan> traffic) {
    public Adopted {
        adopted = List.copyOf(adopted);
        traffic = List.copyOf(traffic);
    }

    /// The plan of the stack and those of the adopted units as one. An application's name that two of them
    /// claim is a problem; where they listen, [dev.fairlead.model.plan.Claims] tells apart.
    public Plan with(Plan stack, Problems problems) {
        if (traffic.isEmpty()) {
            return stack;
        }
        List<HttpListener> listeners = new ArrayList<>();
        List<Application> applications = new ArrayList<>();
        List<Upstream> upstreams = new ArrayList<>();
        List<LookupTable> lookups = new ArrayList<>();
        Map<String, Span> names = new HashMap<>();
        int slots = 0;
        List<Plan> all = new ArrayList<>(List.of(stack));
        all.addAll(traffic);
        for (Plan plan : all) {
            listeners.addAll(plan.http().listeners());
            for (Application application : plan.applications()) {
                Span first = names.putIfAbsent(application.name(), application.origin());
                if (first != null) {
                    String what = "there is an application \"" + application.name() + "\" already";
                    claimed(what, application.origin(), first, problems);
                }
                applications.add(application);
            }
            upstreams.addAll(plan.http().upstreams());
            lookups.addAll(plan.http().lookups());
            slots = Math.max(slots, plan.http().variableSlots());
        }
        HttpPlan http = new HttpPlan(listeners, upstreams, slots, lookups);
        return new Plan(http, stack.stream(), applications, stack.links(), stack.runtime()).withRoster(stack.roster());
    }

    private static void claimed(String what, Span origin, Span first, Problems problems) {
        problems.error("adopt.claimed", origin, what, "first at " + first.fileAndLine());
    }
}
