package dev.fairlead.cli.explain;

import dev.fairlead.cli.stack.CompiledStack;
import dev.fairlead.cli.stack.Mentions;
import dev.fairlead.engine.connection.Peer;
import dev.fairlead.engine.explain.Arrival;
import dev.fairlead.engine.explain.Explainer;
import dev.fairlead.engine.tls.Rehearsal.Outcome;
import dev.fairlead.engine.trace.Event;
import dev.fairlead.model.app.Application;
import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.Listener;
import dev.fairlead.model.plan.Hop;
import dev.fairlead.model.plan.Linker;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.service.Service;
import dev.fairlead.model.stream.StreamForward;
import dev.fairlead.model.stream.StreamListener;
import dev.fairlead.model.tls.TlsClient;
import dev.fairlead.model.upstream.ServerTraits;
import dev.fairlead.model.upstream.Upstream;
import dev.fairlead.source.Span;
import io.netty.util.NetUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import javax.net.ssl.SSLSession;

/// Follows a request through the listeners of a plan, as long as it is passed on to another one of them.
final class Journey {
    private static final int MOST_HOPS = 20;
    private static final int BAD_REQUEST = 400;
    private static final int NO_ANSWER = 502;

    private final CompiledStack stack;
    private final Plan plan;
    private final Explainer explainer;
    private final LiveState live;
    private final List<Step> hops = new ArrayList<>();
    private End end = End.NOWHERE;

    Journey(CompiledStack stack, Plan plan, Explainer explainer, LiveState live) {
        this.stack = stack;
        this.plan = plan;
        this.explainer = explainer;
        this.live = live;
    }

    /// One step for each hop.
    List<Step> of(Step entrance, Listener first, Asked asked) {
        Peer client = peer(asked.from(), 40000);
        Peer local = first.address() instanceof Address.Tcp tcp ? peer(asked.host(), tcp.port()) : Peer.UNIX;
        List<String> tls = asked.isTls() ? List.of(isAddress(asked.host()) ? "" : asked.host()) : List.of();
        Carried carried = new Carried(client, local, Optional.empty(), tls, asked.head());
        Optional<Next> next = Optional.of(new Next(entrance, first, carried));
        while (next.isPresent() && hops.size() < MOST_HOPS) {
            next = hop(next.get());
        }
        if (next.isPresent()) {
            hops.getLast().add(Step.of("problem", "there are more hops than " + MOST_HOPS + ": it goes in a circle"));
        } else if (end.isNowhere()) {
            backwards();
        }
        return hops;
    }

    /// The connection ended without an answer: the nearest hop that reads requests, and passed this one on, does.
    private void backwards() {
        for (int i = hops.size() - 2; i >= 0; i--) {
            boolean isAsking = hops.get(i).inner().stream()
                    .anyMatch(step ->
                            step.kind().equals("upstream") && step.text().startsWith("asks "));
            if (isAsking) {
                hops.getLast().add(Step.of("answer", "hop " + (i + 1) + " gets no answer, and answers " + NO_ANSWER));
                end = new End(OptionalInt.of(NO_ANSWER), Optional.empty(), Optional.empty(), Optional.empty());
                return;
            }
        }
    }

    /// Where it ended.
    End end() {
        return end;
    }

    private record Next(Step entrance, Listener listener, Carried carried) {}

    /// @return the next hop, if the request is passed on to another listener of the plan
    private Optional<Next> hop(Next at) {
        Step hop = Step.of("hop", "hop " + (hops.size() + 1)).add(at.entrance());
        hops.add(hop);
        Carried carried = at.carried();
        if (at.listener().proxyProtocol() && carried.header().isEmpty()) {
            hop.add(Step.of("problem", "it waits for a PROXY protocol header, and none is sent: the connection ends"));
            return Optional.empty();
        }
        if (at.listener().proxyProtocol()) {
            hop.add(Step.of(
                    "client",
                    "the PROXY protocol header says: the client is "
                            + carried.client().text()));
        }
        return switch (at.listener()) {
            case HttpListener http -> http(hop, http, carried);
            case StreamListener stream -> stream(hop, stream, carried);
            default -> Optional.empty();
        };
    }

    private Optional<Next> stream(Step hop, StreamListener listener, Carried carried) {
        if (listener.tls() && (!carried.isSecured() || isUnexpected(listener, carried))) {
            hop.add(Step.of("problem", "it speaks TLS, and something else is sent: the connection ends"));
            return Optional.empty();
        }
        TlsEnd tls = listener.tls() ? TlsEnd.of(listener, carried.serverName(), explainer) : TlsEnd.NONE;
        if (tls.isRefused()) {
            hop.add(tls.step());
            return Optional.empty();
        }
        boolean isNameRead =
                listener.tls() || listener.defaultHost().settings().preread().isPresent();
        Optional<List<Event>> events =
                explainer.explain(listener, arrival(listener, carried, isNameRead ? carried.serverName() : "", tls));
        if (events.isEmpty()) {
            return endless(hop);
        }
        if (listener.tls()) {
            hop.add(tls.step());
        }
        hop.addAll(new StreamWay(listener).of(events.get()));
        return events.get().getLast() instanceof Event.Relayed relayed
                ? relayed(hop, relayed, listener, carried)
                : Optional.empty();
    }

    private Optional<Next> relayed(Step hop, Event.Relayed relayed, StreamListener listener, Carried carried) {
        StreamForward forward = relayed.forward();
        Step step = Step.at(
                "upstream",
                "passes the connection on to " + relayed.upstream()
                        + (relayed.tls().isPresent() ? " with TLS" : ""),
                forward.origin());
        hop.add(step);
        Optional<Upstream> upstream = Targets.upstream(forward.target(), relayed.upstream());
        List<Upstream.Server> servers = upstream.map(Upstream::servers).orElse(List.of());
        String chosen = servers(step, upstream, relayed.server(), relayed.upstream());
        List<String> tls = new ArrayList<>(listener.tls() ? carried.inside() : carried.tls());
        relayed.tls()
                .ifPresent(secured -> tls.addFirst(
                        secured.sendServerName() && !isAddress(relayed.tlsName()) ? relayed.tlsName() : ""));
        Optional<Peer> header = relayed.header()
                .map(version -> carried.client())
                .or(() -> listener.proxyProtocol() ? Optional.empty() : carried.header());
        relayed.header()
                .ifPresent(version -> step.add(Step.of(
                        "header",
                        "tells by a PROXY protocol header: the client is "
                                + carried.client().text())));
        return follow(step, chosen, servers, header, tls, carried.head());
    }

    private Optional<Next> http(Step hop, HttpListener listener, Carried carried) {
        boolean isSpoken = listener.tls() && carried.tls().size() == 1 && !isUnexpected(listener, carried);
        TlsEnd tls = isSpoken ? TlsEnd.of(listener, carried.serverName(), explainer) : TlsEnd.NONE;
        if (tls.isRefused()) {
            hop.add(tls.step());
            return Optional.empty();
        }
        Arrival arrival = arrival(listener, carried, listener.tls() ? carried.serverName() : "", tls);
        Optional<List<Event>> events;
        if (isUnexpected(listener, carried)) {
            hop.add(Step.of("problem", "a PROXY protocol header is sent, and it does not wait for one"));
            events = explainer.refuse(listener, arrival, BAD_REQUEST, "client sent invalid method");
        } else if (listener.tls() && !carried.isSecured()) {
            hop.add(Step.of("problem", "it speaks TLS, and none is spoken to it"));
            events = explainer.refusePlain(listener, arrival);
        } else if (carried.tls().size() > (listener.tls() ? 1 : 0)) {
            hop.add(Step.of("problem", "TLS is spoken to it, and it reads a request there"));
            hop.add(Step.of("problem", "what it answers is not TLS either: the client takes it for an error"));
            return Optional.empty();
        } else {
            if (isSpoken) {
                hop.add(tls.step());
            }
            events = explainer.explain(listener, arrival, carried.head());
        }
        if (events.isEmpty()) {
            return endless(hop);
        }
        hop.addAll(new Way(listener, method(carried.head()), path(carried.head()), this::servers).of(events.get()));
        return switch (events.get().getLast()) {
            case Event.Forwarded forwarded -> {
                Optional<Next> next = forwarded(hop, forwarded, events.get(), carried, arrival);
                hop.addAll(AnswerEdits.of(events.get()));
                yield next;
            }
            case Event.Handed handed -> {
                hop.add(application(handed.application())).addAll(AnswerEdits.of(events.get()));
                end = End.application(handed.application());
                yield Optional.empty();
            }
            case Event.Answered answered -> {
                end = End.answered(answered.status(), events.get());
                yield Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    private static boolean isUnexpected(Listener listener, Carried carried) {
        return carried.header().isPresent() && !listener.proxyProtocol();
    }

    private static Arrival arrival(Listener listener, Carried carried, String serverName, TlsEnd tls) {
        Optional<Peer> header = listener.proxyProtocol() ? carried.header() : Optional.empty();
        Optional<SSLSession> session = tls.agreed().map(Outcome.Agreed::session);
        String protocol = tls.agreed().map(Outcome.Agreed::protocol).orElse("");
        return new Arrival(carried.remote(), carried.local(), header, listener.tls(), serverName, session, protocol);
    }

    private static Optional<Next> endless(Step hop) {
        hop.add(Step.of("problem", "it takes longer than half a minute"));
        return Optional.empty();
    }

    private static String method(byte[] head) {
        String line = new String(head, StandardCharsets.ISO_8859_1);
        return line.substring(0, line.indexOf(' '));
    }

    /// Of the request line, for what is said of rules that change it.
    private static String path(byte[] head) {
        String line = new String(head, StandardCharsets.ISO_8859_1);
        String target = line.substring(line.indexOf(' ') + 1, line.indexOf(" HTTP/"));
        int mark = target.indexOf('?');
        return mark < 0 ? target : target.substring(0, mark);
    }

    private Optional<Next> forwarded(
            Step hop, Event.Forwarded forwarded, List<Event> events, Carried from, Arrival arrival) {
        Step step = Step.at(
                "upstream", "asks " + forwarded.url(), forwarded.forward().origin());
        hop.add(step);
        Optional<Upstream> upstream = Targets.upstream(forwarded.forward().target(), forwarded.upstream());
        List<Upstream.Server> servers = upstream.map(Upstream::servers).orElse(List.of());
        String chosen = servers(step, upstream, forwarded.server(), forwarded.upstream());
        upstream.ifPresent(all -> step.addAll(Bindings.of(all, from.head())));
        step.addAll(Fields.changes(from.head(), forwarded.head(), forwarded.forward(), events));
        Optional<ServerTraits> traits = servers.stream()
                .filter(server -> server.address().text().equals(chosen))
                .map(Upstream.Server::traits)
                .findFirst();
        Optional<TlsClient> tls =
                Targets.tls(forwarded.forward().target(), forwarded.url()).or(() -> traits.flatMap(ServerTraits::tls));
        List<String> names = tls.map(secured ->
                        List.of(Targets.serverName(secured, forwarded.forward().target())))
                .orElse(List.of());
        Peer client = arrival.proxied().orElse(arrival.remote());
        Optional<Peer> header = traits.flatMap(ServerTraits::proxyHeader).map(version -> client);
        return follow(step, chosen, servers, header, names, forwarded.head().getBytes(StandardCharsets.ISO_8859_1));
    }

    private List<Step> servers(Event.Forwarded forwarded) {
        return Targets.upstream(forwarded.forward().target(), forwarded.upstream()).stream()
                .flatMap(upstream -> upstream.servers().stream())
                .map(server -> Step.at(
                        "server",
                        "server " + server(server, "") + live.server(forwarded.upstream(), server),
                        server.origin()))
                .toList();
    }

    /// Tells of servers.
    ///
    /// @return the address of the one that is next, as the configuration has it; empty if there is none
    private String servers(Step step, Optional<Upstream> upstream, Optional<Event.Server> next, String name) {
        String chosen = next.map(Event.Server::configured).orElse("");
        List<Upstream.Server> servers = upstream.map(Upstream::servers).orElse(List.of());
        for (Upstream.Server server : servers) {
            // One that no upstream declares is shared by all that pass to its address.
            boolean isShared = upstream.filter(Upstream::declared).isEmpty();
            Span at = isShared ? step.at().orElse(server.origin()) : server.origin();
            step.add(Step.at("server", "server " + server(server, chosen) + live.server(name, server), at));
        }
        if (next.isEmpty()) {
            step.add(Step.of("problem", "no server of \"" + name + "\" is available"));
        } else if (servers.size() > 1) {
            upstream.ifPresent(all -> step.add(Step.at("because", Targets.words(all.balance()), all.origin())));
        }
        return chosen;
    }

    private Optional<Next> follow(
            Step step,
            String chosen,
            List<Upstream.Server> servers,
            Optional<Peer> header,
            List<String> tls,
            byte[] head) {
        Optional<Address> to = servers.stream()
                .map(Upstream.Server::address)
                .filter(address -> address.text().equals(chosen))
                .findFirst()
                .or(() -> Targets.address(chosen));
        Optional<Next> next = to.flatMap(address -> inside(address, header, tls, head));
        if (next.isEmpty()) {
            to.ifPresent(address -> units(address, step));
            end = chosen.isEmpty() ? End.NOWHERE : End.server(chosen);
        }
        return next;
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
        text.append(server.traits().check().isPresent() ? ", checked" : "");
        server.traits()
                .tracks()
                .ifPresent(other -> text.append(", up while " + other.upstream() + "/" + other.server() + " is"));
        return text.append(server.address().text().equals(chosen) ? ": next" : "")
                .toString();
    }

    private Optional<Next> inside(Address to, Optional<Peer> header, List<String> tls, byte[] head) {
        return Linker.hops(plan).stream()
                .filter(hop -> hop.to().equals(to))
                .findFirst()
                .flatMap(hop -> plan.listeners().stream()
                        .filter(listener -> listener.address().equals(hop.listener()))
                        .findFirst()
                        .map(listener -> {
                            Peer local = listener.address() instanceof Address.Tcp tcp
                                    ? peer(tcp.isEveryAddress() ? "127.0.0.1" : tcp.host(), tcp.port())
                                    : Peer.UNIX;
                            Peer remote = local.equals(Peer.UNIX) ? Peer.UNIX : peer("127.0.0.1", 40000);
                            return new Next(
                                    entrance(hop, listener), listener, new Carried(remote, local, header, tls, head));
                        }));
    }

    private Step entrance(Hop hop, Listener listener) {
        boolean isFused = plan.links().stream().anyMatch(link -> link.to().equals(hop.to()));
        String words = hop.kind() == Hop.Kind.PLAIN && !isFused
                ? "over a socket"
                : hop.kind().words();
        return Step.at("listener", "listener " + listener.address().text() + " (" + words + ")", listener.origin());
    }

    private void units(Address address, Step step) {
        for (Service service : stack.units().programs()) {
            if (Mentions.of(service, address)) {
                step.add(Step.at(
                        "unit",
                        "unit " + service.name() + " listens there: its command says so" + live.unit(service.name()),
                        service.origin()));
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
        step.addAll(live.application(name));
        stack.adopted().stream()
                .filter(adopted -> adopted.application().name().equals(name))
                .forEach(adopted ->
                        step.add(Step.of("unit", "stands for unit " + adopted.unit() + live.unit(adopted.unit()))));
        return step;
    }

    private static boolean isAddress(String host) {
        return NetUtil.createByteArrayFromIpAddressString(host) != null;
    }

    /// An address, or that of this machine where a name stands in its place.
    private static Peer peer(String address, int port) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
        return Peer.of(bytes == null ? new byte[] {127, 0, 0, 1} : bytes, port);
    }

    static Stream<String> lines(byte[] head) {
        return new String(head, StandardCharsets.ISO_8859_1).lines().skip(1).filter(line -> !line.isEmpty());
    }
}
