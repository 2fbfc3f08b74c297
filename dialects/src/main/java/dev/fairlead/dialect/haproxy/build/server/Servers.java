package dev.fairlead.dialect.haproxy.build.server;

import dev.fairlead.dialect.Hosts;
import dev.fairlead.dialect.haproxy.build.bind.Tls;
import dev.fairlead.dialect.haproxy.build.workshop.AddressText;
import dev.fairlead.dialect.haproxy.build.workshop.Fullness;
import dev.fairlead.dialect.haproxy.build.workshop.Parameters;
import dev.fairlead.dialect.haproxy.build.workshop.Scene;
import dev.fairlead.dialect.haproxy.build.workshop.Workshop;
import dev.fairlead.dialect.haproxy.sample.ExpressionReader;
import dev.fairlead.dialect.haproxy.sample.Samples;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.dialect.haproxy.table.ParameterTable;
import dev.fairlead.dialect.haproxy.value.Figures;
import dev.fairlead.dialect.haproxy.value.Misread;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.ProxyProtocol;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.tls.TlsClient;
import dev.fairlead.model.upstream.NameLookup;
import dev.fairlead.model.upstream.ServerTraits;
import dev.fairlead.model.upstream.Upstream;
import dev.fairlead.source.Diagnostic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Reads `server`, `server-template` and `default-server` lines.
public final class Servers {
    private static final int HEAVIEST = 256;
    private static final int MOST_OF_TEMPLATE = 10_000;

    private final Workshop workshop;
    private final Tls tls;

    public Servers(Workshop workshop) {
        this.workshop = workshop;
        this.tls = new Tls(workshop);
    }

    /// @param tls how TLS is spoken to the servers, if it is
    /// @param proxyProtocol whether servers are told first who the client is
    public record Group(
            List<Upstream.Server> servers, Optional<TlsClient> tls, Optional<ProxyProtocol> proxyProtocol) {}

    public Group of(Proxy backend) {
        List<Made> made = new ArrayList<>();
        Map<String, Entry> names = new HashMap<>();
        List<Word> defaults = new ArrayList<>();
        Traits traits = new Traits(workshop, backend);
        for (Entry entry : backend.each("default-server", "server", "server-template", "dispatch")) {
            if (entry.name().equals("default-server")) {
                defaults.addAll(entry.args());
                continue;
            }
            if (entry.name().equals("dispatch")) {
                address(place(entry))
                        .ifPresent(address ->
                                made.add(made("dispatch", address, new Parameters(), traits, entry, backend)));
                continue;
            }
            boolean isTemplate = entry.name().equals("server-template");
            Parameters given = new Parameters();
            String what = "server " + entry.text(0);
            given.read(defaults, ParameterTable.SERVER, "default-server", workshop.problems());
            given.read(
                    entry.args().subList(isTemplate ? 3 : 2, entry.count()),
                    ParameterTable.SERVER,
                    what,
                    workshop.problems());
            for (String name : isTemplate ? numbered(entry) : List.of(entry.text(0))) {
                checkName(name, entry, names.putIfAbsent(name, entry), backend);
                address(place(entry))
                        .ifPresent(address -> made.add(made(name, address, given, traits, entry, backend)));
            }
        }
        return group(made, backend);
    }

    /// What all servers have in common is the group's. Connections for requests begin with a header of the PROXY
    /// protocol for some servers, never for all at once.
    private static Group group(List<Made> made, Proxy backend) {
        boolean sameTls = made.stream().map(Made::tls).distinct().count() <= 1;
        boolean sameHeader =
                backend.isTcp() && made.stream().map(Made::header).distinct().count() <= 1;
        return new Group(
                made.stream().map(each -> each.server(!sameTls, !sameHeader)).toList(),
                sameTls ? made.stream().findFirst().flatMap(Made::tls) : Optional.empty(),
                sameHeader ? made.stream().findFirst().flatMap(Made::header) : Optional.empty());
    }

    private record Made(Upstream.Server server, Optional<TlsClient> tls, Optional<ProxyProtocol> header) {
        Upstream.Server server(boolean hasOwnTls, boolean hasOwnHeader) {
            ServerTraits traits = server.traits();
            ServerTraits secured = hasOwnTls && tls.isPresent() ? traits.withTls(tls.get()) : traits;
            return server.with(hasOwnHeader && header.isPresent() ? secured.withProxyHeader(header.get()) : secured);
        }
    }

    private Made made(String name, Address address, Parameters given, Traits traits, Entry entry, Proxy backend) {
        boolean isSecured = given.has("ssl") && !given.isLast("no-ssl", "ssl");
        Optional<TlsClient> client =
                isSecured ? Optional.of(tls.client(given, sni(given, backend), entry.origin())) : Optional.empty();
        return new Made(
                server(
                        address,
                        given,
                        followed(
                                traits.of(name, given, client, header(given), entry),
                                new Lookups(workshop, backend).of(name, address, given, place(entry))),
                        entry,
                        Fullness.of(workshop, backend)),
                client,
                header(given));
    }

    /// Where a line says the address.
    private static Word place(Entry entry) {
        return entry.arg(
                switch (entry.name()) {
                    case "dispatch" -> 0;
                    case "server-template" -> 2;
                    default -> 1;
                });
    }

    private static ServerTraits followed(ServerTraits traits, Optional<NameLookup> lookup) {
        return lookup.map(traits::withLookup).orElse(traits);
    }

    private void checkName(String name, Entry entry, @Nullable Entry before, Proxy backend) {
        if (before != null) {
            workshop.problems()
                    .error(
                            "haproxy.duplicate",
                            entry.arg(0).span(),
                            backend.section().shown() + ", another server named '" + name + "' was already defined",
                            "first defined at " + before.origin().fileAndLine());
        }
    }

    /// `server-template www 1-3` names www1 to www3; `server-template www 3` does so too.
    private List<String> numbered(Entry entry) {
        String[] ends = entry.text(1).split("-", 2);
        Optional<Integer> first = Figures.between(ends.length > 1 ? ends[0] : "1", 0, MOST_OF_TEMPLATE);
        Optional<Integer> last = Figures.between(ends[ends.length - 1], 1, MOST_OF_TEMPLATE);
        if (first.isEmpty() || last.isEmpty() || first.get() > last.get()) {
            workshop.problems()
                    .error(
                            "haproxy.number",
                            entry.arg(1).span(),
                            "Wrong number/range '" + entry.text(1) + "' given to server-template");
            return List.of();
        }
        return IntStream.rangeClosed(first.get(), last.get())
                .mapToObj(number -> entry.text(0) + number)
                .toList();
    }

    private static Optional<ProxyProtocol> header(Parameters given) {
        if (isSent(given, "send-proxy")) {
            return Optional.of(ProxyProtocol.VERSION_1);
        }
        boolean isSecond = isSent(given, "send-proxy-v2")
                || isSent(given, "send-proxy-v2-ssl")
                || isSent(given, "send-proxy-v2-ssl-cn");
        return isSecond ? Optional.of(ProxyProtocol.VERSION_2) : Optional.empty();
    }

    private static boolean isSent(Parameters given, String name) {
        return given.has(name) && !given.isLast("no-" + name, name);
    }

    private Optional<Template> sni(Parameters given, Proxy backend) {
        return given.find("sni").flatMap(parameter -> {
            Word value = parameter.value();
            try {
                Scene scene = Scene.of(workshop, backend).in(backend);
                return Optional.of(Samples.make(ExpressionReader.read(value.text(), value.span()), scene)
                        .template(value.span()));
            } catch (IllegalArgumentException bad) {
                boolean isName = value.text().indexOf('.') > 0 && value.text().indexOf('(') < 0;
                workshop.problems()
                        .add(
                                isName
                                        ? Diagnostic.error("haproxy.sni", value.span(), "'sni' : " + bad.getMessage())
                                                .hint("a fixed name is written str(" + value.text() + ")")
                                        : Misread.told("haproxy.sni", value.span(), "'sni' : ", bad));
                return Optional.empty();
            }
        });
    }

    /// @param full requests that make the backend count as full
    private Upstream.Server server(Address address, Parameters given, ServerTraits traits, Entry entry, int full) {
        int weight = number(given, "weight", 0, HEAVIEST).orElse(1);
        int least = number(given, "minconn", 0, Integer.MAX_VALUE).orElse(0);
        int most = number(given, "maxconn", 0, Integer.MAX_VALUE).orElse(0);
        // Alone, or above maxconn, minconn is the limit at any load.
        boolean grows = least > 0 && least < most;
        return new Upstream.Server(
                address,
                weight,
                Math.max(least, most),
                0,
                Duration.ZERO,
                given.has("backup") && !given.isLast("no-backup", "backup"),
                given.has("disabled") && !given.isLast("enabled", "disabled"),
                grows ? traits.withGrowth(new ServerTraits.Growth(least, Math.max(1, full))) : traits,
                entry.origin());
    }

    private Optional<Integer> number(Parameters given, String name, int least, int most) {
        return given.find(name).flatMap(parameter -> {
            Word value = parameter.value();
            Optional<Integer> number = Figures.between(value.text(), least, most);
            if (number.isEmpty()) {
                workshop.problems()
                        .error(
                                "haproxy.number",
                                value.span(),
                                "'" + name + "' expects a number between " + least + " and " + most + ", not '"
                                        + value.text() + "'");
            }
            return number;
        });
    }

    private Optional<Address> address(Word word) {
        String text = AddressText.withoutFamily(word.text());
        Optional<String> path = AddressText.unixPath(text);
        if (path.isPresent()) {
            return Optional.of(new Address.Unix(workshop.path(word.withText(path.get()), "")));
        }
        if (text.contains("://") || text.endsWith(",")) {
            boolean isUrl = text.contains("://");
            workshop.problems()
                    .error(
                            "haproxy.address",
                            word.span(),
                            "'" + word.text() + "' is no address of a server",
                            isUrl
                                    ? "host and port alone: " + authority(text)
                                            + (text.startsWith("https:") ? ", with ssl behind it" : "")
                                    : "each server has a line of its own");
            return Optional.empty();
        }
        int colon = text.lastIndexOf(':');
        boolean hasPort = colon >= 0 && text.indexOf(']') < colon && !text.equals("::");
        String port = hasPort ? text.substring(colon + 1) : "0";
        Optional<Integer> number = Figures.between(port, 0, 65535);
        if (number.isEmpty()) {
            workshop.problems()
                    .error("haproxy.address", word.span(), "invalid port '" + port + "' in '" + word.text() + "'");
            return Optional.empty();
        }
        String host = hasPort ? text.substring(0, colon) : text;
        if (AddressText.isAny(host)) {
            return Optional.of(new Address.Tcp(host.equals("::") ? host : "0.0.0.0", number.get()));
        }
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        Address.Tcp address = new Address.Tcp(bracketed ? host.substring(1, host.length() - 1) : host, number.get());
        if (Hosts.isImpossible(address.host())) {
            workshop.problems()
                    .error(
                            "haproxy.address",
                            word.span(),
                            "could not resolve address '" + host + "'",
                            AddressText.FOUR_NUMBERS);
            return Optional.empty();
        }
        return Optional.of(address);
    }

    /// The host and port of a URL.
    private static String authority(String url) {
        String place = url.substring(url.indexOf("://") + 3).split("/", 2)[0];
        return place.indexOf(':') >= 0 ? place : place + (url.startsWith("https:") ? ":443" : ":80");
    }
}
