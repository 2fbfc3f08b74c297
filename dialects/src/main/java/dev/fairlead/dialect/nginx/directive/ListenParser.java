package dev.fairlead.dialect.nginx.directive;

import dev.fairlead.dialect.nginx.scope.Compilation;
import dev.fairlead.dialect.nginx.scope.Http;
import dev.fairlead.dialect.nginx.scope.Level;
import dev.fairlead.dialect.nginx.scope.Listen;
import dev.fairlead.dialect.nginx.scope.Server;
import dev.fairlead.dialect.nginx.syntax.Statement;
import dev.fairlead.dialect.nginx.syntax.Word;
import dev.fairlead.dialect.nginx.value.Addresses;
import dev.fairlead.dialect.nginx.value.Numbers;
import dev.fairlead.dialect.nginx.value.Times;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.SocketFile;
import dev.fairlead.model.net.SocketOptions;
import dev.fairlead.model.net.SocketOptions.TcpKeepAlive;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/// `listen` with all its parameters.
final class ListenParser {
    /// Whatever the umask says.
    private static final SocketFile FOR_EVERYBODY =
            new SocketFile(OptionalInt.of(0666), Optional.empty(), Optional.empty());

    private Optional<Integer> backlog = Optional.empty();
    private Optional<Integer> receiveBuffer = Optional.empty();
    private Optional<Integer> sendBuffer = Optional.empty();
    private Optional<Integer> fastOpen = Optional.empty();
    private Optional<TcpKeepAlive> keepAlive = Optional.empty();
    private boolean ipv6Only = true;
    private boolean reusePort;
    private boolean deferred;
    private boolean optionsGiven;
    private boolean tls;
    private boolean http2;
    private boolean proxyProtocol;
    private boolean isDefault;

    private ListenParser() {}

    static void listen(Statement statement, Level level, Compilation c) {
        Optional<Word> quic = statement.args().stream()
                .skip(1)
                .filter(word -> word.is("quic"))
                .findFirst();
        if (quic.isPresent()) {
            // Such a line stands beside the one that listens for TCP, which is where clients come to then.
            c.problems()
                    .warning(
                            "nginx.without-effect",
                            statement.span(),
                            "parameter \"quic\" of \"listen\": HTTP/3 is not spoken, nothing listens here in Fairlead");
            return;
        }
        read(statement, c).ifPresent(listen -> add(listen, level.place().server(), c, statement));
    }

    /// Of the `stream` block: the port has to be named.
    static Optional<Listen> ofStream(Statement statement, Compilation c) {
        Optional<Listen> listen = read(statement, c);
        boolean isPortNamed = statement.arg(0).text().matches("unix:.*|[0-9]+|.*:[0-9]+");
        if (listen.isPresent() && !isPortNamed) {
            c.value(
                    statement.arg(0),
                    "no port in \"" + statement.arg(0) + "\" of the \"listen\" directive",
                    "for example 127.0.0.1:12345");
            return Optional.empty();
        }
        return listen;
    }

    private static Optional<Listen> read(Statement statement, Compilation c) {
        Word word = statement.arg(0);
        return switch (Addresses.parse(word.text(), 80, Addresses.Purpose.LISTEN)) {
            case Addresses.Parsed.Bad(String reason) -> {
                c.value(
                        word,
                        reason + " in \"" + word + "\" of the \"listen\" directive",
                        "for example 80, 127.0.0.1:8080, [::]:80 or unix:/run/site.sock");
                yield Optional.empty();
            }
            case Addresses.Parsed.Good(Address written, boolean portGiven) -> {
                ListenParser parser = new ListenParser();
                boolean isGood = statement.args().subList(1, statement.count()).stream()
                        .allMatch(parameter -> parser.read(parameter, c));
                yield isGood ? Optional.of(parser.finish(statement, written, c)) : Optional.empty();
            }
        };
    }

    private Listen finish(Statement statement, Address written, Compilation c) {
        if (http2) {
            c.problems()
                    .warning(
                            "nginx.without-effect",
                            statement.span(),
                            "parameter \"http2\" of \"listen\" has no effect in Fairlead yet: clients get HTTP/1.1");
        }
        Address address = UpstreamServers.onThisMachine(written, c.environment().paths());
        SocketOptions options = new SocketOptions(
                backlog,
                receiveBuffer,
                sendBuffer,
                ipv6Only,
                reusePort,
                deferred,
                fastOpen,
                keepAlive,
                Optional.empty(),
                address instanceof Address.Unix ? FOR_EVERYBODY : SocketFile.USUAL,
                Optional.empty());
        return new Listen(
                display(written),
                address,
                tls,
                http2,
                proxyProtocol,
                isDefault,
                optionsGiven,
                options,
                statement.span());
    }

    /// As nginx shows an address in messages.
    private static String display(Address address) {
        return switch (address) {
            case Address.Tcp tcp when tcp.host().equals("*") -> "0.0.0.0:" + tcp.port();
            case Address.Tcp tcp -> tcp.text();
            case Address.Unix unix -> unix.text();
        };
    }

    /// Notes a listen of a server; reports what contradicts an earlier one on the same address.
    static void add(Listen listen, Server server, Compilation c, Statement statement) {
        Http.Listened known = c.http().listened().computeIfAbsent(listen.text(), key -> new Http.Listened());
        Optional<Listen> own = server.listens().stream()
                .filter(other -> other.text().equals(listen.text()))
                .findFirst();
        String complaint = "";
        Optional<String> where = Optional.empty();
        if (own.isPresent()) {
            complaint = "a duplicate listen " + listen.text();
            where = own.map(other -> other.origin().toString());
        } else if (listen.optionsGiven() && known.options().isPresent()) {
            complaint = "duplicate listen options for " + listen.text();
            where = known.options().map(other -> other.origin().toString());
        } else if (listen.isDefault() && known.byDefault().isPresent()) {
            complaint = "a duplicate default server for " + listen.text();
            where = known.byDefault().map(other -> other.origin().toString());
        }
        if (!complaint.isEmpty()) {
            String first = where.orElse("");
            c.problems().error("nginx.duplicate-listen", statement.span(), complaint, "first given at " + first);
            return;
        }
        known.add(listen, server);
        server.listens().add(listen);
    }

    private boolean read(Word word, Compilation c) {
        String text = word.text();
        switch (text) {
            case "default_server", "default" -> isDefault = true;
            case "ssl" -> tls = true;
            case "http2" -> http2 = true;
            case "proxy_protocol" -> proxyProtocol = true;
            case "bind" -> optionsGiven = true;
            case "deferred" -> {
                deferred = true;
                optionsGiven = true;
            }
            case "reuseport" -> {
                reusePort = true;
                optionsGiven = true;
            }
            default -> {
                return valued(word, c);
            }
        }
        return true;
    }

    private boolean valued(Word word, Compilation c) {
        int equals = word.text().indexOf('=');
        String name = equals < 0 ? word.text() : word.text().substring(0, equals);
        String value = word.text().substring(equals + 1);
        optionsGiven = true;
        switch (equals < 0 ? "" : name) {
            case "backlog" -> backlog = positive(word, name, Numbers.parseInt(value), c);
            case "fastopen" -> fastOpen = positive(word, name, Numbers.parseInt(value), c);
            case "rcvbuf" -> receiveBuffer = positive(word, name, Rows.smallSize(value), c);
            case "sndbuf" -> sendBuffer = positive(word, name, Rows.smallSize(value), c);
            case "ipv6only" -> {
                return ipv6Only(word, value, c);
            }
            case "so_keepalive" -> {
                return keepAlive(word, value, c);
            }
            default -> {
                c.invalidParameter(word);
                return false;
            }
        }
        return backlog.isPresent() || fastOpen.isPresent() || receiveBuffer.isPresent() || sendBuffer.isPresent();
    }

    private static Optional<Integer> positive(Word word, String name, Optional<Integer> number, Compilation c) {
        Optional<Integer> good = number.filter(count -> count > 0);
        if (good.isEmpty()) {
            c.value(word, "invalid " + name + " \"" + word + "\"");
        }
        return good;
    }

    private boolean ipv6Only(Word word, String value, Compilation c) {
        if (!value.equals("on") && !value.equals("off")) {
            c.invalidParameter(word);
            return false;
        }
        ipv6Only = value.equals("on");
        return true;
    }

    private boolean keepAlive(Word word, String value, Compilation c) {
        if (value.equals("on") || value.equals("off")) {
            keepAlive = Optional.of(
                    new TcpKeepAlive(value.equals("on"), Optional.empty(), Optional.empty(), Optional.empty()));
            return true;
        }
        String[] parts = (value + ":::").split(":", -1);
        Optional<Integer> idle = seconds(parts[0]);
        Optional<Integer> interval = seconds(parts[1]);
        Optional<Integer> probes = Numbers.parseInt(parts[2]);
        boolean good = (idle.isPresent() || parts[0].isEmpty())
                && (interval.isPresent() || parts[1].isEmpty())
                && (probes.isPresent() || parts[2].isEmpty())
                && parts.length <= 6
                && (idle.isPresent() || interval.isPresent() || probes.isPresent());
        if (good) {
            keepAlive = Optional.of(new TcpKeepAlive(true, idle, interval, probes));
            return true;
        }
        c.value(word, "invalid so_keepalive value: \"" + value + "\"", "on, off, or idle:interval:count");
        return false;
    }

    private static Optional<Integer> seconds(String text) {
        return Times.seconds(text).map(Duration::toSeconds).map(Long::intValue);
    }
}
