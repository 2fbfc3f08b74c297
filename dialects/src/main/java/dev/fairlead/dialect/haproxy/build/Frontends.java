package dev.fairlead.dialect.haproxy.build;

import dev.fairlead.dialect.haproxy.build.bind.Bind;
import dev.fairlead.dialect.haproxy.build.bind.Binds;
import dev.fairlead.dialect.haproxy.build.rule.BodyWaits;
import dev.fairlead.dialect.haproxy.build.rule.ConnectionRules;
import dev.fairlead.dialect.haproxy.build.rule.RequestRules;
import dev.fairlead.dialect.haproxy.build.rule.Services;
import dev.fairlead.dialect.haproxy.build.workshop.Captures;
import dev.fairlead.dialect.haproxy.build.workshop.Scene;
import dev.fairlead.dialect.haproxy.build.workshop.Workshop;
import dev.fairlead.dialect.haproxy.rule.Acls;
import dev.fairlead.dialect.haproxy.sample.LogFormat;
import dev.fairlead.dialect.haproxy.sample.LogKind;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.model.http.Action;
import dev.fairlead.model.http.FieldEdit;
import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.http.Location;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.http.Settings;
import dev.fairlead.model.http.VirtualHost;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.TextSet;
import dev.fairlead.model.text.Variable;
import dev.fairlead.model.tls.TlsServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes listeners of frontends: one for each address, all with one virtual host whose rules lead to backends.
final class Frontends {
    private static final int UNAVAILABLE = 503;

    private final Workshop workshop;
    private final Backends backends;
    private final Binds binds;

    Frontends(Workshop workshop, Backends backends) {
        this.workshop = workshop;
        this.backends = backends;
        this.binds = new Binds(workshop);
    }

    List<HttpListener> listeners(Proxy front) {
        List<Bind> places = binds.of(front);
        Map<Optional<TlsServer>, VirtualHost> hosts = new HashMap<>();
        VirtualHost plain = host(front, places);
        List<HttpListener> listeners = new ArrayList<>();
        for (Bind place : places) {
            VirtualHost host = hosts.computeIfAbsent(place.tls(), tls -> withTls(plain, tls));
            listeners.add(new HttpListener(
                    place.address(),
                    place.options(),
                    place.tls().isPresent(),
                    place.proxyProtocol(),
                    place.http2(),
                    List.of(host),
                    host,
                    place.origin()));
        }
        return listeners;
    }

    private static VirtualHost withTls(VirtualHost host, Optional<TlsServer> tls) {
        return new VirtualHost(
                host.names(),
                tls,
                host.head(),
                host.rules(),
                host.settings(),
                host.action(),
                host.locations(),
                host.origin());
    }

    private VirtualHost host(Proxy front, List<Bind> binds) {
        Scene scene = Scene.of(workshop, front);
        Acls acls = new Acls(front, scene, workshop.problems());
        Map<String, Proxy> reached = new LinkedHashMap<>();
        List<Rule> rules = new ArrayList<>(new Monitor(scene, acls).rules());
        rules.addAll(new Captures(workshop, front).requestRules());
        rules.addAll(new ConnectionRules(scene, acls).rules());
        rules.addAll(new BodyWaits(workshop).rules(front, front));
        rules.addAll(RequestRules.of(front, scene, acls));
        StatsPages stats = new StatsPages(front, scene, acls);
        rules.addAll(stats.rules());
        rules.addAll(uniqueId(front, scene));
        Map<String, Proxy> usual = new LinkedHashMap<>();
        Rule otherwise = otherwise(front, usual);
        rules.addAll(choices(front, scene, acls, otherwise, reached));
        usual.forEach(reached::putIfAbsent);
        rules.add(otherwise);
        List<Location> locations = new ArrayList<>();
        Places places = new Places(workshop, front, binds);
        Settings settings = places.settings(front, scene, acls);
        locations.addAll(stats.locations(settings));
        locations.addAll(new Services(front).locations(settings));
        reached.values().forEach(backend -> {
            locations.addAll(backends.locations(backend, scene, places));
            if (!backend.equals(front)) {
                locations.addAll(backends.stats(backend, scene).locations(settings));
            }
        });
        locations.addAll(places.errorLocations(settings));
        return new VirtualHost(
                List.of(),
                Optional.empty(),
                places.head(),
                rules,
                settings,
                new Action.ServeFiles(front.origin()),
                locations,
                front.origin());
    }

    /// `unique-id-header`: tells the server an id made by `unique-id-format`.
    private List<Rule> uniqueId(Proxy front, Scene scene) {
        Optional<Entry> header = front.last("unique-id-header");
        Optional<Variable> made = scene.uniqueId();
        if (header.isEmpty() || made.isEmpty()) {
            return List.of();
        }
        Template id = Template.of(made.get(), header.get().origin());
        return List.of(new Rule.EditField(
                new FieldEdit.Add(header.get().text(0), id), header.get().origin()));
    }

    /// The `use_backend` lines in their order.
    /// Where requests go that no `use_backend` took.
    private Rule otherwise(Proxy front, Map<String, Proxy> reached) {
        boolean isBoth = front.isBackend() && !front.each("server").isEmpty();
        return front.last("default_backend")
                .flatMap(entry -> target(entry.arg(0), reached).<Rule>map(name -> new Rule.Enter(name, entry.origin())))
                .orElseGet(() -> {
                    if (isBoth) {
                        reached.put(front.name(), front);
                        return new Rule.Enter(front.name(), front.origin());
                    }
                    return new Rule.Answer(UNAVAILABLE, Optional.empty(), front.origin());
                });
    }

    private List<Rule> choices(Proxy front, Scene scene, Acls acls, Rule otherwise, Map<String, Proxy> reached) {
        List<Rule> rules = new ArrayList<>();
        for (Entry entry : front.each("use_backend")) {
            Optional<Condition> condition = acls.behind(entry, 1);
            Word name = entry.arg(0);
            List<Rule> enter = name.text().indexOf('%') >= 0
                    ? computed(name, scene, otherwise, reached)
                    : target(name, reached)
                            .<List<Rule>>map(found -> List.of(new Rule.Enter(found, entry.origin())))
                            .orElse(List.of());
            if (condition.isPresent()) {
                rules.add(new Rule.When(condition.get(), enter, Optional.empty(), entry.origin()));
            } else {
                rules.addAll(enter);
            }
        }
        return rules;
    }

    /// A name with variables in it: each backend is entered by its own, the usual one by any other name.
    private List<Rule> computed(Word name, Scene scene, Rule otherwise, Map<String, Proxy> reached) {
        List<Rule> rules = new ArrayList<>();
        Template template;
        try {
            template = LogFormat.template(name.text(), name.span(), scene, LogKind.TEXT);
        } catch (IllegalArgumentException bad) {
            workshop.problems().error("haproxy.format", name.span(), String.valueOf(bad.getMessage()));
            return rules;
        }
        for (Proxy proxy : workshop.proxies()) {
            if (proxy.isBackend() && !proxy.isDisabled() && !proxy.isTcp()) {
                reached.put(proxy.name(), proxy);
                Condition isIt = new Condition.OneOf(
                        template, new TextSet(TextSet.How.EXACT, false, List.of(proxy.name())), false);
                rules.add(new Rule.When(
                        isIt, List.of(new Rule.Enter(proxy.name(), name.span())), Optional.empty(), name.span()));
            }
        }
        rules.add(otherwise);
        return rules;
    }

    private Optional<String> target(Word name, Map<String, Proxy> reached) {
        Optional<Proxy> backend = workshop.required(name);
        backend.ifPresent(found -> reached.put(found.name(), found));
        return backend.map(Proxy::name);
    }
}
