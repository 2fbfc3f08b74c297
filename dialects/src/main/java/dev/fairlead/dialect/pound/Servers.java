package dev.fairlead.dialect.pound;

import dev.fairlead.dialect.Hosts;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.tls.TlsClient;
import dev.fairlead.model.upstream.Balance;
import dev.fairlead.model.upstream.HealthCheck;
import dev.fairlead.model.upstream.Persistence;
import dev.fairlead.model.upstream.ServerTraits;
import dev.fairlead.model.upstream.Upstream;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Span;
import dev.fairlead.unit.Suggestion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Makes upstreams of services.
final class Servers {
    private static final Duration ALIVE = Duration.ofSeconds(30);
    private static final Duration LONGEST_CHECK = Duration.ofSeconds(15);
    private static final int USUAL_PRIORITY = 5;
    private static final int HIGHEST_PRIORITY = 65_535;
    private static final int HIGHEST_PORT = 65_535;

    private final Reading reading;
    private final Program program;
    private final Tls tls;
    private final Map<String, Group> groups = new LinkedHashMap<>();

    Servers(Reading reading, Program program, Tls tls) {
        this.reading = reading;
        this.program = program;
        this.tls = tls;
    }

    /// The servers of a service.
    ///
    /// @param statements as the configuration describes them, those that stand elsewhere by name included
    /// @param tls how all of them are spoken to; if they differ, each has its own
    /// @param made those that have an address
    record Group(Upstream upstream, List<Statement> statements, Optional<TlsClient> tls, List<Made> made) {}

    /// A server and what it was made of.
    record Made(Upstream.Server server, Statement statement) {}

    List<Upstream> upstreams() {
        return groups.values().stream()
                .map(Group::upstream)
                .filter(upstream -> !upstream.servers().isEmpty())
                .toList();
    }

    /// @param name unique among all services
    Group of(Statement service, String name) {
        Group known = groups.get(name);
        if (known == null) {
            known = make(service, name);
            groups.put(name, known);
        }
        return known;
    }

    private Group make(Statement service, String name) {
        List<Statement> backends = new ArrayList<>();
        service.each("BackEnd", "UseBackend", "Emergency")
                .forEach(one -> resolve(one).ifPresent(backends::add));
        List<Optional<TlsClient>> secured = backends.stream().map(tls::client).toList();
        boolean isSame = secured.stream().distinct().count() <= 1;
        List<Made> made = new ArrayList<>();
        int number = 0;
        for (int i = 0; i < backends.size(); i++) {
            Statement backend = backends.get(i);
            Optional<TlsClient> own = isSame ? Optional.empty() : secured.get(i);
            String called = backend.is("Emergency") ? "emergency" : "backend " + number++;
            placed(backend)
                    .map(address -> new Made(server(backend, called, address, own), backend))
                    .ifPresent(made::add);
        }
        Upstream upstream = new Upstream(
                name,
                made.stream().map(Made::server).toList(),
                balance(service),
                Optional.of(new Upstream.IdlePool(64, Long.MAX_VALUE, Duration.ofHours(1), Duration.ofSeconds(5))),
                true,
                Optional.empty(),
                persistence(service, name),
                Upstream.Backups.ALL,
                service.origin());
        return new Group(
                upstream,
                backends,
                isSame ? secured.stream().findFirst().flatMap(first -> first) : Optional.empty(),
                made);
    }

    private List<Persistence> persistence(Statement service, String name) {
        return service.last("Session")
                .map(session -> new Sessions(reading).of(session, name))
                .orElse(List.of());
    }

    /// A server that stands outside of services is looked up; priority and more may be said anew.
    private Optional<Statement> resolve(Statement one) {
        if (one.args().isEmpty() || !(one.is("BackEnd") || one.is("UseBackend"))) {
            return Optional.of(one);
        }
        Statement found = program.backends().get(one.text(0));
        if (found == null) {
            reading.problems()
                    .add(Diagnostic.error(
                                    "pound.no-backend",
                                    one.arg(0).span(),
                                    "backend \"" + one.text(0) + "\" is not defined")
                            .hint(Suggestion.nearest(
                                            one.text(0), program.backends().keySet())
                                    .map(near -> "did you mean \"" + near + "\"?")));
            return Optional.empty();
        }
        List<Statement> children = new ArrayList<>(found.children());
        children.addAll(one.children());
        return Optional.of(new Statement("BackEnd", one.keyword(), false, one.args(), children));
    }

    /// @param called what operators know it by
    private Upstream.Server server(Statement backend, String called, Address address, Optional<TlsClient> own) {
        int priority = backend.last("Priority")
                .flatMap(statement -> reading.number(statement, 0, 1, HIGHEST_PRIORITY))
                .orElse(USUAL_PRIORITY);
        ServerTraits named = ServerTraits.NONE.withName(called);
        ServerTraits traits = own.map(named::withTls).orElse(named);
        traits = check(backend).map(traits::withCheck).orElse(traits);
        return new Upstream.Server(
                address,
                priority,
                0,
                1,
                program.seconds("Alive").orElse(ALIVE),
                backend.is("Emergency"),
                backend.last("Disabled").map(reading::truth).orElse(false),
                traits,
                backend.origin());
    }

    /// `HAport`: whether a server counts as up is asked there every `Alive` seconds.
    private Optional<HealthCheck> check(Statement backend) {
        return backend.last("HAport").flatMap(asked -> {
            int last = asked.args().size() - 1;
            return reading.number(asked, last, 1, HIGHEST_PORT).map(port -> {
                Duration alive = program.seconds("Alive").orElse(ALIVE);
                Duration connect = alive.compareTo(LONGEST_CHECK) < 0 ? alive : LONGEST_CHECK;
                Optional<Address> elsewhere =
                        last == 0 ? Optional.empty() : Optional.of(new Address.Tcp(asked.text(0), port));
                return new HealthCheck(
                        new HealthCheck.Probe.Connect(),
                        new HealthCheck.Pace(alive, alive, alive, connect, connect, 0),
                        1,
                        1,
                        elsewhere,
                        port,
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        false,
                        asked.origin());
            });
        });
    }

    private Balance balance(Statement service) {
        Optional<Statement> said =
                service.last("Balancer").or(() -> program.all().last("Balancer"));
        return switch (said.map(statement -> statement.text(0).toLowerCase(Locale.ROOT))
                .orElse("random")) {
            case "random" -> new Balance.Random(false);
            case "iwrr" -> new Balance.RoundRobin();
            default -> {
                Word word = said.orElseThrow().arg(0);
                reading.problems()
                        .error(
                                "pound.balancer",
                                word.span(),
                                "unknown balancer \"" + word.text() + "\"",
                                "random or iwrr");
                yield new Balance.RoundRobin();
            }
        };
    }

    /// Where a server is.
    private Optional<Address> placed(Statement around) {
        if (around.last("Address").isEmpty()) {
            missing(around, "Address");
            return Optional.empty();
        }
        String name = around.last("Address").get().text(0);
        if (!name.startsWith("/") && around.last("Port").isEmpty()) {
            missing(around, "Port");
            return Optional.empty();
        }
        return address(around, name, 0);
    }

    /// Where a listener listens: without `Address` on all addresses, without `Port` where its protocol is usual.
    Optional<Address> listening(Statement listener) {
        String name = listener.last("Address").map(said -> said.text(0)).orElse("*");
        return address(listener, name, listener.is("ListenHTTPS") ? 443 : 80);
    }

    private Optional<Address> address(Statement around, String name, int usualPort) {
        once(around, "Address");
        once(around, "Port");
        if (name.startsWith("/")) {
            return Optional.of(new Address.Unix(reading.path(name)));
        }
        String bare = name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
        Optional<Statement> port = around.last("Port");
        return (port.isPresent() ? port.flatMap(this::port) : Optional.of(usualPort))
                .flatMap(number -> possible(new Address.Tcp(bare, number), around));
    }

    private Optional<Address> possible(Address.Tcp address, Statement around) {
        if (Hosts.isImpossible(address.host())) {
            reading.problems()
                    .error(
                            "pound.address",
                            around.last("Address")
                                    .map(said -> said.arg(0).span())
                                    .orElse(around.origin()),
                            "bad address \"" + address.host() + "\": Name or service not known",
                            "four numbers up to 255, such as 127.0.0.1, an IPv6 address, or a name");
            return Optional.empty();
        }
        return Optional.of(address);
    }

    /// Pound takes the first of them for meant, and the second for a mistake.
    private void once(Statement around, String what) {
        List<Statement> said = around.each(what);
        if (said.size() > 1) {
            reading.problems()
                    .addOnce(Diagnostic.error("pound.twice", said.get(1).origin(), "Duplicate " + what + " statement")
                            .hint("first at " + said.getFirst().origin().fileAndLine() + "; "
                                    + (around.is("BackEnd")
                                            ? "each server has a BackEnd of its own"
                                            : "each address has a " + around.name() + " of its own")));
        }
    }

    private Optional<Integer> port(Statement port) {
        return switch (port.text(0).toLowerCase(Locale.ROOT)) {
            case "http", "www" -> Optional.of(80);
            case "https" -> Optional.of(443);
            default -> reading.number(port, 0, 0, HIGHEST_PORT);
        };
    }

    private void missing(Statement around, String what) {
        Span at = around.origin();
        reading.problems()
                .error(
                        "pound.missing",
                        at,
                        "\"" + around.name() + "\" without \"" + what + "\"",
                        "add a line: " + what + " " + (what.equals("Port") ? "8080" : "127.0.0.1"));
    }
}
