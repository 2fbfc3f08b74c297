package dev.fairlead.dialect.haproxy.build;

import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.dialect.haproxy.syntax.Line;
import dev.fairlead.dialect.haproxy.value.Figures;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.roster.Roster;
import dev.fairlead.model.roster.Section;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What is counted and shown under which name: every proxy; and the sockets of `stats socket`.
final class Rosters {
    /// The number of the first proxy; HAProxy keeps 1 for the frontend of its own sockets.
    private static final int FIRST = 2;

    private static final int USUAL_LIMIT = 8192;

    private final Workshop workshop;
    /// Limits that were noted; one of `defaults` is many frontends'.
    private final Set<Span> told = new HashSet<>();

    Rosters(Workshop workshop) {
        this.workshop = workshop;
    }

    /// @param addresses that each frontend listens on, by its name
    Roster roster(Map<String, List<Address>> addresses) {
        List<Section> sections = new ArrayList<>();
        Set<Integer> taken = new HashSet<>();
        workshop.proxies().forEach(proxy -> said(proxy).ifPresent(taken::add));
        int next = FIRST;
        for (Proxy proxy : workshop.proxies()) {
            Optional<Integer> said = said(proxy);
            while (said.isEmpty() && taken.contains(next)) {
                next++;
            }
            int number = said.orElse(next);
            next += said.isEmpty() ? 1 : 0;
            checkLimit(proxy);
            if (!proxy.isDisabled()) {
                sections.add(section(proxy, number, addresses.getOrDefault(proxy.name(), List.of())));
            }
        }
        return new Roster(
                sections,
                new CommandSockets(workshop).all(),
                workshop.globals().text("node").orElse(""),
                workshop.globals().last("description").map(Rosters::text).orElse(""),
                whole());
    }

    private static Optional<Integer> said(Proxy proxy) {
        return proxy.section().entries().stream()
                .filter(entry -> entry.name().equals("id"))
                .findFirst()
                .flatMap(entry -> Figures.between(entry.text(0), 1, Integer.MAX_VALUE));
    }

    private int whole() {
        return workshop.globals()
                .last("maxconn")
                .flatMap(entry -> Figures.between(entry.text(0), 1, Integer.MAX_VALUE))
                .orElse(0);
    }

    /// The limit of a frontend is for the statistics alone.
    private void checkLimit(Proxy proxy) {
        proxy.last("maxconn").ifPresent(entry -> {
            if (Figures.between(entry.text(0), 0, Integer.MAX_VALUE).isEmpty()) {
                String what = "'maxconn' expects an integer argument, not '" + entry.text(0) + "'";
                workshop.problems().error("haproxy.number", entry.arg(0).span(), what);
            } else if (told.add(entry.origin())) {
                String what = "'maxconn' of a frontend is only shown by the statistics:"
                        + " connections are counted for the whole program, see maxconn in global";
                workshop.problems()
                        .add(Diagnostic.note(
                                "haproxy.without-effect", entry.arg(0).span(), what));
            }
        });
    }

    private Section section(Proxy proxy, int number, List<Address> addresses) {
        return new Section(
                proxy.name(),
                number,
                !proxy.isTcp(),
                proxy.isFrontend() ? Optional.of(new Section.Front(addresses, limit(proxy))) : Optional.empty(),
                proxy.isBackend() ? Optional.of(back(proxy)) : Optional.empty(),
                proxy.last("description").map(Rosters::text).orElse(""),
                proxy.origin());
    }

    private static String text(Entry entry) {
        return Line.joined(entry.args());
    }

    private static int limit(Proxy front) {
        return number(front, "maxconn").orElse(0);
    }

    private static Optional<Integer> number(Proxy proxy, String keyword) {
        return proxy.last(keyword).flatMap(entry -> Figures.between(entry.text(0), 0, Integer.MAX_VALUE));
    }

    private Section.Back back(Proxy proxy) {
        String balance = proxy.last("balance").map(entry -> entry.text(0)).orElse("roundrobin");
        int paren = balance.indexOf('(');
        String cookie = proxy.last("cookie")
                .filter(Entry::isOn)
                .map(entry -> entry.text(0))
                .orElse("");
        return new Section.Back(
                paren < 0 ? balance : balance.substring(0, paren),
                cookie,
                number(proxy, "fullconn").orElseGet(() -> tenth(proxy)));
    }

    /// A backend without `fullconn` counts as full at a tenth of what the frontends that lead to it let in.
    private int tenth(Proxy back) {
        long all = workshop.proxies().stream()
                .filter(front -> front.isFrontend() && leadsTo(front, back.name()))
                .mapToLong(front -> limit(front) > 0 ? limit(front) : whole() > 0 ? whole() : USUAL_LIMIT)
                .sum();
        return (int) Math.min(Integer.MAX_VALUE, (all + 9) / 10);
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
