package dev.fairlead.dialect.haproxy.build.server;

import dev.fairlead.dialect.haproxy.build.workshop.Parameters;
import dev.fairlead.dialect.haproxy.build.workshop.Workshop;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.dialect.haproxy.value.Networks;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.AddressRange;
import dev.fairlead.model.upstream.NameLookup;
import dev.fairlead.model.upstream.NameLookup.First;
import dev.fairlead.model.upstream.NameServers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How the name of a server is followed while the program runs: `resolvers`, `init-addr`, `resolve-prefer`,
/// `resolve-net` and `resolve-opts`.
final class Lookups {
    private static final String LONGEST_LABEL = "[^.]{1,63}(\\.[^.]{1,63})*\\.?";
    private static final int LONGEST_NAME = 253;

    private final Workshop workshop;
    private final Proxy backend;

    Lookups(Workshop workshop, Proxy backend) {
        this.workshop = workshop;
        this.backend = backend;
    }

    /// Empty for servers that follow no name.
    Optional<NameLookup> of(String server, Address address, Parameters given, Word written) {
        Optional<NameServers> by = given.find("resolvers").flatMap(section -> section(server, section.value()));
        List<First> first = given.find("init-addr").map(this::first).orElse(List.of());
        NameLookup.Choice choice = choice(given);
        if (!(address instanceof Address.Tcp tcp)
                || AskedAddress.isAsked(tcp)
                || Networks.bytes(tcp.host()).isPresent()
                || (by.isEmpty() && first.isEmpty())) {
            return Optional.empty();
        }
        String host = tcp.host();
        boolean isService = host.startsWith("_");
        if (by.isPresent() && (!host.matches(LONGEST_LABEL) || host.length() > LONGEST_NAME)) {
            workshop.problems()
                    .error(
                            "haproxy.address",
                            written.span(),
                            "Can't create DNS resolution for server '" + server + "'");
            return Optional.empty();
        }
        if (tcp.port() == 0 && !isService) {
            return Optional.empty();
        }
        List<First> usual = by.isPresent()
                ? List.of(new First.Last(), new First.Machine(), new First.Nowhere())
                : List.of(new First.Last(), new First.Machine());
        return Optional.of(new NameLookup(
                host,
                isService,
                by,
                1,
                isService ? List.of(new First.Nowhere()) : first.isEmpty() ? usual : first,
                choice));
    }

    private Optional<NameServers> section(String server, Word name) {
        Optional<NameServers> found = workshop.resolvers().servers(name);
        if (found.isEmpty() && !workshop.resolvers().isKnown(name.text())) {
            workshop.problems()
                    .error(
                            "haproxy.no-resolvers",
                            name.span(),
                            "proxy '" + backend.name() + "', server '" + server
                                    + "': unable to find required resolvers '" + name.text() + "'",
                            "a section: resolvers " + name.text());
        }
        return found;
    }

    private List<First> first(Parameters.Given given) {
        List<First> all = new ArrayList<>();
        for (String word : given.value().text().split(",", -1)) {
            switch (word) {
                case "last" -> all.add(new First.Last());
                case "libc" -> all.add(new First.Machine());
                case "none" -> all.add(new First.Nowhere());
                default -> {
                    if (Networks.bytes(word).isPresent()) {
                        all.add(new First.Given(word));
                    } else {
                        problem(
                                given,
                                "'init-addr' : unknown init-addr method '" + word
                                        + "', supported methods are 'libc', 'last', 'none'");
                    }
                }
            }
        }
        return all;
    }

    private NameLookup.Choice choice(Parameters given) {
        NameLookup.Family family =
                given.find("resolve-prefer").map(this::family).orElse(NameLookup.Family.IPV6_FIRST);
        List<AddressRange> networks =
                given.find("resolve-net").map(this::networks).orElse(List.of());
        List<String> options = given.find("resolve-opts").map(this::options).orElse(List.of());
        boolean mayShare = options.lastIndexOf("allow-dup-ip") > options.lastIndexOf("prevent-dup-ip");
        return new NameLookup.Choice(family, networks, mayShare, options.contains("ignore-weight"));
    }

    private NameLookup.Family family(Parameters.Given given) {
        if (!given.value().text().matches("ipv[46]")) {
            problem(given, "'resolve-prefer' expects either ipv4 or ipv6 as argument.");
        }
        return given.value().is("ipv4") ? NameLookup.Family.IPV4_FIRST : NameLookup.Family.IPV6_FIRST;
    }

    private List<AddressRange> networks(Parameters.Given given) {
        List<AddressRange> all = new ArrayList<>();
        for (String word : given.value().text().split(",", -1)) {
            Networks.read(word)
                    .ifPresentOrElse(all::add, () -> problem(given, "'resolve-net' invalid network '" + word + "'"));
        }
        return all;
    }

    private List<String> options(Parameters.Given given) {
        List<String> words = List.of(given.value().text().split(",", -1));
        words.stream()
                .filter(word -> !List.of("allow-dup-ip", "ignore-weight", "prevent-dup-ip")
                        .contains(word))
                .forEach(word -> problem(
                        given,
                        "'resolve-opts' : unknown resolve-opts option '" + word
                                + "', supported methods are 'allow-dup-ip', 'ignore-weight', and 'prevent-dup-ip'"));
        return words;
    }

    private void problem(Parameters.Given given, String message) {
        workshop.problems().error("haproxy.lookup", given.value().span(), message);
    }
}
