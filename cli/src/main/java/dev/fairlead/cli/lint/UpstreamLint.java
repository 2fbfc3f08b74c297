package dev.fairlead.cli.lint;

import dev.fairlead.model.http.Action;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.plan.Ending;
import dev.fairlead.model.plan.Outlet;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.stream.StreamAction;
import dev.fairlead.model.stream.StreamForward;
import dev.fairlead.model.stream.StreamHost;
import dev.fairlead.model.stream.StreamListener;
import dev.fairlead.model.upstream.Upstream;
import dev.fairlead.source.Problems;
import dev.fairlead.unit.Suggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Groups of servers that nothing is passed to.
final class UpstreamLint {
    static final String UNUSED = "lint.unused-upstream";

    private UpstreamLint() {}

    static void look(Plan plan, Problems problems) {
        Set<String> used = new HashSet<>();
        for (Ending ending : Ending.of(plan)) {
            if (ending.action() instanceof Action.ForwardTo(Forward forward, var origin)) {
                switch (forward.target()) {
                    case Forward.Target.Fixed fixed -> used.add(fixed.upstream().name());
                    case Forward.Target.Computed computed ->
                        computed.declared().forEach(upstream -> used.add(upstream.name()));
                }
            }
        }
        streams(plan).forEach(forward -> {
            switch (forward.target()) {
                case StreamForward.Target.Fixed fixed ->
                    used.add(fixed.upstream().name());
                case StreamForward.Target.Computed computed ->
                    computed.declared().forEach(upstream -> used.add(upstream.name()));
            }
        });
        List<Upstream> all = new ArrayList<>(plan.http().upstreams());
        all.addAll(plan.stream().upstreams());
        // Servers of one group may stand in for the health of another's.
        all.stream()
                .flatMap(upstream -> upstream.servers().stream())
                .flatMap(server -> server.traits().tracks().stream())
                .forEach(tracked -> used.add(tracked.upstream()));
        for (Upstream upstream : all) {
            boolean isMeant = upstream.declared()
                    && !upstream.servers().isEmpty()
                    && upstream.servers().stream().noneMatch(UpstreamLint::isAsked);
            if (isMeant && !used.contains(upstream.name())) {
                problems.warning(
                        UNUSED,
                        upstream.origin(),
                        "nothing is passed to the servers of \"" + upstream.name() + "\"",
                        meant(upstream, plan)
                                .orElse(
                                        "is another name written where it was meant? If it is not needed, take it out"));
            }
        }
    }

    /// A place that passes requests to a name that is nearly the one of a group, and no group's.
    private static Optional<String> meant(Upstream upstream, Plan plan) {
        Map<String, String> places = new HashMap<>();
        Outlet.of(plan).forEach(outlet -> {
            if (outlet.to() instanceof Address.Tcp tcp) {
                places.putIfAbsent(tcp.host(), outlet.origin().fileAndLine());
            }
        });
        return Suggestion.nearest(upstream.name(), places.keySet())
                .map(name -> "\"" + name + "\" is written at " + places.getOrDefault(name, "")
                        + ", and no group is called so: is this one meant?");
    }

    /// Whether requests go to the address that the client asked for, or to its port: they do so by the address
    /// alone.
    private static boolean isAsked(Upstream.Server server) {
        return server.address() instanceof Address.Tcp tcp && (tcp.isEveryAddress() || tcp.port() == 0);
    }

    private static Stream<StreamForward> streams(Plan plan) {
        List<StreamAction> actions = new ArrayList<>();
        for (StreamListener listener : plan.stream().listeners()) {
            for (StreamHost host : listener.hosts()) {
                host.rules().forEach(rule -> actions.add(rule.then()));
                host.unverified().ifPresent(actions::add);
                actions.add(host.action());
            }
        }
        return actions.stream()
                .filter(StreamAction.ForwardTo.class::isInstance)
                .map(action -> ((StreamAction.ForwardTo) action).forward());
    }
}
