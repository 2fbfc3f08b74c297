package dev.fairlead.dialect.stunnel;

import dev.fairlead.dialect.Hosts;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.http.RequestLimits;
import dev.fairlead.model.http.VirtualHost.ServerName;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.SocketOptions;
import dev.fairlead.model.stream.StreamAction;
import dev.fairlead.model.stream.StreamForward;
import dev.fairlead.model.stream.StreamHost;
import dev.fairlead.model.stream.StreamListener;
import dev.fairlead.model.stream.StreamSettings;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.tls.TlsServer;
import dev.fairlead.model.upstream.Balance;
import dev.fairlead.model.upstream.NameLookup;
import dev.fairlead.model.upstream.Upstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Makes listeners and upstreams of sections.
final class ServiceBuilder {
    private final Reading reading;
    private final Logs logs;
    private final TlsBuilder tls;
    private final Overtures overtures;
    private final Programs programs;
    private final Map<String, Upstream> upstreams = new LinkedHashMap<>();
    private final Map<Address, Service> accepting = new LinkedHashMap<>();

    ServiceBuilder(Reading reading) {
        this.reading = reading;
        this.logs = new Logs(reading);
        this.tls = new TlsBuilder(reading);
        this.overtures = new Overtures(reading);
        this.programs = new Programs(reading, upstreams);
    }

    List<StreamListener> listeners() {
        Map<Service, List<StreamHost>> secondary = new LinkedHashMap<>();
        for (Service service : reading.services()) {
            if (isSound(service) && isSecondary(service)) {
                attach(service, secondary);
            }
        }
        List<StreamListener> listeners = new ArrayList<>();
        for (Service service : reading.services()) {
            service.accept.filter(address -> isSound(service)).ifPresent(accept -> {
                if (isFree(accept, service)) {
                    listeners.add(listener(service, accept, secondary.getOrDefault(service, List.of())));
                }
            });
        }
        return listeners;
    }

    List<Upstream> upstreams() {
        return List.copyOf(upstreams.values());
    }

    private static boolean isSecondary(Service service) {
        return !service.client && !service.names.isEmpty();
    }

    /// Two of three ends: where connections come from and where they go.
    private static boolean isSound(Service service) {
        boolean comes = service.accept.isPresent() || isSecondary(service);
        return comes && (!service.connects.isEmpty() || service.program.isPresent());
    }

    /// Says which sections lack an end.
    void checkEnds() {
        for (Service service : reading.services()) {
            if (!isSound(service) && !service.isFaulty) {
                reading.problems()
                        .error(
                                "stunnel.endpoints",
                                service.span,
                                "Service [" + service.name + "]: Each service must define two endpoints",
                                service.connects.isEmpty()
                                        ? "say where connections go: connect = HOST:PORT"
                                        : "say where connections come in: accept = PORT");
            }
        }
    }

    private boolean isFree(Given<Address> accept, Service service) {
        Service other = accepting.putIfAbsent(accept.value(), service);
        if (other != null) {
            reading.problems()
                    .error(
                            "stunnel.address",
                            accept.span(),
                            "Service [" + service.name + "]: " + accept.value().text() + " is taken by [" + other.name
                                    + "]",
                            "first at "
                                    + other.accept
                                            .map(given -> given.span().fileAndLine())
                                            .orElse("")
                                    + "; for several names on one port: sni = " + other.name + ":NAME");
        }
        return other == null;
    }

    /// Adds a section to the one that takes its connections.
    private void attach(Service service, Map<Service, List<StreamHost>> secondary) {
        Map<Service, List<ServerName>> names = new LinkedHashMap<>();
        for (Given<String> given : service.names) {
            int colon = given.value().indexOf(':');
            if (colon < 0) {
                reading.problems()
                        .error(
                                "stunnel.sni",
                                given.span(),
                                "Service [" + service.name + "]: Invalid SNI parameter format",
                                "sni = SERVICE:NAME, where SERVICE is the section that accepts the connections");
                continue;
            }
            String primary = given.value().substring(0, colon).strip();
            reading.services().stream()
                    .filter(other -> other.name.equalsIgnoreCase(primary) && other.accept.isPresent())
                    .findFirst()
                    .ifPresentOrElse(
                            other -> names.computeIfAbsent(other, none -> new ArrayList<>())
                                    .add(name(given.value().substring(colon + 1).strip())),
                            () -> reading.problems()
                                    .error(
                                            "stunnel.sni",
                                            given.span(),
                                            "Service [" + service.name + "]: SNI section name not found: \"" + primary
                                                    + "\"",
                                            "the section before the colon has to have an \"accept\""));
        }
        names.forEach((primary, all) ->
                secondary.computeIfAbsent(primary, none -> new ArrayList<>()).add(host(service, all)));
    }

    private static ServerName name(String pattern) {
        String lower = pattern.toLowerCase(Locale.ROOT);
        return lower.startsWith("*")
                ? new ServerName.Leading(lower, lower.substring(1), false)
                : new ServerName.Exact(lower);
    }

    private StreamListener listener(Service service, Given<Address> accept, List<StreamHost> secondary) {
        checkDevices(service, accept.value());
        StreamHost own = host(service, List.of());
        List<StreamHost> hosts = new ArrayList<>(List.of(own));
        hosts.addAll(secondary);
        SocketOptions options = service.keepAlive
                ? SocketOptions.DEFAULT.withKeepAlive(SocketOptions.TcpKeepAlive.USUAL)
                : SocketOptions.DEFAULT;
        return new StreamListener(accept.value(), options, !service.client, false, hosts, own, accept.span());
    }

    /// Sockets are not bound to interfaces: only where the address says the same is it left aside.
    private void checkDevices(Service service, Address accept) {
        for (Given<String> device : service.devices) {
            boolean isOfServers = device.value().startsWith("r:");
            List<Address> bound =
                    isOfServers ? service.connects.stream().map(Given::value).toList() : List.of(accept);
            if (!device.value().endsWith(":lo") || !bound.stream().allMatch(ServiceBuilder::isLoopback)) {
                reading.problems()
                        .error(
                                "stunnel.unsupported",
                                device.span(),
                                "Service [" + service.name + "]: SO_BINDTODEVICE is not supported by Fairlead",
                                isOfServers
                                        ? "let the routing table say which way connections take"
                                        : "accept on an address of that interface: accept = ADDRESS:PORT");
            }
        }
    }

    private static boolean isLoopback(Address address) {
        return switch (address) {
            case Address.Unix unix -> true;
            case Address.Tcp tcp ->
                tcp.host().equals("localhost")
                        || tcp.host().equals("::1")
                        || tcp.host().matches("127(\\.[0-9]{1,3}){3}");
        };
    }

    private StreamHost host(Service service, List<ServerName> names) {
        Optional<TlsServer> server = service.client ? Optional.empty() : tls.server(service);
        StreamSettings settings = new StreamSettings(
                List.of(),
                service.busy,
                service.busy,
                Optional.empty(),
                service.noDelay,
                service.reset,
                logs.of(service),
                Optional.empty(),
                overtures.isAsked(service),
                RequestLimits.NONE,
                StreamSettings.Believed.ALL);
        return new StreamHost(
                names,
                server,
                List.of(),
                settings,
                service.redirect.map(to -> forward(service, upstreamName(service) + " redirect", List.of(to))),
                List.of(),
                service.program.isPresent()
                        ? programs.action(service, upstreamName(service))
                        : forward(service, upstreamName(service), service.connects),
                service.span);
    }

    /// Sections of different files may be called the same.
    private static String upstreamName(Service service) {
        String file = service.span.file().name();
        return file.substring(file.lastIndexOf('/') + 1) + " [" + service.name + "]";
    }

    private StreamAction forward(Service service, String upstreamName, List<Given<Address>> targets) {
        Given<Address> first = targets.getFirst();
        String host = first.value() instanceof Address.Tcp tcp ? tcp.host() : "";
        String named = Overtures.behindProxy(service).orElse(host);
        return new StreamAction.ForwardTo(new StreamForward(
                target(service, upstreamName, targets, host),
                service.client ? Optional.of(tls.client(service, named)) : Optional.empty(),
                Overtures.header(service),
                StreamForward.Retry.UNLIMITED,
                new StreamForward.Timeouts(service.connect, service.idle, Optional.of(service.close)),
                StreamForward.Rates.UNLIMITED,
                service.local.map(text -> Template.constant(text, first.span())),
                service.keepAlive,
                true,
                overtures.of(service),
                Optional.empty(),
                first.span()));
    }

    private StreamForward.Target target(
            Service service, String upstreamName, List<Given<Address>> targets, String host) {
        Given<Address> first = targets.getFirst();
        boolean isLate = service.delay || targets.stream().allMatch(ServiceBuilder::isImpossible);
        List<Upstream.Server> servers = targets.stream()
                .map(given ->
                        new Upstream.Server(given.value(), 1, 0, 0, Duration.ofSeconds(10), false, false, given.span()))
                .toList();
        Balance balance = service.roundRobin && !isLate ? new Balance.RoundRobin() : new Balance.InOrder();
        Upstream upstream = new Upstream(upstreamName, servers, balance, Optional.empty(), true, first.span());
        upstreams.put(upstreamName, upstream);
        return new StreamForward.Target.Fixed(
                upstream,
                host,
                Optional.of(new StreamForward.LateNames(
                        isLate, new Forward.Resolver(Optional.empty(), NameLookup.Family.BOTH, first.span()))));
    }

    private static boolean isImpossible(Given<Address> target) {
        return target.value() instanceof Address.Tcp tcp && Hosts.isImpossible(tcp.host());
    }
}
