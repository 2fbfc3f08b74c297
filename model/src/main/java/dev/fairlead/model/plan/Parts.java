package dev.fairlead.model.plan;

import dev.fairlead.model.app.Application;
import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.http.HttpPlan;
import dev.fairlead.model.roster.Roster;
import dev.fairlead.model.stream.StreamListener;
import dev.fairlead.model.stream.StreamPlan;
import dev.fairlead.model.text.LookupTable;
import dev.fairlead.model.upstream.Upstream;
import dev.fairlead.source.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Makes one plan of several, such as those of the configurations of several programs. A pure function.
public final class Parts {
    private final Problems problems;
    private final List<HttpListener> httpListeners = new ArrayList<>();
    private final List<StreamListener> streamListeners = new ArrayList<>();
    private final Map<String, Upstream> upstreams = new LinkedHashMap<>();
    private final Map<String, Upstream> streamUpstreams = new LinkedHashMap<>();
    private final List<LookupTable> lookups = new ArrayList<>();
    private final List<Application> applications = new ArrayList<>();
    private Roster roster = Roster.EMPTY;
    private int slots;
    private int streamSlots;

    private Parts(Problems problems) {
        this.problems = problems;
    }

    /// @param parts at least one; what concerns the program itself is that of the first, but the most connections
    ///     are those of the part that takes most. An upstream's name that means different servers in two is a
    ///     problem; where they listen, [Claims] tells apart
    public static Plan join(List<Plan> parts, Problems problems) {
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        Parts all = new Parts(problems);
        parts.forEach(all::add);
        int most = parts.stream()
                .mapToInt(part -> part.runtime().maxConnections())
                .max()
                .orElseThrow();
        return new Plan(
                        new HttpPlan(all.httpListeners, List.copyOf(all.upstreams.values()), all.slots, all.lookups),
                        new StreamPlan(all.streamListeners, List.copyOf(all.streamUpstreams.values()), all.streamSlots),
                        all.applications,
                        List.of(),
                        parts.getFirst().runtime().withMaxConnections(most))
                .withRoster(all.roster);
    }

    private void add(Plan part) {
        httpListeners.addAll(part.http().listeners());
        streamListeners.addAll(part.stream().listeners());
        part.http().upstreams().forEach(upstream -> put(upstream, upstreams));
        part.stream().upstreams().forEach(upstream -> put(upstream, streamUpstreams));
        roster = roster.and(part.roster());
        lookups.addAll(part.http().lookups());
        applications.addAll(part.applications());
        slots = Math.max(slots, part.http().variableSlots());
        streamSlots = Math.max(streamSlots, part.stream().variableSlots());
    }

    private void put(Upstream upstream, Map<String, Upstream> into) {
        Upstream other = into.putIfAbsent(upstream.name(), upstream);
        if (other != null && !other.equals(upstream)) {
            problems.error(
                    "stack.upstream",
                    upstream.origin(),
                    "\"" + upstream.name() + "\" names servers in two configurations",
                    "the other is at " + other.origin().fileAndLine() + "; give one of them another name");
        }
    }
}
