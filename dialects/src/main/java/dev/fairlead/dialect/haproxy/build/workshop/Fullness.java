package dev.fairlead.dialect.haproxy.build.workshop;

import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.dialect.haproxy.value.Figures;
import dev.fairlead.model.roster.Rates;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// How many connections frontends let in, and how many make a backend count as full: `maxconn` and `fullconn`.
public final class Fullness {
    private static final int USUAL_LIMIT = 8192;

    private Fullness() {}

    /// Requests that make a backend count as full: without `fullconn` a tenth of what the frontends that lead
    /// to it let in.
    public static int of(Workshop workshop, Proxy back) {
        return number(back, "fullconn").orElseGet(() -> tenth(workshop, back));
    }

    private static int tenth(Workshop workshop, Proxy back) {
        int whole = whole(workshop);
        long all = workshop.proxies().stream()
                .filter(front -> front.isFrontend() && leadsTo(front, back.name()))
                .mapToLong(front -> limit(front) > 0 ? limit(front) : whole > 0 ? whole : USUAL_LIMIT)
                .sum();
        return (int) Math.min(Integer.MAX_VALUE, (all + 9) / 10);
    }

    /// Connections that a frontend lets in; 0 for no limit of its own.
    public static int limit(Proxy front) {
        int own = number(front, "maxconn").orElse(0);
        int ofBind = ofOnlyBind(front);
        return own == 0 ? ofBind : ofBind == 0 ? own : Math.min(own, ofBind);
    }

    /// What the `maxconn` of a frontend's only `bind` line says; 0 without one.
    private static int ofOnlyBind(Proxy front) {
        List<Entry> binds = front.each("bind");
        return binds.size() == 1 ? bindLimit(binds.getFirst()).orElse(0) : 0;
    }

    private static Optional<Integer> bindLimit(Entry bind) {
        for (int i = 1; i + 1 < bind.count(); i++) {
            if (bind.text(i).equals("maxconn")) {
                return Figures.between(bind.text(i + 1), 1, Integer.MAX_VALUE);
            }
        }
        return Optional.empty();
    }

    /// Connections that all of them let in; 0 for no limit.
    public static int whole(Workshop workshop) {
        return workshop.globals()
                .last("maxconn")
                .flatMap(entry -> Figures.between(entry.text(0), 1, Integer.MAX_VALUE))
                .orElse(0);
    }

    /// Connections that a frontend lets in within a second; 0 for no limit.
    public static int rate(Workshop workshop, Proxy front) {
        return front.last("rate-limit sessions")
                .map(entry -> workshop.number(entry, Integer.MAX_VALUE))
                .orElse(0);
    }

    /// Connections that all of them let in within a second.
    public static Rates rates(Workshop workshop) {
        return new Rates(rate(workshop, "maxconnrate"), rate(workshop, "maxsessrate"));
    }

    private static int rate(Workshop workshop, String keyword) {
        return workshop.globals()
                .last(keyword)
                .map(entry -> workshop.number(entry, Integer.MAX_VALUE))
                .orElse(0);
    }

    private static Optional<Integer> number(Proxy proxy, String keyword) {
        return proxy.last(keyword).flatMap(entry -> Figures.between(entry.text(0), 0, Integer.MAX_VALUE));
    }

    private static boolean leadsTo(Proxy front, String back) {
        Set<String> names = front.each("use_backend", "default_backend").stream()
                .map(entry -> entry.text(0))
                .collect(Collectors.toSet());
        return names.contains(back)
                || front.name().equals(back)
                || names.stream().anyMatch(name -> name.indexOf('%') >= 0);
    }
}
