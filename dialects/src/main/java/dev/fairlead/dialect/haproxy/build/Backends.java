package dev.fairlead.dialect.haproxy.build;

import dev.fairlead.dialect.haproxy.build.rule.BodyWaits;
import dev.fairlead.dialect.haproxy.build.rule.ConnectionRules;
import dev.fairlead.dialect.haproxy.build.rule.ForwardedFor;
import dev.fairlead.dialect.haproxy.build.rule.RequestRules;
import dev.fairlead.dialect.haproxy.build.rule.Services;
import dev.fairlead.dialect.haproxy.build.server.Balances;
import dev.fairlead.dialect.haproxy.build.server.Servers;
import dev.fairlead.dialect.haproxy.build.server.Sticking;
import dev.fairlead.dialect.haproxy.build.workshop.Scene;
import dev.fairlead.dialect.haproxy.build.workshop.Workshop;
import dev.fairlead.dialect.haproxy.rule.Acls;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.model.http.Action;
import dev.fairlead.model.http.Location;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.http.Settings;
import dev.fairlead.model.upstream.Upstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes named locations and upstreams of backends.
final class Backends {
    private static final int KEPT = 64;
    private static final int UNAVAILABLE = 503;

    private final Workshop workshop;
    private final Servers servers;
    private final Map<String, Upstream> upstreams = new LinkedHashMap<>();
    private final Map<String, Servers.Group> groups = new LinkedHashMap<>();

    Backends(Workshop workshop) {
        this.workshop = workshop;
        this.servers = new Servers(workshop);
    }

    /// @param isTcp whether those in `mode tcp`, or those in `mode http`
    List<Upstream> upstreams(boolean isTcp) {
        return upstreams.values().stream()
                .filter(upstream ->
                        workshop.backend(upstream.name()).filter(Proxy::isTcp).isPresent() == isTcp)
                .toList();
    }

    /// The backend as seen from a frontend, and what answers in its place.
    List<Location> locations(Proxy backend, Scene front, Places places) {
        Scene scene = front.in(backend);
        Acls acls = new Acls(backend, scene, workshop.problems());
        List<Rule> rules = new ArrayList<>();
        boolean isSame = backend.equals(front.front());
        if (!isSame) {
            rules.addAll(new ConnectionRules(scene, acls).ofBackend(backend));
            rules.addAll(new BodyWaits(workshop).rules(front.front(), backend));
            rules.addAll(RequestRules.of(backend, scene, acls));
            rules.addAll(new StatsPages(backend, scene, acls).rules());
        }
        for (ForwardedFor.Kind kind : ForwardedFor.Kind.values()) {
            new ForwardedFor(kind, front.front(), backend, workshop.problems())
                    .rule()
                    .ifPresent(rules::add);
        }
        Upstream upstream = upstream(backend);
        checkMode(backend, front.front());
        if (upstream.servers().isEmpty()) {
            rules.add(new Rule.Answer(UNAVAILABLE, Optional.empty(), backend.origin()));
        }
        Settings settings = places.backendSettings(front.front(), backend, scene, acls);
        List<Location> locations = new ArrayList<>();
        if (!isSame) {
            locations.addAll(new Services(backend).locations(settings));
        }
        locations.add(new Location(
                new Location.Match.Named(backend.name()),
                rules,
                settings,
                upstream.servers().isEmpty()
                        ? new Action.ServeFiles(backend.origin())
                        : new Action.ForwardTo(
                                Forwards.of(workshop, front.front(), backend, upstream, group(backend)),
                                backend.origin()),
                List.of(),
                true,
                backend.origin()));
        return locations;
    }

    /// The page of a backend, as seen from a frontend.
    StatsPages stats(Proxy backend, Scene front) {
        Scene scene = front.in(backend);
        return new StatsPages(backend, scene, new Acls(backend, scene, workshop.problems()));
    }

    private void checkMode(Proxy backend, Proxy front) {
        if (backend.isTcp()) {
            workshop.problems()
                    .error(
                            "haproxy.mode",
                            backend.origin(),
                            "http " + front.section().shown() + " tries to use incompatible tcp "
                                    + backend.section().shown(),
                            "say mode http in it or in defaults");
        }
    }

    Servers.Group group(Proxy backend) {
        Servers.Group known = groups.get(backend.name());
        if (known == null) {
            known = servers.of(backend);
            groups.put(backend.name(), known);
        }
        return known;
    }

    Upstream upstream(Proxy backend) {
        Upstream known = upstreams.get(backend.name());
        if (known != null) {
            return known;
        }
        boolean keeps = !backend.isOn("option httpclose")
                && !backend.isOn("option http-server-close")
                && !backend.last("http-reuse")
                        .map(Entry::args)
                        .map(args -> args.getFirst().is("never"))
                        .orElse(false);
        Optional<Upstream.IdlePool> idle = keeps
                ? Optional.of(new Upstream.IdlePool(KEPT, Long.MAX_VALUE, Duration.ofHours(1), Duration.ofSeconds(5)))
                : Optional.empty();
        backend.each("tcp-response content").forEach(this::checkAnswerRule);
        Sticking sticking = new Sticking(workshop, backend);
        Upstream built = new Upstream(
                backend.name(),
                group(backend).servers(),
                new Balances(workshop, backend).balance(),
                idle,
                true,
                queue(backend),
                sticking.persistence(),
                sticking.loyalty(),
                backend.isOn("option allbackups") ? Upstream.Backups.ALL : Upstream.Backups.FIRST,
                backend.origin());
        upstreams.put(backend.name(), built);
        return built;
    }

    /// Nothing but `accept` is followed; what is to keep answers back is refused.
    private void checkAnswerRule(Entry entry) {
        Word action = entry.arg(0);
        if (action.is("reject") || action.is("close") || action.is("silent-drop")) {
            workshop.problems()
                    .error(
                            "haproxy.refused",
                            action.span(),
                            "'tcp-response content " + action.text()
                                    + "' is not supported: answers of servers are not looked at");
        } else if (!action.is("accept")) {
            workshop.problems()
                    .warning(
                            "haproxy.without-effect",
                            action.span(),
                            "'tcp-response content " + action.text()
                                    + "' has no effect: answers of servers are not looked at");
        }
    }

    /// Requests wait where a server has a limit: for `timeout queue`, else as long as connecting may take.
    private Optional<Upstream.Queue> queue(Proxy backend) {
        boolean isLimited = group(backend).servers().stream().anyMatch(server -> server.maxConnections() > 0);
        Duration patience = backend.last("timeout queue")
                .flatMap(workshop::delay)
                .filter(time -> !time.isZero())
                .orElseGet(() -> workshop.limit(backend, "timeout connect", "contimeout"));
        return isLimited ? Optional.of(new Upstream.Queue(Integer.MAX_VALUE, patience)) : Optional.empty();
    }
}
