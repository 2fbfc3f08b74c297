package dev.fairlead.model.plan;

import dev.fairlead.model.http.Action;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.http.Location;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.http.VirtualHost;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.stream.StreamAction;
import dev.fairlead.model.stream.StreamForward;
import dev.fairlead.model.stream.StreamHost;
import dev.fairlead.model.stream.StreamListener;
import dev.fairlead.model.upstream.Upstream;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Collects the addresses that a plan's forwards connect to.
final class Departures {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private final List<Departure> found = new ArrayList<>();
    private final List<Forward> forwards = new ArrayList<>();
    private final Beginnings beginnings = new Beginnings();
    private final Set<String> known = new HashSet<>();
    private final Set<Object> visited = Collections.newSetFromMap(new IdentityHashMap<>());

    /// What the bytes are that are sent.
    enum Security {
        /// In the clear, as far as is known.
        PLAIN,
        /// TLS that begins here.
        TLS,
        /// Whatever the client sends, which may be TLS.
        AS_IT_CAME
    }

    /// @param hasProxyHeader whether a PROXY protocol header is sent first
    /// @param origin where the request is passed on
    record Departure(Address to, Security security, boolean hasProxyHeader, Span origin) {
        boolean isSecured() {
            return security == Security.TLS;
        }

        private static Departure http(Address to, boolean isSecured, Span origin) {
            return http(to, isSecured, false, origin);
        }

        private static Departure http(Address to, boolean isSecured, boolean hasProxyHeader, Span origin) {
            return new Departure(to, isSecured ? Security.TLS : Security.PLAIN, hasProxyHeader, origin);
        }
    }

    private Departures() {}

    static List<Departure> of(Plan plan) {
        Departures all = new Departures();
        for (HttpListener listener : plan.http().listeners()) {
            listener.hosts().forEach(all::visit);
        }
        all.forwards.forEach(all::add);
        plan.stream().listeners().forEach(all::visit);
        return all.found;
    }

    /// What requests that come in at listeners may be passed on by.
    static List<Forward> forwards(List<HttpListener> listeners) {
        Departures all = new Departures();
        listeners.forEach(listener -> listener.hosts().forEach(all::visit));
        return all.forwards;
    }

    /// Those of connections that come in at a listener.
    static List<Departure> of(StreamListener listener) {
        Departures all = new Departures();
        all.visit(listener);
        return all.found;
    }

    private void visit(StreamListener listener) {
        for (StreamHost host : listener.hosts()) {
            if (visited.add(host)) {
                host.rules().forEach(rule -> visit(rule.then(), listener));
                visit(host.action(), listener);
            }
        }
    }

    private void visit(StreamAction action, StreamListener listener) {
        switch (action) {
            case StreamAction.ForwardTo to -> add(to.forward(), listener);
            case StreamAction.Answer answer -> {}
            case StreamAction.Close close -> {}
            case StreamAction.Remember remember -> {}
        }
    }

    private void add(StreamForward forward, StreamListener listener) {
        switch (forward.target()) {
            case StreamForward.Target.Fixed fixed -> add(fixed.upstream(), forward, listener);
            case StreamForward.Target.Computed computed ->
                beginnings.of(computed.address()).forEach(beginning -> {
                    Optional<Upstream> declared = computed.declared().stream()
                            .filter(upstream -> upstream.name().equalsIgnoreCase(beginning))
                            .findFirst();
                    declared.ifPresent(upstream -> add(upstream, forward, listener));
                    if (declared.isEmpty() && beginning.lastIndexOf(':') > 0) {
                        authority(beginning, 0).ifPresent(address -> add(departure(address, forward, listener)));
                    }
                });
        }
    }

    private void add(Upstream upstream, StreamForward forward, StreamListener listener) {
        upstream.servers().stream()
                .filter(server -> !server.down())
                .forEach(server -> add(departure(server, departure(server.address(), forward, listener))));
    }

    private static Departure departure(Upstream.Server server, Departure common) {
        boolean isSecured = server.traits().tls().isPresent();
        return new Departure(
                common.to(),
                isSecured ? Security.TLS : common.security(),
                common.hasProxyHeader() || server.traits().proxyHeader().isPresent(),
                common.origin());
    }

    private static Departure departure(Address to, StreamForward forward, StreamListener listener) {
        Security unsecured = listener.tls() ? Security.PLAIN : Security.AS_IT_CAME;
        return new Departure(
                to,
                forward.tls().isPresent() ? Security.TLS : unsecured,
                forward.proxyProtocol().isPresent(),
                forward.origin());
    }

    /// The addresses of one forward.
    static List<Departure> of(Forward forward) {
        Departures all = new Departures();
        all.add(forward);
        return all.found;
    }

    /// Those of one forward of connections that come in at a listener.
    static List<Departure> of(StreamForward forward, StreamListener listener) {
        Departures all = new Departures();
        all.add(forward, listener);
        return all.found;
    }

    private void visit(VirtualHost host) {
        if (visited.add(host)) {
            visit(host.action());
            host.rules().forEach(this::visit);
            host.locations().forEach(this::visit);
        }
    }

    private void visit(Location location) {
        if (visited.add(location)) {
            visit(location.action());
            location.rules().forEach(this::visit);
            location.nested().forEach(this::visit);
        }
    }

    private void visit(Rule rule) {
        switch (rule) {
            case Rule.When when -> {
                when.then().forEach(this::visit);
                when.enter().ifPresent(this::visit);
            }
            case Rule.Assign assign -> beginnings.learn(assign);
            case Rule.Rewrite rewrite -> {}
            case Rule.Answer answer -> {}
            case Rule.Stop stop -> {}
            case Rule.Enter enter -> {}
            case Rule.EditField edit -> {}
            case Rule.EditTarget edit -> {}
            case Rule.Respond respond -> {}
            case Rule.Challenge challenge -> {}
            case Rule.Delay delay -> {}
            case Rule.Track track -> {}
            case Rule.Count count -> {}
            case Rule.ChangeList change -> {}
            case Rule.Normalise normalise -> {}
            case Rule.Hint hint -> {}
            case Rule.AwaitBody await -> {}
            case Rule.Resolve resolve -> {}
            case Rule.Clear clear -> {}
        }
    }

    private void visit(Action action) {
        switch (action) {
            case Action.ForwardTo to -> {
                if (visited.add(to.forward())) {
                    forwards.add(to.forward());
                }
            }
            case Action.ServeFiles files -> {}
            case Action.ReportCounters counters -> {}
            case Action.ShowRoster show -> {}
            case Action.ExportMetrics export -> {}
            case Action.EmptyImage image -> {}
            case Action.RunApplication application -> {}
        }
    }

    private void add(Forward forward) {
        switch (forward.target()) {
            case Forward.Target.Fixed fixed -> add(fixed.upstream(), fixed.tls().isPresent(), forward.origin());
            case Forward.Target.Computed computed -> add(computed, forward.origin());
        }
    }

    private void add(Upstream upstream, boolean isSecured, Span origin) {
        upstream.servers().stream()
                .filter(server -> !server.down())
                .forEach(server -> add(Departure.http(
                        server.address(),
                        isSecured || server.traits().tls().isPresent(),
                        server.traits().proxyHeader().isPresent(),
                        origin)));
    }

    /// Of a URL with variables as much as is known: the scheme and the host, if they are.
    private void add(Forward.Target.Computed target, Span origin) {
        beginnings.of(target.url()).forEach(beginning -> add(beginning, target.declared(), origin));
    }

    private void add(String fixed, List<Upstream> upstreams, Span origin) {
        String lower = fixed.toLowerCase(Locale.ROOT);
        boolean isSecured = lower.startsWith("https://");
        if (!isSecured && !lower.startsWith("http://")) {
            return;
        }
        String place = fixed.substring(fixed.indexOf("//") + 2);
        if (place.startsWith("unix:")) {
            int end = place.indexOf(':', "unix:".length());
            if (end > 0) {
                add(Departure.http(new Address.Unix(place.substring("unix:".length(), end)), isSecured, origin));
            }
            return;
        }
        String authority = place.split("[/?#]", 2)[0];
        Optional<Upstream> declared = upstreams.stream()
                .filter(upstream -> upstream.name().equalsIgnoreCase(authority))
                .findFirst();
        if (declared.isPresent()) {
            add(declared.get(), isSecured, origin);
        } else {
            authority(authority, isSecured ? HTTPS : HTTP)
                    .ifPresent(address -> add(Departure.http(address, isSecured, origin)));
        }
    }

    private static Optional<Address> authority(String text, int usualPort) {
        int colon = text.lastIndexOf(':');
        boolean hasPort = colon >= 0 && (text.indexOf(':') == colon || text.charAt(colon - 1) == ']');
        String host = hasPort ? text.substring(0, colon) : text;
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        String port = hasPort ? text.substring(colon + 1) : Integer.toString(usualPort);
        boolean isPort = !port.isEmpty()
                && port.length() <= 5
                && port.chars().allMatch(c -> c >= '0' && c <= '9')
                && Integer.parseInt(port) <= 0xffff;
        return bare.isEmpty() || !isPort
                ? Optional.empty()
                : Optional.of(new Address.Tcp(bare, Integer.parseInt(port)));
    }

    private void add(Departure departure) {
        Span at = departure.origin();
        if (known.add(departure.to().text() + " " + departure.security() + " "
                + departure.hasProxyHeader() + " "
                + at.file().name() + " " + at.start())) {
            found.add(departure);
        }
    }
}
