package dev.fairlead.dialect.haproxy.build.check;

import dev.fairlead.dialect.haproxy.build.bind.Tls;
import dev.fairlead.dialect.haproxy.build.workshop.Parameters;
import dev.fairlead.dialect.haproxy.build.workshop.Workshop;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.dialect.haproxy.value.Figures;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.ProxyProtocol;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.tls.TlsClient;
import dev.fairlead.model.upstream.HealthCheck.Leg;
import dev.fairlead.model.upstream.HealthCheck.Probe;
import dev.fairlead.source.Span;
import java.util.List;
import java.util.Optional;

/// Where the questions of a health check go: `http-check connect` and `tcp-check connect`, read for one server.
final class CheckPlaces {
    private static final int HIGHEST_PORT = 65535;

    private final Workshop workshop;
    private final Tls tls;
    private final Parameters server;
    private final Span origin;
    private final Usual usual;

    /// How the server is checked without such lines.
    record Usual(Optional<TlsClient> tls, Optional<ProxyProtocol> proxyHeader) {}

    /// @param server the parameters of its line
    CheckPlaces(Workshop workshop, Parameters server, Span origin, Usual usual) {
        this.workshop = workshop;
        this.tls = new Tls(workshop);
        this.server = server;
        this.origin = origin;
        this.usual = usual;
    }

    /// The first line of a kind has to be one of these, if any is; comments do not count.
    void checkFirst(List<Entry> lines, String connect) {
        boolean hasAny = lines.stream().anyMatch(line -> line.name().equals(connect));
        if (hasAny && !lines.getFirst().name().equals(connect)) {
            Entry first = lines.getFirst();
            problem(first.keyword(), "'" + connect + "' : first step MUST also be a 'connect'");
        }
    }

    /// A question asked as the server usually is.
    Leg usual(Probe probe) {
        return new Leg(probe, Optional.empty(), 0, usual.tls(), usual.proxyHeader());
    }

    /// A question asked where a line says.
    Leg of(Entry line, Probe probe) {
        List<Word> words = line.args();
        Optional<TlsClient> secured = Optional.empty();
        Optional<ProxyProtocol> header = Optional.empty();
        Optional<Address> address = Optional.empty();
        Optional<Template> name = Optional.empty();
        boolean isSecured = false;
        int port = 0;
        int next = 0;
        while (next < words.size()) {
            Word word = words.get(next++);
            switch (word.text()) {
                case "default" -> {
                    secured = usual.tls();
                    header = usual.proxyHeader();
                }
                case "ssl" -> isSecured = true;
                case "send-proxy" -> header = Optional.of(ProxyProtocol.VERSION_1);
                case "linger" -> {}
                case "port" -> port = port(value(words, next++, word));
                case "addr" ->
                    address = Optional.of(
                            new Address.Tcp(value(words, next++, word).text(), 0));
                case "sni" -> {
                    Word value = value(words, next++, word);
                    name = Optional.of(Template.constant(value.text(), value.span()));
                }
                case "comment", "alpn" -> next++;
                default -> problem(word, "'" + line.name() + "' : '" + word.text() + "' is not supported");
            }
        }
        if (isSecured) {
            secured = Optional.of(tls.client(server, name, origin));
        }
        return new Leg(probe, address, port, secured, header);
    }

    private Word value(List<Word> words, int index, Word of) {
        if (index < words.size()) {
            return words.get(index);
        }
        problem(of, "'" + of.text() + "' expects a value");
        return of;
    }

    private int port(Word word) {
        Optional<Integer> port = Figures.between(word.text(), 1, HIGHEST_PORT);
        if (port.isEmpty()) {
            problem(word, "expects a port number, not '" + word.text() + "': expressions are not computed in checks");
        }
        return port.orElse(0);
    }

    private void problem(Word word, String message) {
        workshop.problems().error("haproxy.check", word.span(), message);
    }
}
