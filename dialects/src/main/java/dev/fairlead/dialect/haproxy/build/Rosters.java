package dev.fairlead.dialect.haproxy.build;

import dev.fairlead.dialect.haproxy.build.workshop.Fullness;
import dev.fairlead.dialect.haproxy.build.workshop.Workshop;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.dialect.haproxy.syntax.Line;
import dev.fairlead.dialect.haproxy.value.Figures;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.roster.Roster;
import dev.fairlead.model.roster.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is counted and shown under which name: every proxy; and the sockets of `stats socket`.
final class Rosters {
    private final Workshop workshop;

    Rosters(Workshop workshop) {
        this.workshop = workshop;
    }

    /// @param addresses that each frontend listens on, by its name
    Roster roster(Map<String, List<Address>> addresses) {
        List<Section> sections = new ArrayList<>();
        for (Proxy proxy : workshop.proxies()) {
            int number = workshop.numbers().of(proxy);
            checkLimit(proxy);
            if (!proxy.isDisabled()) {
                sections.add(section(proxy, number, addresses.getOrDefault(proxy.name(), List.of())));
            }
        }
        return new Roster(
                        sections,
                        new CommandSockets(workshop).all(),
                        workshop.globals().text("node").orElse(""),
                        workshop.globals()
                                .last("description")
                                .map(Rosters::text)
                                .orElse(""),
                        Fullness.whole(workshop),
                        Fullness.rates(workshop))
                .withNameServers(workshop.resolvers().all());
    }

    private void checkLimit(Proxy proxy) {
        proxy.last("maxconn").ifPresent(entry -> {
            if (Figures.between(entry.text(0), 0, Integer.MAX_VALUE).isEmpty()) {
                String what = "'maxconn' expects an integer argument, not '" + entry.text(0) + "'";
                workshop.problems().error("haproxy.number", entry.arg(0).span(), what);
            }
        });
    }

    private Section section(Proxy proxy, int number, List<Address> addresses) {
        return new Section(
                proxy.name(),
                number,
                !proxy.isTcp(),
                proxy.isFrontend()
                        ? Optional.of(
                                new Section.Front(addresses, Fullness.limit(proxy), Fullness.rate(workshop, proxy)))
                        : Optional.empty(),
                proxy.isBackend() ? Optional.of(back(proxy)) : Optional.empty(),
                proxy.last("description").map(Rosters::text).orElse(""),
                proxy.origin());
    }

    private static String text(Entry entry) {
        return Line.joined(entry.args());
    }

    private Section.Back back(Proxy proxy) {
        String balance = proxy.last("balance").map(entry -> entry.text(0)).orElse("roundrobin");
        int paren = balance.indexOf('(');
        String cookie = proxy.last("cookie")
                .filter(Entry::isOn)
                .map(entry -> entry.text(0))
                .orElse("");
        return new Section.Back(
                paren < 0 ? balance : balance.substring(0, paren), cookie, Fullness.of(workshop, proxy));
    }
}
