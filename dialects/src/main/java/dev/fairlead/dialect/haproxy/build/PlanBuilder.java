package dev.fairlead.dialect.haproxy.build;

import dev.fairlead.dialect.haproxy.build.bind.SocketFiles;
import dev.fairlead.dialect.haproxy.build.workshop.Scene;
import dev.fairlead.dialect.haproxy.build.workshop.Workshop;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.http.HttpPlan;
import dev.fairlead.model.http.Logging;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.Listener;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.plan.RuntimeOptions;
import dev.fairlead.model.stream.StreamListener;
import dev.fairlead.model.stream.StreamPlan;
import dev.fairlead.source.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Builds the plan of a configuration that was read. Problems go to the workshop; a plan with errors is not run.
public final class PlanBuilder {
    private final Workshop workshop;
    private final Backends backends;

    public PlanBuilder(Workshop workshop) {
        this.workshop = workshop;
        this.backends = new Backends(workshop);
    }

    public Plan plan() {
        List<HttpListener> listeners = new ArrayList<>();
        List<StreamListener> streamListeners = new ArrayList<>();
        Map<String, List<Address>> addresses = new HashMap<>();
        new SocketFiles(workshop).check();
        Frontends frontends = new Frontends(workshop, backends);
        Streams streams = new Streams(workshop, backends);
        // What is missing may be a line that could not be read.
        if (!workshop.problems().hasErrors()) {
            workshop.proxies().forEach(this::checkTimeouts);
            new Unheeded(workshop).look(workshop.proxies());
        }
        workshop.proxies().stream()
                .findFirst()
                .ifPresent(any -> workshop.constants().read(Scene.of(workshop, any)));
        for (Proxy proxy : workshop.proxies()) {
            checkMode(proxy);
            if (proxy.isFrontend() && !proxy.isDisabled() && proxy.isTcp()) {
                List<StreamListener> of = streams.listeners(proxy);
                of.forEach(listener -> listensOn(proxy, listener.address(), addresses));
                streamListeners.addAll(of);
            } else if (proxy.isFrontend() && !proxy.isDisabled()) {
                List<HttpListener> of = frontends.listeners(proxy);
                of.forEach(listener -> listensOn(proxy, listener.address(), addresses));
                listeners.addAll(of);
            } else if (proxy.isBackend()) {
                backends.upstream(proxy);
            }
        }
        checkAddresses(listeners, streamListeners);
        HttpPlan http = new HttpPlan(
                listeners, backends.upstreams(false), workshop.variables().requestSlots(), List.of());
        StreamPlan stream = new StreamPlan(
                streamListeners, backends.upstreams(true), workshop.variables().requestSlots());
        return new Plan(http, runtime()).withStream(stream).withRoster(new Rosters(workshop).roster(addresses));
    }

    private static void listensOn(Proxy front, Address address, Map<String, List<Address>> addresses) {
        addresses.computeIfAbsent(front.name(), name -> new ArrayList<>()).add(address);
    }

    /// HAProxy listens twice where it is told to, and the kernel deals connections out between the two.
    private void checkAddresses(List<HttpListener> http, List<StreamListener> stream) {
        Map<String, Listener> taken = new HashMap<>();
        Stream.<Listener>concat(http.stream(), stream.stream()).forEach(listener -> {
            String address = listener.address().text();
            Listener first = taken.putIfAbsent(address, listener);
            if (first != null) {
                workshop.problems()
                        .error(
                                "haproxy.same-address",
                                listener.origin(),
                                address + " is listened on twice",
                                "first at " + first.origin().fileAndLine()
                                        + ": have one of them listen elsewhere, or make one frontend of both");
            }
        });
    }

    private void checkTimeouts(Proxy proxy) {
        List<String> missing = new ArrayList<>();
        if (proxy.isFrontend() && proxy.last("timeout client", "clitimeout").isEmpty()) {
            missing.add("client");
        }
        boolean hasServers = proxy.isBackend() && !proxy.each("server").isEmpty();
        if (hasServers && proxy.last("timeout connect", "contimeout").isEmpty()) {
            missing.add("connect");
        }
        if (hasServers && proxy.last("timeout server", "srvtimeout").isEmpty()) {
            missing.add("server");
        }
        if (!missing.isEmpty()) {
            workshop.problems()
                    .warning(
                            "haproxy.no-timeout",
                            proxy.origin(),
                            "missing timeouts for " + proxy.section().shown() + ": " + String.join(", ", missing),
                            "without them a silent peer is waited for without end; in defaults: "
                                    + missing.stream()
                                            .map(name -> "timeout " + name + (name.equals("connect") ? " 5s" : " 30s"))
                                            .collect(Collectors.joining(", ")));
        }
    }

    private void checkMode(Proxy proxy) {
        Optional<Entry> mode = proxy.last("mode");
        String word = mode.map(entry -> entry.text(0)).orElse("tcp");
        Span at = mode.map(entry -> entry.arg(0).span()).orElse(proxy.origin());
        switch (word) {
            case "http", "tcp" -> {}
            default ->
                workshop.problems().error("haproxy.mode", at, "unknown proxy mode '" + word + "'", "http or tcp");
        }
    }

    private RuntimeOptions runtime() {
        Optional<Integer> loops = number("nbthread");
        int most = number("maxconn").orElse(RuntimeOptions.DEFAULT.maxConnections());
        return new RuntimeOptions(
                loops,
                most,
                runAs(),
                workshop.globals()
                        .last("pidfile")
                        .map(entry -> new RuntimeOptions.PidFile(workshop.path(entry.arg(0), ""), entry.origin())),
                workshop.globals().last("daemon").isPresent(),
                workshop.globals()
                        .last("hard-stop-after")
                        .flatMap(workshop::delay)
                        .or(() -> Optional.of(NEVER)),
                List.of(new Logging.ErrorLog(
                        new Logging.Target.StandardError(), dev.fairlead.model.http.LogLevel.WARN, Span.builtIn())));
    }

    private static final Duration NEVER = Duration.ofDays(365);

    private Optional<Integer> number(String keyword) {
        return workshop.globals().last(keyword).flatMap(entry -> {
            Optional<Integer> number =
                    dev.fairlead.dialect.haproxy.value.Figures.between(entry.text(0), 1, Integer.MAX_VALUE);
            if (number.isEmpty()) {
                workshop.problems()
                        .error(
                                "haproxy.number",
                                entry.arg(0).span(),
                                "'" + keyword + "' expects an integer argument, not '" + entry.text(0) + "'");
            }
            return number;
        });
    }

    private Optional<RuntimeOptions.RunAs> runAs() {
        Optional<String> group = workshop.globals().last("group", "gid").map(entry -> entry.text(0));
        return workshop.globals()
                .last("user", "uid")
                .map(entry -> new RuntimeOptions.RunAs(entry.text(0), group, entry.origin()));
    }
}
