package dev.fairlead.dialect.nginx.directive;

import dev.fairlead.dialect.nginx.scope.Compilation;
import dev.fairlead.dialect.nginx.scope.Context;
import dev.fairlead.dialect.nginx.scope.Level;
import dev.fairlead.dialect.nginx.syntax.Statement;
import dev.fairlead.dialect.nginx.syntax.Word;
import dev.fairlead.dialect.nginx.value.Addresses;
import dev.fairlead.dialect.nginx.value.Numbers;
import dev.fairlead.dialect.nginx.value.Times;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.upstream.Upstream;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// The `server` lines of an upstream.
final class UpstreamServers {
    private static final int PORT = 80;
    private static final Set<String> NO_BACKUP = Set.of("ip_hash", "hash", "random");
    private static final Set<String> COMMERCIAL = Set.of("drain", "service", "slow_start", "route");

    private int weight = 1;
    private int maxConnections;
    private int maxFailures = 1;
    private Duration window = Duration.ofSeconds(10);
    private boolean backup;
    private boolean down;
    private boolean isFollowed;

    private UpstreamServers() {}

    static void server(Statement statement, Level level, Compilation c) {
        UpstreamServers parameters = new UpstreamServers();
        for (Word word : statement.args().subList(1, statement.count())) {
            if (!parameters.read(word, c)) {
                return;
            }
        }
        address(statement.arg(0), level, c).ifPresent(address -> parameters.add(address, statement, c));
    }

    /// Of an address there is nothing to ask for.
    private void add(Address address, Statement statement, Compilation c) {
        Upstream.Server server = server(address, statement);
        boolean isName = address instanceof Address.Tcp tcp && !Addresses.isLiteral(tcp.host());
        if (isFollowed && isName && address instanceof Address.Tcp tcp) {
            c.upstream().followed().add(statement.arg(0));
            server = server.with(server.traits().withLookup(UpstreamNames.lookup(tcp)));
        }
        c.upstream().servers().add(server);
    }

    private Upstream.Server server(Address address, Statement statement) {
        return new Upstream.Server(
                address, weight, maxConnections, maxFailures, window, backup, down, statement.span());
    }

    private static Optional<Address> address(Word word, Level level, Compilation c) {
        return switch (Addresses.parse(word.text(), PORT, Addresses.Purpose.CONNECT)) {
            case Addresses.Parsed.Good(Address address, boolean portGiven) -> {
                boolean needsPort = level.context() == Context.STREAM_UPSTREAM && address instanceof Address.Tcp;
                if (needsPort && !portGiven) {
                    c.problems()
                            .error(
                                    "nginx.address",
                                    word.span(),
                                    "no port in upstream \"" + word + "\"",
                                    "for example " + word + ":8000");
                    yield Optional.empty();
                }
                yield Optional.of(onThisMachine(address, c.environment().paths()));
            }
            case Addresses.Parsed.Bad(String reason) -> {
                c.problems()
                        .error(
                                "nginx.address",
                                word.span(),
                                reason + " in upstream \"" + word + "\"",
                                "for example 127.0.0.1:8000 or unix:/run/app.sock");
                yield Optional.empty();
            }
        };
    }

    static Address onThisMachine(Address address, dev.fairlead.dialect.PathResolver paths) {
        return switch (address) {
            case Address.Tcp tcp -> tcp;
            case Address.Unix unix ->
                new Address.Unix(unix.path().startsWith("/") ? paths.resolve(unix.path()) : unix.path());
        };
    }

    private boolean read(Word word, Compilation c) {
        String text = word.text();
        int equals = text.indexOf('=');
        String name = equals < 0 ? text : text.substring(0, equals);
        String value = text.substring(equals + 1);
        Optional<Integer> number = Numbers.parseInt(value);
        boolean good = switch (equals < 0 ? name : name + "=") {
            case "weight=" -> number.filter(count -> count > 0).isPresent();
            case "max_conns=", "max_fails=" -> number.isPresent();
            case "fail_timeout=" -> Times.seconds(value).isPresent();
            case "backup", "down", "resolve" -> true;
            default -> false;
        };
        if (!good) {
            refuse(word, name, c);
            return false;
        }
        switch (name) {
            case "weight" -> weight = number.orElse(1);
            case "max_conns" -> maxConnections = number.orElse(0);
            case "max_fails" -> maxFailures = number.orElse(1);
            case "fail_timeout" -> window = Times.seconds(value).orElse(window);
            case "down" -> down = true;
            case "resolve" -> isFollowed = true;
            default -> backup = true;
        }
        Optional<String> method = c.upstream().balancedBy();
        if (name.equals("backup") && method.filter(NO_BACKUP::contains).isPresent()) {
            c.problems()
                    .error(
                            "nginx.balance-parameter",
                            word.span(),
                            "balancing method does not support parameter \"" + word + "\"",
                            "\"" + method.get() + "\" knows no backup servers");
            return false;
        }
        return true;
    }

    private static void refuse(Word word, String name, Compilation c) {
        if (COMMERCIAL.contains(name)) {
            c.problems()
                    .error(
                            "nginx.parameter",
                            word.span(),
                            "invalid parameter \"" + word + "\"",
                            "\"" + name + "\" belongs to the commercial nginx and is not supported by Fairlead");
        } else {
            c.invalidParameter(word);
        }
    }
}
