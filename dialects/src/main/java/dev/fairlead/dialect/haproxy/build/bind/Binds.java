package dev.fairlead.dialect.haproxy.build.bind;

import dev.fairlead.dialect.Hosts;
import dev.fairlead.dialect.haproxy.build.workshop.AddressText;
import dev.fairlead.dialect.haproxy.build.workshop.ExpectedHeaders;
import dev.fairlead.dialect.haproxy.build.workshop.Parameters;
import dev.fairlead.dialect.haproxy.build.workshop.Workshop;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.dialect.haproxy.table.ParameterTable;
import dev.fairlead.dialect.haproxy.value.Figures;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.SocketOptions;
import dev.fairlead.model.tls.TlsServer;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads `bind` lines, and the address behind a frontend's name as version 1.4 had it.
public final class Binds {
    private static final String GIVEN = "fd@";
    private static final int MOST_DESCRIPTORS = 1_000_000;

    private final Workshop workshop;
    private final Tls tls;
    private final SocketFiles files;

    public Binds(Workshop workshop) {
        this.files = new SocketFiles(workshop);
        this.workshop = workshop;
        this.tls = new Tls(workshop);
    }

    public List<Bind> of(Proxy front) {
        List<Bind> found = new ArrayList<>();
        ExpectedHeaders.check(front, workshop.problems());
        Optional<Word> old = oldAddress(front);
        old.ifPresent(address -> found.addAll(of(address, List.of(), front, 0)));
        for (Entry entry : front.each("bind")) {
            found.addAll(of(entry.arg(0), entry.args().subList(1, entry.count()), front, found.size()));
        }
        if (found.isEmpty()
                && front.each("bind").isEmpty()
                && old.isEmpty()
                && front.section().isNamed()) {
            workshop.problems()
                    .warning(
                            "haproxy.no-bind",
                            front.origin(),
                            front.section().shown() + " has no 'bind' directive: nothing reaches it",
                            "add a line: bind :80");
        }
        workshop.entrances().put(front.name(), BindLabels.entrances(found, front.origin()));
        return found;
    }

    private Optional<Word> oldAddress(Proxy front) {
        var head = front.section().head();
        if (head.count() < 3 || head.word(2).is("from")) {
            return Optional.empty();
        }
        Word address = head.word(2);
        workshop.problems()
                .warning(
                        "haproxy.old-address",
                        address.span(),
                        "an address behind the name of a "
                                + front.section().kind().word() + " is the form of 1.4",
                        "today's form is a line of its own: bind " + address.text());
        return Optional.of(address);
    }

    /// @param before how many addresses the frontend has in front of these
    private List<Bind> of(Word addresses, List<Word> parameters, Proxy front, int before) {
        Parameters given = new Parameters();
        given.read(parameters, ParameterTable.BIND, "bind " + addresses.text(), workshop.problems());
        Optional<TlsServer> secured = given.has("ssl") ? tls.server(given, front, addresses.span()) : Optional.empty();
        given.find("crt")
                .filter(crt -> !given.has("ssl"))
                .ifPresent(crt -> workshop.problems()
                        .warning(
                                "haproxy.not-secured",
                                crt.word().span(),
                                "'bind " + addresses.text()
                                        + "' : a certificate without 'ssl': connections are not secured",
                                "bind " + addresses.text() + " ssl crt "
                                        + crt.value().text()));
        List<String> protocols = given.find("alpn")
                .map(alpn -> List.of(alpn.value().text().split(",")))
                .orElse(List.of());
        given.find("alpn")
                .filter(alpn -> protocols.contains("h2") && !front.isTcp())
                .ifPresent(alpn -> workshop.problems()
                        .warning(
                                "haproxy.without-effect",
                                alpn.value().span(),
                                "'bind " + addresses.text() + "' : HTTP/2 is not spoken yet: clients get HTTP/1.1"));
        given.find("maxconn")
                .filter(limit -> front.each("bind").size() > 1)
                .ifPresent(limit -> workshop.problems()
                        .warning(
                                "haproxy.without-effect",
                                limit.word().span(),
                                "'maxconn' of 'bind " + addresses.text()
                                        + "' has no effect beside other addresses of the frontend",
                                "maxconn in the frontend, or a frontend of its own for that address"));
        List<Bind> found = new ArrayList<>();
        for (String one : addresses.text().split(",", -1)) {
            for (Place place : places(one, addresses.span())) {
                SocketOptions options = options(place.address(), given, front);
                String number = Integer.toString(before + found.size() + 1);
                found.add(new Bind(
                        text(given, "name", ""),
                        text(given, "id", number),
                        place.address(),
                        place.descriptor().map(options::withDescriptor).orElse(options),
                        secured,
                        given.has("accept-proxy") || ExpectedHeaders.areExpected(front),
                        protocols,
                        addresses.span()));
            }
        }
        return found;
    }

    private static String text(Parameters given, String name, String otherwise) {
        return given.find(name).map(found -> found.value().text()).orElse(otherwise);
    }

    /// @param descriptor the socket's, where it was opened by whoever starts the program
    private record Place(Address address, Optional<Integer> descriptor) {}

    private List<Place> places(String text, Span at) {
        if (text.startsWith(GIVEN)) {
            return given(text, at).stream().toList();
        }
        return addresses(text, at).stream()
                .map(address -> new Place(address, Optional.empty()))
                .toList();
    }

    /// `fd@3`: a socket that listens already.
    private Optional<Place> given(String text, Span at) {
        String number = text.substring(GIVEN.length());
        Optional<Integer> descriptor = Figures.between(number, 0, MOST_DESCRIPTORS);
        Optional<Address> address = descriptor.flatMap(workshop::givenSocket);
        if (address.isEmpty()) {
            String message = descriptor.isEmpty()
                    ? "invalid file descriptor '" + number + "' in '" + text + "'"
                    : "cannot use file descriptor '" + number + "': no socket was given under that number";
            workshop.problems()
                    .error(
                            "haproxy.descriptor",
                            at,
                            message,
                            "whoever starts the program opens it, such as a .socket unit: the first one is fd@3");
        }
        return address.map(found -> new Place(found, descriptor));
    }

    private SocketOptions options(Address address, Parameters given, Proxy front) {
        Optional<Integer> backlog = given.find("backlog")
                .map(parameter -> parameter.value().text())
                .or(() -> front.last("backlog").map(entry -> entry.text(0)))
                .flatMap(text -> Figures.between(text, 1, Integer.MAX_VALUE));
        boolean isEveryIpv6 = address instanceof Address.Tcp tcp && tcp.host().equals("::");
        boolean alsoIpv4 = isEveryIpv6 && given.has("v4v6") && !given.isLast("v6only", "v4v6");
        SocketOptions usual = SocketOptions.DEFAULT;
        return new SocketOptions(
                backlog,
                usual.receiveBuffer(),
                usual.sendBuffer(),
                !alsoIpv4,
                workshop.globals().last("noreuseport").isEmpty(),
                given.has("defer-accept"),
                usual.fastOpen(),
                probes(front),
                usual.descriptor(),
                files.of(address, given),
                given.find("interface").map(device -> device.value().text()));
    }

    private static Optional<SocketOptions.TcpKeepAlive> probes(Proxy front) {
        boolean wanted = front.isOn("option tcpka") || front.isOn("option clitcpka");
        return wanted ? Optional.of(SocketOptions.TcpKeepAlive.USUAL) : Optional.empty();
    }

    private List<Address> addresses(String text, Span at) {
        String bare = AddressText.withoutFamily(text);
        Optional<String> path = AddressText.unixPath(bare);
        if (path.isPresent()) {
            return List.of(new Address.Unix(workshop.path(new Word(files.prefix() + path.get(), at), "")));
        }
        for (String family : List.of("abns@", "abnsz@", "sockpair@", "quic4@", "quic6@", "udp@", "rev@")) {
            if (bare.startsWith(family)) {
                workshop.problems()
                        .error("haproxy.address", at, "addresses of the form '" + family + "…' are not supported");
                return List.of();
            }
        }
        int colon = bare.lastIndexOf(':');
        if (colon < 0) {
            workshop.problems()
                    .error(
                            "haproxy.address",
                            at,
                            "missing port number in '" + text + "'",
                            "such as " + (bare.matches("[0-9]+") ? "*:" + bare : text + ":80"));
            return List.of();
        }
        String host = bare.substring(0, colon);
        String ports = bare.substring(colon + 1);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        String plain = bracketed ? host.substring(1, host.length() - 1) : host;
        return ports(plain.isEmpty() ? "*" : plain, ports, text, at);
    }

    /// A port or a range of ports.
    private List<Address> ports(String host, String ports, String text, Span at) {
        int dash = ports.indexOf('-');
        Optional<Integer> first = Figures.between(dash < 0 ? ports : ports.substring(0, dash), 0, 65535);
        Optional<Integer> last = dash < 0 ? first : Figures.between(ports.substring(dash + 1), 0, 65535);
        if (first.isEmpty() || last.isEmpty() || last.get() < first.get()) {
            workshop.problems()
                    .add(Diagnostic.error("haproxy.address", at, "invalid port '" + ports + "' in '" + text + "'")
                            .hint(
                                    ports.endsWith(";")
                                            ? "lines of HAProxy end without \";\""
                                            : "a number from 1 to 65535, or two with a dash: 8000-8010"));
            return List.of();
        }
        if (Hosts.isImpossible(host)) {
            workshop.problems()
                    .error(
                            "haproxy.address",
                            at,
                            "invalid address: '" + host + "' in '" + text + "'",
                            AddressText.FOUR_NUMBERS);
            return List.of();
        }
        List<Address> found = new ArrayList<>();
        for (int port = first.get(); port <= last.get(); port++) {
            found.add(new Address.Tcp(host, port));
        }
        return found;
    }
}
