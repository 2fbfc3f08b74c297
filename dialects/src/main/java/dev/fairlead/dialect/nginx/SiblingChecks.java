package dev.fairlead.dialect.nginx;

import dev.fairlead.dialect.nginx.scope.Http;
import dev.fairlead.dialect.nginx.scope.Place;
import dev.fairlead.dialect.nginx.scope.Server;
import dev.fairlead.model.http.Location.Match;
import dev.fairlead.model.http.VirtualHost.ServerName;
import dev.fairlead.source.Problems;
import dev.fairlead.source.Span;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Finds locations and names that are there twice.
final class SiblingChecks {
    private SiblingChecks() {}

    static void locations(Place place, Problems problems) {
        Map<String, Place> seen = new HashMap<>();
        for (Place nested : place.nested()) {
            Optional<String> key = key(nested.match());
            Place before = key.isEmpty() ? null : seen.putIfAbsent(key.get(), nested);
            if (before != null && nested.match() instanceof Match.Named named) {
                problems.warning(
                        "nginx.duplicate-location",
                        nested.origin(),
                        "location \"@" + named.name() + "\" is never reached",
                        "the first one of that name is taken: " + before.origin());
            } else if (before != null) {
                String path = key.get().substring(key.get().indexOf(' ') + 1);
                problems.error(
                        "nginx.duplicate-location",
                        nested.origin(),
                        "duplicate location \"" + path + "\"",
                        "first defined at " + before.origin());
            }
            locations(nested, problems);
        }
    }

    private static Optional<String> key(Match match) {
        return switch (match) {
            case Match.Exact exact -> Optional.of("= " + exact.path());
            case Match.Prefix prefix -> Optional.of("^ " + prefix.path());
            case Match.Named named -> Optional.of("@ " + named.name());
            case Match.Expression expression -> Optional.empty();
            case Match.Anywhere anywhere -> Optional.empty();
        };
    }

    static void zones(Http http, Problems problems) {
        http.zonesWithoutSize().stream()
                .filter(name -> !http.zonesWithSize().contains(name.text()))
                .forEach(name -> problems.error(
                        "nginx.unknown-zone",
                        name.span(),
                        "zero size shared memory zone \"" + name + "\"",
                        "give its size: zone " + name + " 64k;"));
        caches(http, problems);
    }

    private static void caches(Http http, Problems problems) {
        http.caches().forEach((name, origin) -> {
            if (http.zones().containsKey(name)) {
                problems.error(
                        "nginx.duplicate",
                        origin,
                        "the shared memory zone \"" + name + "\" is already declared for a different use",
                        "declared at " + http.zones().get(name).origin());
            }
        });
        http.usedCaches().stream()
                .filter(name -> !http.caches().containsKey(name.text()))
                .forEach(name -> problems.error(
                        "nginx.unknown-zone",
                        name.span(),
                        "\"proxy_cache\" zone \"" + name + "\" is unknown",
                        "define it in http: proxy_cache_path FOLDER keys_zone=" + name + ":10m;"));
    }

    static void names(Http http, Problems problems) {
        http.listened().forEach((address, listened) -> {
            Map<String, Span> seen = new HashMap<>();
            for (Http.Listened.Entry entry : listened.entries()) {
                Server server = entry.server();
                if (server.names().isEmpty()) {
                    conflict("", server.place().origin(), address, seen, problems);
                }
                for (Server.NamedAt name : server.names()) {
                    if (name.name() instanceof ServerName.Exact exact
                            && exact.text().indexOf('*') >= 0) {
                        misplacedStar(name, address, listened.entries().size() > 1, problems);
                    } else if (!(name.name() instanceof ServerName.Expression)) {
                        conflict(name.name().text(), name.origin(), address, seen, problems);
                    }
                }
            }
        });
    }

    private static void misplacedStar(Server.NamedAt name, String address, boolean choice, Problems problems) {
        String message = "invalid server name or wildcard \"" + name.name().text() + "\" on " + address;
        String hint = "\"*\" stands for whole labels at the start or the end: *.example.org, www.example.*";
        if (choice) {
            problems.error("nginx.server-name", name.origin(), message, hint);
        } else {
            problems.warning("nginx.server-name", name.origin(), message, hint);
        }
    }

    private static void conflict(String name, Span origin, String address, Map<String, Span> seen, Problems problems) {
        Span before = seen.putIfAbsent(name, origin);
        if (before != null) {
            problems.warning(
                    "nginx.conflicting-name",
                    origin,
                    "conflicting server name \"" + name + "\" on " + address + ", ignored",
                    "first given at " + before);
        }
    }
}
