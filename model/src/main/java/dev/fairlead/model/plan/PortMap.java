package dev.fairlead.model.plan;

import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.http.HttpPlan;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.roster.CommandSocket;
import dev.fairlead.model.roster.Roster;
import dev.fairlead.model.roster.Section;
import dev.fairlead.model.service.SocketUnit;
import dev.fairlead.model.service.Unit;
import dev.fairlead.model.service.UnitSet;
import dev.fairlead.model.service.socket.ListenPoint;
import dev.fairlead.model.stream.StreamListener;
import dev.fairlead.model.stream.StreamPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Moves listeners to other ports, so that a production folder runs on a laptop without root.
///
/// @param ports from the port in the configuration to the one that is listened on
public record PortMap(Map<Integer, Integer> ports) {
    public static final PortMap NONE = new PortMap(Map.of());

    public PortMap {
        ports = Map.copyOf(ports);
    }

    /// The way back, for plans this one was applied to.
    public PortMap reversed() {
        Map<Integer, Integer> back = new HashMap<>();
        ports.forEach((from, to) -> back.put(to, from));
        return new PortMap(back);
    }

    /// The same plan, listening elsewhere. Links and detours lead to where listeners are now.
    public Plan applyTo(Plan plan) {
        HttpPlan http = plan.http();
        List<HttpListener> moved = http.listeners().stream().map(this::move).toList();
        HttpPlan elsewhere = new HttpPlan(moved, http.upstreams(), http.variableSlots(), http.lookups());
        List<Link> links = plan.links().stream().map(this::move).toList();
        StreamPlan stream = plan.stream();
        StreamPlan streamElsewhere = new StreamPlan(
                stream.listeners().stream().map(this::move).toList(), stream.upstreams(), stream.variableSlots());
        return new Plan(
                elsewhere,
                streamElsewhere,
                plan.applications(),
                links,
                detours(plan),
                plan.runtime(),
                move(plan.roster()));
    }

    /// The same units, their sockets listening elsewhere.
    public UnitSet applyTo(UnitSet units) {
        if (ports.isEmpty()) {
            return units;
        }
        return new UnitSet(
                units.units().stream().map(this::move).toList(),
                units.enabled(),
                name -> units.onDemand().unit(name).map(this::move));
    }

    private Unit move(Unit unit) {
        return unit instanceof SocketUnit socket
                ? socket.listeningAt(socket.listens().stream().map(this::move).toList())
                : unit;
    }

    private ListenPoint move(ListenPoint point) {
        return point instanceof ListenPoint.Inet inet
                ? new ListenPoint.Inet(
                        inet.kind(), inet.host(), ports.getOrDefault(inet.port(), inet.port()), inet.origin())
                : point;
    }

    /// The same plan, whose forwards find the sockets of units where this map moves them.
    ///
    /// @param units listening where they were written to
    public Plan follow(Plan plan, UnitSet units) {
        List<Detour> all = new ArrayList<>(plan.detours());
        for (Unit unit : units.units()) {
            if (unit instanceof SocketUnit socket) {
                socket.listens().forEach(point -> all.addAll(detours(point)));
            }
        }
        return new Plan(
                plan.http(),
                plan.stream(),
                plan.applications(),
                plan.links(),
                all.stream().distinct().toList(),
                plan.runtime(),
                plan.roster());
    }

    private List<Detour> detours(ListenPoint point) {
        if (!(point instanceof ListenPoint.Inet inet) || !ports.containsKey(inet.port())) {
            return List.of();
        }
        String host = inet.host().orElse("::");
        boolean isHere = host.equals("::") || host.equals("0.0.0.0") || host.equals("127.0.0.1");
        List<String> hosts = isHere ? List.of("127.0.0.1", "localhost", "::1") : List.of(host);
        int port = ports.getOrDefault(inet.port(), inet.port());
        return hosts.stream()
                .map(name -> new Detour(new Address.Tcp(name, inet.port()), port))
                .toList();
    }

    private List<Detour> detours(Plan plan) {
        return Linker.hops(plan).stream()
                .flatMap(hop -> detour(hop).stream())
                .distinct()
                .toList();
    }

    private Optional<Detour> detour(Hop hop) {
        return hop.to() instanceof Address.Tcp to && ports.containsKey(to.port())
                ? Optional.of(new Detour(to, ports.getOrDefault(to.port(), to.port())))
                : Optional.empty();
    }

    private Roster move(Roster roster) {
        return new Roster(
                roster.sections().stream().map(this::move).toList(),
                roster.sockets().stream().map(this::move).toList(),
                roster.node(),
                roster.description(),
                roster.mostConnections(),
                roster.mostPerSecond(),
                roster.boards().stream()
                        .map(board -> board.withFronts(board.fronts().stream()
                                .map(front -> front.withAddress(moved(front.address())))
                                .toList()))
                        .toList(),
                roster.nameServers());
    }

    private Section move(Section section) {
        return new Section(
                section.name(),
                section.number(),
                section.isHttp(),
                section.front()
                        .map(front -> new Section.Front(
                                front.addresses().stream().map(this::moved).toList(),
                                front.mostConnections(),
                                front.mostPerSecond())),
                section.back(),
                section.description(),
                section.origin());
    }

    private CommandSocket move(CommandSocket socket) {
        return new CommandSocket(
                moved(socket.address()),
                socket.level(),
                socket.idle(),
                socket.mode(),
                socket.user(),
                socket.group(),
                socket.origin());
    }

    private Link move(Link link) {
        return new Link(link.to(), moved(link.listener()), link.forward(), link.listening());
    }

    private HttpListener move(HttpListener listener) {
        return new HttpListener(
                moved(listener.address()),
                listener.options(),
                listener.tls(),
                listener.proxyProtocol(),
                listener.http2(),
                listener.hosts(),
                listener.defaultHost(),
                listener.origin());
    }

    private StreamListener move(StreamListener listener) {
        return new StreamListener(
                moved(listener.address()),
                listener.options(),
                listener.tls(),
                listener.proxyProtocol(),
                listener.hosts(),
                listener.defaultHost(),
                listener.origin());
    }

    /// Where a listener of that address is in the end.
    Address moved(Address address) {
        return switch (address) {
            case Address.Tcp tcp -> new Address.Tcp(tcp.host(), ports.getOrDefault(tcp.port(), tcp.port()));
            case Address.Unix unix -> unix;
        };
    }
}
