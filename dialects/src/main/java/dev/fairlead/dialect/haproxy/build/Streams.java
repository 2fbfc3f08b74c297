package dev.fairlead.dialect.haproxy.build;

import dev.fairlead.dialect.haproxy.build.bind.Bind;
import dev.fairlead.dialect.haproxy.build.bind.Binds;
import dev.fairlead.dialect.haproxy.build.rule.ConnectionNotes;
import dev.fairlead.dialect.haproxy.build.server.AskedAddress;
import dev.fairlead.dialect.haproxy.build.server.Servers;
import dev.fairlead.dialect.haproxy.build.workshop.ExpectedHeaders;
import dev.fairlead.dialect.haproxy.build.workshop.Formats;
import dev.fairlead.dialect.haproxy.build.workshop.Scene;
import dev.fairlead.dialect.haproxy.build.workshop.Workshop;
import dev.fairlead.dialect.haproxy.rule.Acls;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.dialect.haproxy.value.Figures;
import dev.fairlead.model.http.RequestLimits;
import dev.fairlead.model.stream.StreamAction;
import dev.fairlead.model.stream.StreamForward;
import dev.fairlead.model.stream.StreamHost;
import dev.fairlead.model.stream.StreamListener;
import dev.fairlead.model.stream.StreamRule;
import dev.fairlead.model.stream.StreamSettings;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.TextSet;
import dev.fairlead.model.upstream.Upstream;
import dev.fairlead.source.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Makes listeners of frontends in `mode tcp`: connections are passed on byte by byte.
final class Streams {
    /// What actions that are not followed begin with.
    private static final List<String> ACTIONS =
            List.of("capture", "do-resolve", "lua.", "send-spoe-group", "set-", "switch-mode", "use-service");
    /// What tests of a client's first bytes are called.
    private static final List<String> FIRST_BYTES = List.of(
            "req.ssl_",
            "req_ssl_",
            "payload(",
            "payload_lv(",
            "req.len",
            "req_len",
            "req.proto_http",
            "req_proto_http");
    private static final Duration HANDSHAKE = Duration.ofSeconds(60);
    private static final Duration USUAL_PATIENCE = Duration.ofSeconds(5);
    private static final int LOOKED_AT = 16_384;

    private final Workshop workshop;
    private final Backends backends;
    private final Binds binds;
    private final Logs logs;

    Streams(Workshop workshop, Backends backends) {
        this.workshop = workshop;
        this.backends = backends;
        this.binds = new Binds(workshop);
        this.logs = new Logs(workshop);
    }

    List<StreamListener> listeners(Proxy front) {
        List<StreamListener> listeners = new ArrayList<>();
        List<Bind> places = binds.of(front);
        List<StreamRule> rules = rules(front);
        rules.addAll(usual(front));
        StreamAction otherwise = otherwise(front);
        StreamSettings settings = settings(front, places);
        for (Bind place : places) {
            StreamHost host = new StreamHost(
                    List.of(), place.tls(), place.protocols(), settings, rules, otherwise, front.origin());
            listeners.add(new StreamListener(
                    place.address(),
                    place.options(),
                    place.tls().isPresent(),
                    place.proxyProtocol(),
                    host,
                    place.origin()));
        }
        return listeners;
    }

    private StreamSettings settings(Proxy front, List<Bind> places) {
        Duration client = workshop.limit(front, "timeout client", "clitimeout");
        Duration handshake = client.equals(Workshop.NO_LIMIT) ? HANDSHAKE : client;
        return new StreamSettings(
                List.of(),
                handshake,
                handshake,
                preread(front),
                true,
                true,
                logs.of(Scene.of(workshop, front), places),
                ExpectedHeaders.where(Scene.of(workshop, front)),
                false,
                RequestLimits.NONE,
                StreamSettings.Believed.ALL);
    }

    /// The first bytes are looked at where a test asks for what a ClientHello says.
    private Optional<StreamSettings.Preread> preread(Proxy front) {
        List<String> words = words(front);
        boolean asks = words.stream()
                .filter(word -> !word.startsWith("res."))
                .anyMatch(word -> FIRST_BYTES.stream().anyMatch(word::contains) || word.equals("HTTP"));
        boolean asksForDesktop = words.stream()
                .anyMatch(word ->
                        word.contains("rdp_cookie") || word.contains("rdp-cookie") || word.equals("RDP_COOKIE"));
        Duration patience = Stream.concat(Stream.of(front), reached(front))
                .flatMap(proxy -> proxy.last("tcp-request inspect-delay").flatMap(workshop::delay).stream())
                .findFirst()
                .orElse(USUAL_PATIENCE);
        return asks || asksForDesktop
                ? Optional.of(new StreamSettings.Preread(LOOKED_AT, patience, false, asksForDesktop))
                : Optional.empty();
    }

    /// Of the frontend and the backends that it leads to.
    private List<String> words(Proxy front) {
        return Stream.concat(Stream.of(front), reached(front))
                .flatMap(proxy -> proxy.entries().stream())
                .flatMap(entry -> Stream.concat(
                        Stream.of(entry.name()), entry.args().stream().map(Word::text)))
                .toList();
    }

    private Stream<Proxy> reached(Proxy front) {
        return front.each("default_backend", "use_backend").stream()
                .flatMap(entry -> workshop.backend(entry.text(0)).stream());
    }

    private List<StreamRule> rules(Proxy front) {
        Scene scene = Scene.of(workshop, front);
        Acls acls = new Acls(front, scene, workshop.problems());
        List<StreamRule> rules = new ArrayList<>();
        Acls early = acls.in(scene.early());
        first(front.each("tcp-request connection"), early, scene.early(), rules);
        for (String stage : List.of("tcp-request session", "tcp-request content")) {
            first(front.each(stage), acls, scene, rules);
        }
        for (Entry entry : front.each("use_backend")) {
            Condition condition = acls.behind(entry, 1).orElseGet(() -> new Condition.Always(true));
            if (entry.text(0).indexOf('%') >= 0) {
                computed(front, entry, condition, scene, rules);
                continue;
            }
            workshop.required(entry.arg(0)).ifPresent(backend -> {
                rules.addAll(ofBackend(front, backend, condition));
                rules.add(
                        new StreamRule(condition, new StreamAction.ForwardTo(forward(front, backend)), entry.origin()));
            });
        }
        return rules;
    }

    /// A name with variables in it: each backend is reached by its own, the usual one by any other name.
    private void computed(Proxy front, Entry entry, Condition condition, Scene scene, List<StreamRule> rules) {
        Template name = new Formats(scene, workshop.problems()).text(entry.arg(0));
        for (Proxy proxy : workshop.proxies()) {
            if (proxy.isBackend() && !proxy.isDisabled() && proxy.isTcp()) {
                Condition isIt =
                        new Condition.OneOf(name, new TextSet(TextSet.How.EXACT, false, List.of(proxy.name())), false);
                Condition both = new Condition.AllOf(List.of(condition, isIt));
                rules.addAll(ofBackend(front, proxy, both));
                rules.add(new StreamRule(both, new StreamAction.ForwardTo(forward(front, proxy)), entry.origin()));
            }
        }
        named(front).ifPresent(backend -> rules.addAll(ofBackend(front, backend, condition)));
        rules.add(new StreamRule(condition, otherwise(front), entry.origin()));
    }

    /// An `accept` lets those behind it take effect only where it does not hold.
    private void first(List<Entry> lines, Acls acls, Scene scene, List<StreamRule> rules) {
        ConnectionNotes notes = new ConnectionNotes(new Formats(scene, workshop.problems()));
        List<Condition> accepted = new ArrayList<>();
        for (Entry entry : lines) {
            List<Word> words = entry.args();
            int end = Acls.start(words);
            Condition condition =
                    acls.condition(words.subList(end, words.size())).orElseGet(() -> new Condition.Always(true));
            String action = words.getFirst().text();
            if (action.equals("accept")) {
                accepted.add(condition);
                continue;
            }
            List<StreamAction> actions = new ArrayList<>();
            if (action.equals("reject") || action.equals("silent-drop")) {
                actions.add(new StreamAction.Close(
                        action.equals("reject"), entry.name().endsWith(" content"), entry.origin()));
            } else {
                notes.rules(entry, words.subList(0, end))
                        .ifPresentOrElse(
                                found -> found.forEach(rule -> actions.add(new StreamAction.Remember(rule))),
                                () -> other(entry, words.getFirst()));
            }
            List<Condition> all = new ArrayList<>(List.of(condition));
            accepted.forEach(each -> all.add(new Condition.Not(each)));
            Condition when = all.size() == 1 ? condition : new Condition.AllOf(all);
            actions.forEach(then -> rules.add(new StreamRule(when, then, entry.origin())));
        }
    }

    private void other(Entry entry, Word action) {
        String name = action.text();
        if (ExpectedHeaders.isOne(action)) {
            return;
        }
        if (ACTIONS.stream().anyMatch(name::startsWith)) {
            workshop.problems()
                    .warning(
                            "haproxy.without-effect",
                            action.span(),
                            "'" + entry.name() + " " + name + "' has no effect yet");
        } else {
            workshop.problems()
                    .error(
                            "haproxy.rule",
                            action.span(),
                            "'" + entry.name() + "' : unknown action '" + name + "'",
                            name.equals("deny") ? "did you mean 'reject'?" : "accept, reject or silent-drop");
        }
    }

    /// What a backend says of connections that come to it, before it is entered.
    private List<StreamRule> ofBackend(Proxy front, Proxy backend, Condition chosen) {
        List<StreamRule> rules = new ArrayList<>();
        if (!backend.equals(front)) {
            Scene scene = Scene.of(workshop, front).in(backend);
            Acls acls = new Acls(backend, scene, workshop.problems());
            first(backend.each("tcp-request content"), acls, scene, rules);
        }
        return rules.stream()
                .map(rule ->
                        new StreamRule(new Condition.AllOf(List.of(chosen, rule.when())), rule.then(), rule.origin()))
                .toList();
    }

    /// What the usual backend says.
    private List<StreamRule> usual(Proxy front) {
        return named(front)
                .map(backend -> ofBackend(front, backend, new Condition.Always(true)))
                .orElse(List.of());
    }

    private Optional<Proxy> named(Proxy front) {
        return front.last("default_backend").flatMap(entry -> workshop.backend(entry.text(0)));
    }

    private StreamAction otherwise(Proxy front) {
        Optional<Entry> named = front.last("default_backend");
        Optional<Proxy> backend = named.isPresent()
                ? workshop.required(named.get().arg(0))
                : Optional.of(front)
                        .filter(proxy ->
                                proxy.isBackend() && !proxy.each("server").isEmpty());
        return backend.<StreamAction>map(found -> new StreamAction.ForwardTo(forward(front, found)))
                .orElseGet(() -> new StreamAction.Close(false, front.origin()));
    }

    private StreamForward forward(Proxy front, Proxy back) {
        Span at = back.origin();
        Upstream upstream = backends.upstream(back);
        Servers.Group group = backends.group(back);
        int retries = back.last("retries")
                .flatMap(entry -> Figures.between(entry.text(0), 0, 1_000))
                .orElse(3);
        return new StreamForward(
                AskedAddress.of(upstream, workshop)
                        .<StreamForward.Target>map(parts -> new StreamForward.Target.Computed(
                                new Template(parts, at), List.of(), AskedAddress.resolver(at)))
                        .orElseGet(() -> new StreamForward.Target.Fixed(upstream, upstream.name())),
                group.tls(),
                group.proxyProtocol(),
                new StreamForward.Retry(back.isOn("option redispatch"), retries + 1, Duration.ZERO),
                new StreamForward.Timeouts(
                        workshop.limit(back, "timeout connect", "contimeout"),
                        idle(front, back),
                        back.last("timeout client-fin", "timeout server-fin").flatMap(workshop::delay),
                        isServersSooner(front, back)),
                StreamForward.Rates.UNLIMITED,
                Forwards.localAddress(workshop, back, upstream),
                back.isOn("option tcpka") || back.isOn("option srvtcpka"),
                true,
                Optional.empty(),
                Optional.empty(),
                at);
    }

    private boolean isServersSooner(Proxy front, Proxy back) {
        return workshop.limit(back, "timeout tunnel").equals(Workshop.NO_LIMIT)
                && workshop.limit(back, "timeout server", "srvtimeout")
                                .compareTo(workshop.limit(front, "timeout client", "clitimeout"))
                        < 0;
    }

    /// `timeout tunnel` where there is one, else what comes first of the two sides' times.
    private Duration idle(Proxy front, Proxy back) {
        Duration tunnel = workshop.limit(back, "timeout tunnel");
        if (!tunnel.equals(Workshop.NO_LIMIT)) {
            return tunnel;
        }
        Duration client = workshop.limit(front, "timeout client", "clitimeout");
        Duration server = workshop.limit(back, "timeout server", "srvtimeout");
        return client.compareTo(server) < 0 ? client : server;
    }
}
