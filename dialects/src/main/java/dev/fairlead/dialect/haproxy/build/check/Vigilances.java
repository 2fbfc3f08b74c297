package dev.fairlead.dialect.haproxy.build.check;

import dev.fairlead.dialect.haproxy.build.workshop.Parameters;
import dev.fairlead.dialect.haproxy.build.workshop.Workshop;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.dialect.haproxy.value.Figures;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.upstream.HealthCheck;
import dev.fairlead.model.upstream.HealthCheck.Pace;
import dev.fairlead.model.upstream.HealthCheck.Probe;
import dev.fairlead.model.upstream.Vigilance;
import dev.fairlead.model.upstream.Vigilance.Consequence;
import dev.fairlead.model.upstream.Vigilance.Observation;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// How a server is watched besides its checks: `agent-check`, `observe`, `on-marked-up`.
public final class Vigilances {
    private static final Duration USUAL_INTERVAL = Duration.ofSeconds(2);
    private static final int USUAL_LIMIT = 10;

    private final Workshop workshop;
    private final Proxy backend;

    public Vigilances(Workshop workshop, Proxy backend) {
        this.workshop = workshop;
        this.backend = backend;
    }

    /// @param isChecked whether it has health checks
    public Vigilance of(Parameters given, boolean isChecked, Entry server) {
        return new Vigilance(agent(given, server), observation(given, isChecked), relieves(given));
    }

    private Optional<HealthCheck> agent(Parameters given, Entry server) {
        if (!given.has("agent-check") || given.isLast("no-agent-check", "agent-check")) {
            return Optional.empty();
        }
        int port = given.find("agent-port")
                .flatMap(found -> number(found.value(), "agent-port", 65535))
                .orElse(0);
        if (port == 0) {
            workshop.problems()
                    .error(
                            "haproxy.agent",
                            server.origin(),
                            "'agent-check' : server " + server.text(0) + " does not have agent port",
                            "such as agent-port 8100, where the agent beside the server listens");
            return Optional.empty();
        }
        Duration interval = given.find("agent-inter")
                .flatMap(found -> workshop.delay(found.value(), "agent-inter", ChronoUnit.MILLIS))
                .filter(delay -> !delay.isZero())
                .orElse(USUAL_INTERVAL);
        Duration answer = backend.last("timeout check").flatMap(workshop::delay).orElse(interval);
        return Optional.of(new HealthCheck(
                new Probe.Agent(given.find("agent-send")
                        .map(found -> found.value().text())
                        .orElse("")),
                new Pace(interval, interval, interval, interval, answer, 0),
                1,
                1,
                given.find("agent-addr")
                        .map(found -> new Address.Tcp(found.value().text(), 0)),
                port,
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                server.origin()));
    }

    private Optional<Observation> observation(Parameters given, boolean isChecked) {
        return given.find("observe").flatMap(found -> {
            String layer = found.value().text();
            boolean isKnown = layer.equals("layer4") || (layer.equals("layer7") && !backend.isTcp());
            if (!isKnown) {
                problem(
                        found.value(),
                        layer.equals("layer7")
                                ? "'observe' : can not use layer7 in a proxy that is not in mode http"
                                : "'observe' expects one of 'none', 'layer4', 'layer7' but got '" + layer + "'");
                return Optional.empty();
            }
            if (!isChecked) {
                workshop.problems()
                        .warning(
                                "haproxy.observe",
                                found.word().span(),
                                "'observe' has no effect without health checks",
                                "add check to the server");
            }
            int limit = given.find("error-limit")
                    .flatMap(most -> number(most.value(), "error-limit", Integer.MAX_VALUE))
                    .orElse(USUAL_LIMIT);
            return Optional.of(new Observation(layer.equals("layer7"), limit, consequence(given)));
        });
    }

    private Consequence consequence(Parameters given) {
        return given.find("on-error")
                .map(found -> switch (found.value().text()) {
                    case "fastinter" -> Consequence.EARLY_CHECK;
                    case "fail-check" -> Consequence.FAILED_CHECK;
                    case "sudden-death" -> Consequence.LAST_CHANCE;
                    case "mark-down" -> Consequence.DOWN;
                    default -> {
                        problem(
                                found.value(),
                                "'on-error' expects one of 'fastinter', 'fail-check', 'sudden-death' or 'mark-down' but"
                                        + " got '" + found.value().text() + "'");
                        yield Consequence.FAILED_CHECK;
                    }
                })
                .orElse(Consequence.FAILED_CHECK);
    }

    private boolean relieves(Parameters given) {
        return given.find("on-marked-up")
                .filter(found -> {
                    boolean isKnown = found.value().is("shutdown-backup-sessions");
                    if (!isKnown) {
                        problem(
                                found.value(),
                                "'on-marked-up' expects 'shutdown-backup-sessions' but got '"
                                        + found.value().text() + "'");
                    }
                    return isKnown && !given.has("backup");
                })
                .isPresent();
    }

    private Optional<Integer> number(Word value, String what, int most) {
        Optional<Integer> number = Figures.between(value.text(), 1, most);
        if (number.isEmpty()) {
            problem(value, "'" + what + "' expects a number above 0, not '" + value.text() + "'");
        }
        return number;
    }

    private void problem(Word word, String message) {
        workshop.problems().error("haproxy.check", word.span(), message);
    }
}
