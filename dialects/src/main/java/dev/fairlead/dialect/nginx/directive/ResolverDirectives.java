package dev.fairlead.dialect.nginx.directive;

import static dev.fairlead.dialect.nginx.directive.Rows.HTTP_SERVER_LOCATION;

import dev.fairlead.dialect.Arity;
import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.nginx.scope.Compilation;
import dev.fairlead.dialect.nginx.scope.Context;
import dev.fairlead.dialect.nginx.scope.Group;
import dev.fairlead.dialect.nginx.scope.Level;
import dev.fairlead.dialect.nginx.scope.Setter;
import dev.fairlead.dialect.nginx.scope.Setting;
import dev.fairlead.dialect.nginx.syntax.Statement;
import dev.fairlead.dialect.nginx.syntax.Word;
import dev.fairlead.dialect.nginx.value.Addresses;
import dev.fairlead.dialect.nginx.value.Times;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.upstream.NameLookup;
import dev.fairlead.model.upstream.NameServers;
import dev.fairlead.source.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Name servers for targets with variables.
final class ResolverDirectives {
    private static final int PORT = 53;
    private static final Setting<Optional<Servers>> RESOLVER = Setting.of(Group.PROXY, Optional.empty());
    private static final Setting<Duration> TIMEOUT = Setting.of(Group.PROXY, Duration.ofSeconds(30));

    private static final Set<Context> CONTEXTS = contexts();
    /// Another try after so long.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration FOR_EVER = Duration.ofDays(36_500);
    private static final int ANSWER_SIZE = 4096;

    private ResolverDirectives() {}

    private static Set<Context> contexts() {
        Set<Context> all = EnumSet.copyOf(Rows.andStream(HTTP_SERVER_LOCATION));
        all.addAll(Rows.UPSTREAMS);
        return all;
    }

    private record Servers(List<String> addresses, Optional<Duration> valid, boolean ipv6, Span origin) {}

    static List<Directive<Context, Setter>> rows() {
        return List.of(
                Rows.row(
                        "resolver",
                        CONTEXTS,
                        Arity.atLeast(1),
                        "Names the name servers asked for hosts in addresses with variables.",
                        ResolverDirectives::resolver),
                Rows.millis("resolver_timeout", CONTEXTS, TIMEOUT, "Bounds the time for an answer."));
    }

    private static void resolver(Statement statement, Level level, Compilation c) {
        if (Rows.isDuplicate(statement, level, RESOLVER, c)) {
            return;
        }
        List<String> addresses = new ArrayList<>();
        Optional<Duration> valid = Optional.empty();
        boolean ipv6 = true;
        for (Word word : statement.args()) {
            String text = word.text();
            if (text.startsWith("valid=")) {
                valid = Times.seconds(text.substring(6));
                if (valid.isEmpty()) {
                    c.invalidParameter(word);
                    return;
                }
            } else if (text.equals("ipv6=on") || text.equals("ipv6=off")) {
                ipv6 = text.equals("ipv6=on");
            } else if (text.startsWith("ipv6=") || text.startsWith("status_zone=")) {
                c.invalidParameter(word);
                return;
            } else {
                switch (Addresses.parse(text, PORT, Addresses.Purpose.CONNECT)) {
                    case Addresses.Parsed.Good(var address, boolean portGiven) -> addresses.add(address.text());
                    case Addresses.Parsed.Bad(String reason) -> {
                        c.value(word, reason + " in resolver \"" + word + "\"");
                        return;
                    }
                }
            }
        }
        if (addresses.isEmpty()) {
            c.value(statement.name(), "no name servers defined");
            return;
        }
        c.set(statement, level, RESOLVER, Optional.of(new Servers(addresses, valid, ipv6, statement.span())));
    }

    /// Who is asked for names of servers, and for what.
    record Asked(NameServers by, NameLookup.Family family) {}

    /// What is known stays until a name is said not to exist.
    static Optional<Asked> asked(Level level) {
        return level.value(RESOLVER).map(servers -> {
            Duration timeout = level.value(TIMEOUT);
            Duration patience = timeout.compareTo(PATIENCE) < 0 && !timeout.isZero() ? timeout : PATIENCE;
            int tries = Math.clamp(timeout.toMillis() / PATIENCE.toMillis(), 1, 60);
            NameServers by = new NameServers(
                    "resolver",
                    servers.addresses().stream().map(ResolverDirectives::server).toList(),
                    true,
                    tries,
                    servers.valid(),
                    servers.valid(),
                    SHORTEST,
                    patience,
                    new NameServers.Holds(Duration.ZERO, Duration.ZERO, Duration.ZERO, FOR_EVER, FOR_EVER, FOR_EVER),
                    ANSWER_SIZE,
                    servers.origin());
            return new Asked(by, servers.ipv6() ? NameLookup.Family.BOTH : NameLookup.Family.IPV4);
        });
    }

    private static NameServers.Server server(String address) {
        int colon = address.lastIndexOf(':');
        String host = address.substring(0, colon);
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return new NameServers.Server(address, bare, Integer.parseInt(address.substring(colon + 1)), false);
    }

    static Optional<Forward.Resolver> build(Level level) {
        return asked(level)
                .map(asked -> new Forward.Resolver(
                        Optional.of(asked.by()), asked.family(), asked.by().origin()));
    }
}
