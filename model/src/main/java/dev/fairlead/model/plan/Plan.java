package dev.fairlead.model.plan;

import dev.fairlead.model.app.Application;
import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.http.HttpPlan;
import dev.fairlead.model.net.Listener;
import dev.fairlead.model.roster.Roster;
import dev.fairlead.model.stream.StreamListener;
import dev.fairlead.model.stream.StreamPlan;
import dev.fairlead.model.tls.TlsServer;
import java.util.List;
import java.util.stream.Stream;

/// All that a stack's traffic shall do. Services are a value of their own (`model.service`).
/// Immutable; compares by what it does, not by where it was written.
///
/// @param stream connections that are passed on as they are
/// @param applications those that locations of `http` run, each name once
/// @param links hops between parts of the plan that need no socket; made by the linker, empty before
/// @param detours where hops that need one find listeners that were moved; made by a [PortMap], empty before
/// @param roster what is counted and shown under which name
public record Plan(
        HttpPlan http,
        StreamPlan stream,
        List<Application> applications,
        List<Link> links,
        List<Detour> detours,
        RuntimeOptions runtime,
        Roster roster) {
    /// Nothing to do.
    public static final Plan EMPTY = new Plan(HttpPlan.EMPTY, RuntimeOptions.DEFAULT);

    public Plan {
        applications = List.copyOf(applications);
        links = List.copyOf(links);
        detours = List.copyOf(detours);
    }

    /// A plan whose listeners are where they were written, and in which nothing is counted by name.
    public Plan(
            HttpPlan http,
            StreamPlan stream,
            List<Application> applications,
            List<Link> links,
            RuntimeOptions runtime) {
        this(http, stream, applications, links, List.of(), runtime, Roster.EMPTY);
    }

    /// A plan of HTTP only, without applications.
    public Plan(HttpPlan http, RuntimeOptions runtime) {
        this(http, StreamPlan.EMPTY, List.of(), List.of(), runtime);
    }

    /// A plan without traffic of layer 4.
    public Plan(HttpPlan http, List<Application> applications, List<Link> links, RuntimeOptions runtime) {
        this(http, StreamPlan.EMPTY, applications, links, runtime);
    }

    /// The same with other links.
    public Plan withLinks(List<Link> others) {
        return new Plan(http, stream, applications, others, detours, runtime, roster);
    }

    /// The same with other traffic of layer 4.
    public Plan withStream(StreamPlan other) {
        return new Plan(http, other, applications, links, detours, runtime, roster);
    }

    /// The same, run in another way.
    public Plan withRuntime(RuntimeOptions other) {
        return new Plan(http, stream, applications, links, detours, other, roster);
    }

    /// The same with other parts counted.
    public Plan withRoster(Roster other) {
        return new Plan(http, stream, applications, links, detours, runtime, other);
    }

    /// How TLS ends at what listens, host by host, HTTP first.
    public Stream<TlsServer> tlsServers() {
        return Stream.concat(
                http.listeners().stream()
                        .filter(HttpListener::tls)
                        .flatMap(listener -> listener.hosts().stream())
                        .flatMap(host -> host.tls().stream()),
                stream.listeners().stream()
                        .filter(StreamListener::tls)
                        .flatMap(listener -> listener.hosts().stream())
                        .flatMap(host -> host.tls().stream()));
    }

    /// All that listens, HTTP first.
    public List<Listener> listeners() {
        return Stream.<Listener>concat(http.listeners().stream(), stream.listeners().stream())
                .toList();
    }
}
