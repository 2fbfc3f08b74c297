package dev.fairlead.cli.explain;

import dev.fairlead.cli.stack.CompiledStack;
import dev.fairlead.cli.stack.Mentions;
import dev.fairlead.engine.explain.Arrival;
import dev.fairlead.engine.explain.Explainer;
import dev.fairlead.engine.http.Peer;
import dev.fairlead.engine.trace.Event;
import dev.fairlead.model.app.Application;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.Listener;
import dev.fairlead.model.plan.Hop;
import dev.fairlead.model.plan.Linker;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.service.Service;
import dev.fairlead.model.upstream.Upstream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Follows a request through the listeners of a plan, as long as it is passed on to another one of them.
final class Journey {
    private static final int MOST_HOPS = 20;

    private final CompiledStack stack;
    private final Plan plan;
    private final Explainer explainer;
    private final List<Step> hops = new ArrayList<>();

    Journey(CompiledStack stack, Plan plan, Explainer explainer) {
        this.stack = stack;
        this.plan = plan;
        this.explainer = explainer;
    }

    /// One step for each hop.
    List<Step> of(Step entrance, Listener first, Asked asked) {
        Peer client = peer(asked.from(), 40000);
        Peer local = first.address() instanceof Address.Tcp tcp ? peer(asked.host(), tcp.port()) : Peer.UNIX;
        Arrival arrival = new Arrival(client, local, Optional.empty(), first.tls(), first.tls() ? asked.host() : "");
        Optional<Next> next = Optional.of(new Next(entrance, first, arrival, asked.head()));
        while (next.isPresent() && hops.size() < MOST_HOPS) {
            next = hop(next.get());
        }
        return hops;
    }

    private record Next(Step entrance, Listener listener, Arrival arrival, byte[] head) {}

    /// @return the next hop, if the request is passed on to another listener of the plan
    private Optional<Next> hop(Next at) {
        Step hop = Step.of("hop", "hop " + (hops.size() + 1)).add(at.entrance());
        hops.add(hop);
        if (!(at.listener() instanceof HttpListener listener)) {
            hop.add(Step.of("stream", "passes connections on byte by byte; what is behind it is not followed"));
            return Optional.empty();
        }
        Optional<List<Event>> events = explainer.explain(listener, at.arrival(), at.head());
        if (events.isEmpty()) {
            hop.add(Step.of("problem", "it takes longer than half a minute"));
            return Optional.empty();
        }
        hop.addAll(new Way(listener, path(at.head())).of(events.get()));
        return switch (events.get().getLast()) {
            case Event.Forwarded forwarded -> forwarded(hop, forwarded, at);
            case Event.Handed handed -> {
                hop.add(application(handed.application()));
                yield Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    /// Of the request line, for what is said of rules that change it.
    private static String path(byte[] head) {
        String line = new String(head, StandardCharsets.ISO_8859_1);
        String target = line.substring(line.indexOf(' ') + 1, line.indexOf(" HTTP/"));
        int mark = target.indexOf('?');
        return mark < 0 ? target : target.substring(0, mark);
    }

    private Optional<Next> forwarded(Step hop, Event.Forwarded forwarded, Next from) {
        Step step = Step.at(
                "upstream", "asks " + forwarded.url(), forwarded.forward().origin());
        hop.add(step);
        List<Upstream.Server> servers = servers(forwarded);
        String chosen = forwarded.server().map(Event.Server::configured).orElse("");
        for (Upstream.Server server : servers) {
            step.add(Step.at("server", "server " + server(server, chosen), server.origin()));
        }
        if (forwarded.server().isEmpty()) {
            step.add(Step.of("problem", "no server of \"" + forwarded.upstream() + "\" is available"));
        }
        step.addAll(Fields.changes(from.head(), forwarded.head(), forwarded.forward()));
        Optional<Address> to = servers.stream()
                .map(Upstream.Server::address)
                .filter(address -> address.text().equals(chosen))
                .findFirst();
        Optional<Next> next = to.flatMap(address -> inside(address, forwarded));
        if (next.isEmpty()) {
            to.ifPresent(address -> units(address, step));
        }
        return next;
    }

    private static List<Upstream.Server> servers(Event.Forwarded forwarded) {
        return switch (forwarded.forward().target()) {
            case Forward.Target.Fixed fixed -> fixed.upstream().servers();
            case Forward.Target.Computed computed ->
                computed.declared().stream()
                        .filter(upstream -> upstream.name().equalsIgnoreCase(forwarded.upstream()))
                        .flatMap(upstream -> upstream.servers().stream())
                        .toList();
        };
    }

    private static String server(Upstream.Server server, String chosen) {
        StringBuilder text = new StringBuilder(server.shownName());
        if (!server.traits().name().isEmpty()) {
            text.append(' ').append(server.address().text());
        }
        if (server.weight() != 1) {
            text.append(", weight ").append(server.weight());
        }
        text.append(server.backup() ? ", backup" : "").append(server.down() ? ", down" : "");
        return text.append(server.address().text().equals(chosen) ? ": next" : "")
                .toString();
    }

    private Optional<Next> inside(Address to, Event.Forwarded forwarded) {
        return Linker.hops(plan).stream()
                .filter(hop -> hop.to().equals(to))
                .findFirst()
                .flatMap(hop -> plan.listeners().stream()
                        .filter(listener -> listener.address().equals(hop.listener()))
                        .findFirst()
                        .map(listener -> next(hop, listener, forwarded)));
    }

    private Next next(Hop hop, Listener listener, Event.Forwarded forwarded) {
        boolean isFused = plan.links().stream().anyMatch(link -> link.to().equals(hop.to()));
        String words = hop.kind() == Hop.Kind.PLAIN && !isFused
                ? "over a socket"
                : hop.kind().words();
        Step entrance =
                Step.at("listener", "listener " + listener.address().text() + " (" + words + ")", listener.origin());
        Peer here = peer("127.0.0.1", 40000);
        Peer local = listener.address() instanceof Address.Tcp tcp
                ? peer(tcp.isEveryAddress() ? "127.0.0.1" : tcp.host(), tcp.port())
                : Peer.UNIX;
        Arrival arrival = new Arrival(here, local, Optional.empty(), listener.tls(), "");
        return new Next(entrance, listener, arrival, forwarded.head().getBytes(StandardCharsets.ISO_8859_1));
    }

    private void units(Address address, Step step) {
        for (Service service : stack.units().services()) {
            if (Mentions.of(service, address)) {
                step.add(Step.at(
                        "unit", "unit " + service.name() + " listens there: its command says so", service.origin()));
            }
        }
    }

    private Step application(String name) {
        Optional<Application> application = plan.applications().stream()
                .filter(each -> each.name().equals(name))
                .findFirst();
        Step step = application
                .map(found -> Step.at("application", "application " + name + ": " + found.target(), found.origin()))
                .orElseGet(() -> Step.of("application", "application " + name));
        application.ifPresent(found -> step.add(Step.of("workers", "workers: " + found.workers())));
        stack.adopted().stream()
                .filter(adopted -> adopted.application().name().equals(name))
                .forEach(adopted -> step.add(Step.of("unit", "stands for unit " + adopted.unit())));
        return step;
    }

    /// An address, or that of this machine where a name stands in its place.
    private static Peer peer(String address, int port) {
        byte[] bytes = io.netty.util.NetUtil.createByteArrayFromIpAddressString(address);
        return Peer.of(bytes == null ? new byte[] {127, 0, 0, 1} : bytes, port);
    }

    static Stream<String> lines(byte[] head) {
        return new String(head, StandardCharsets.ISO_8859_1).lines().skip(1).filter(line -> !line.isEmpty());
    }
}
