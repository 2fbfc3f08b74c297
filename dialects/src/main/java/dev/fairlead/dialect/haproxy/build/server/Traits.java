package dev.fairlead.dialect.haproxy.build.server;

import dev.fairlead.dialect.haproxy.build.check.Checks;
import dev.fairlead.dialect.haproxy.build.check.Vigilances;
import dev.fairlead.dialect.haproxy.build.workshop.Parameters;
import dev.fairlead.dialect.haproxy.build.workshop.Workshop;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.dialect.haproxy.value.Figures;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.ProxyProtocol;
import dev.fairlead.model.tls.TlsClient;
import dev.fairlead.model.upstream.HealthCheck;
import dev.fairlead.model.upstream.ServerTraits;
import dev.fairlead.model.upstream.Vigilance;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// What a `server` line says of one server alone: its name, its checks, what binds clients to it.
final class Traits {
    private static final int MOST = 1_000_000;

    private final Workshop workshop;
    private final Proxy backend;
    private final Checks checks;

    Traits(Workshop workshop, Proxy backend) {
        this.workshop = workshop;
        this.backend = backend;
        this.checks = new Checks(workshop, backend);
    }

    /// @param tls how connections for requests are secured
    /// @param header what they begin with
    ServerTraits of(
            String name, Parameters given, Optional<TlsClient> tls, Optional<ProxyProtocol> header, Entry entry) {
        ServerTraits traits = ServerTraits.NONE
                .withName(name)
                .withNumber(given.find("id").flatMap(this::number).orElse(0))
                .withSlowStart(slowStart(given))
                .withCookie(
                        given.find("cookie").map(found -> found.value().text()).orElse(""))
                .withQueueLength(given.find("maxqueue").flatMap(this::number).orElse(0));
        Optional<Address.Tcp> source = new Sources(workshop).of(given, backend);
        if (source.isPresent()) {
            traits = traits.withSource(source.get());
        }
        if (given.has("non-stick") && !given.isLast("stick", "non-stick")) {
            traits = traits.asForgotten();
        }
        Optional<ServerTraits.Reference> tracked = given.find("track").flatMap(this::tracked);
        if (tracked.isPresent()) {
            return traits.withTracks(tracked.get());
        }
        Optional<HealthCheck> check = checks.of(given, tls, header, entry);
        Vigilance vigilance = new Vigilances(workshop, backend).of(given, check.isPresent(), entry);
        ServerTraits watched = traits.withVigilance(vigilance);
        return check.isPresent() ? watched.withCheck(check.get()) : watched;
    }

    private Duration slowStart(Parameters given) {
        return given.find("slowstart")
                .flatMap(found -> workshop.delay(found.value(), "slowstart", ChronoUnit.MILLIS))
                .orElse(Duration.ZERO);
    }

    private Optional<Integer> number(Parameters.Given given) {
        Word value = given.value();
        Optional<Integer> number = Figures.between(value.text(), 0, MOST);
        if (number.isEmpty()) {
            workshop.problems()
                    .error(
                            "haproxy.number",
                            value.span(),
                            "'" + given.word().text() + "' expects a number between 0 and " + MOST + ", not '"
                                    + value.text() + "'");
        }
        return number;
    }

    /// `track [BACKEND/]SERVER`.
    private Optional<ServerTraits.Reference> tracked(Parameters.Given given) {
        Word value = given.value();
        int slash = value.text().indexOf('/');
        String proxy = slash < 0 ? backend.name() : value.text().substring(0, slash);
        String name = value.text().substring(slash + 1);
        Optional<Proxy> owner = workshop.backend(proxy);
        Optional<Entry> server = owner.flatMap(found -> found.each("server").stream()
                .filter(each -> each.text(0).equals(name))
                .findFirst());
        if (server.isEmpty()) {
            workshop.problems()
                    .error(
                            "haproxy.track",
                            value.span(),
                            "unable to find required server '" + proxy + "/" + name + "' to track");
            return Optional.empty();
        }
        boolean isChecked = owner.get().each("default-server", "server").stream()
                .filter(each ->
                        each.name().equals("default-server") || each.text(0).equals(name))
                .flatMap(each -> each.args().stream())
                .anyMatch(word -> word.is("check") || word.is("track"));
        if (!isChecked) {
            workshop.problems()
                    .error(
                            "haproxy.track",
                            value.span(),
                            "unable to use '" + proxy + "/" + name + "' for tracking: it has no health checks",
                            "add check to server " + name);
            return Optional.empty();
        }
        return Optional.of(new ServerTraits.Reference(proxy, name));
    }
}
