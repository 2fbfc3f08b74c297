package dev.fairlead.dialect.nginx.directive;

import static dev.fairlead.dialect.nginx.directive.Rows.UPSTREAM;

import dev.fairlead.dialect.Arity;
import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.nginx.scope.Assembly;
import dev.fairlead.dialect.nginx.scope.Compilation;
import dev.fairlead.dialect.nginx.scope.Context;
import dev.fairlead.dialect.nginx.scope.Deferred;
import dev.fairlead.dialect.nginx.scope.Group;
import dev.fairlead.dialect.nginx.scope.Level;
import dev.fairlead.dialect.nginx.scope.Setter;
import dev.fairlead.dialect.nginx.scope.Setting;
import dev.fairlead.dialect.nginx.scope.UpstreamScope;
import dev.fairlead.dialect.nginx.syntax.Block;
import dev.fairlead.dialect.nginx.syntax.Statement;
import dev.fairlead.dialect.nginx.syntax.Word;
import dev.fairlead.dialect.nginx.value.Numbers;
import dev.fairlead.model.upstream.Balance;
import dev.fairlead.model.upstream.Upstream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Groups of servers: `upstream` and what stands in it.
public final class UpstreamDirectives {
    private static final Setting<Integer> KEEPALIVE = Setting.local(Group.PROXY, 0);
    private static final Setting<Integer> KEEPALIVE_REQUESTS = Setting.local(Group.PROXY, 1000);
    private static final Setting<Duration> KEEPALIVE_TIME = Setting.local(Group.PROXY, Duration.ofHours(1));
    private static final Setting<Duration> KEEPALIVE_TIMEOUT = Setting.local(Group.PROXY, Duration.ofSeconds(60));

    private static final long SMALLEST_ZONE = 8 * 4096;

    private UpstreamDirectives() {}

    static List<Directive<Context, Setter>> rows() {
        return Rows.join(
                List.of(
                        Rows.block(
                                "upstream",
                                Rows.HTTP_STREAM,
                                Arity.exactly(1),
                                "Defines a group of servers.",
                                UpstreamDirectives::upstream),
                        Rows.row(
                                "server",
                                Rows.UPSTREAMS,
                                Arity.atLeast(1),
                                "Names a server of the group.",
                                UpstreamServers::server),
                        Rows.row(
                                "health_check",
                                UPSTREAM,
                                Arity.ANY,
                                "Fairlead's own: asks the servers from time to time whether they are well; see above.",
                                UpstreamChecks::healthCheck),
                        Rows.row(
                                "zone",
                                Rows.UPSTREAMS,
                                Arity.between(1, 2),
                                "Names memory shared by processes; here all loops share one process.",
                                UpstreamDirectives::zone)),
                balancing(),
                keepAlive());
    }

    private static List<Directive<Context, Setter>> balancing() {
        return List.of(
                method(
                        "least_conn",
                        Arity.NONE,
                        "Takes the server with the fewest requests.",
                        statement -> assembly -> new Balance.LeastConnections()),
                method(
                        "ip_hash",
                        Arity.NONE,
                        "Takes the server by the client's address.",
                        statement -> assembly -> new Balance.ClientAddress()),
                Rows.row(
                        "hash",
                        Rows.UPSTREAMS,
                        Arity.between(1, 2),
                        "Takes the server by the hash of a text.",
                        UpstreamDirectives::hash),
                Rows.row(
                        "random",
                        Rows.UPSTREAMS,
                        Arity.between(0, 2),
                        "Takes a server by chance, or the better of two.",
                        UpstreamDirectives::random));
    }

    private static List<Directive<Context, Setter>> keepAlive() {
        return List.of(
                Rows.row(
                        "keepalive",
                        UPSTREAM,
                        Arity.exactly(1),
                        "Says how many idle connections are kept.",
                        UpstreamDirectives::keepalive),
                Rows.number(
                        "keepalive_requests",
                        UPSTREAM,
                        KEEPALIVE_REQUESTS,
                        "Says after how many requests a connection is closed."),
                Rows.millis("keepalive_time", UPSTREAM, KEEPALIVE_TIME, "Says after what time a connection is closed."),
                Rows.millis(
                        "keepalive_timeout", UPSTREAM, KEEPALIVE_TIMEOUT, "Says how long an idle connection is kept."));
    }

    private static Directive<Context, Setter> method(
            String name, Arity arity, String doc, java.util.function.Function<Statement, Deferred<Balance>> how) {
        return Rows.row(
                name,
                name.equals("ip_hash") ? UPSTREAM : Rows.UPSTREAMS,
                arity,
                doc,
                (statement, level, c) -> choose(statement, c, how.apply(statement)));
    }

    private static void choose(Statement statement, Compilation c, Deferred<Balance> how) {
        if (c.upstream().balance().isPresent()) {
            c.problems().warning("nginx.balance-redefined", statement.span(), "load balancing method redefined");
        }
        c.upstream().balance(statement.name().text(), how);
    }

    private static void zone(Statement statement, Level level, Compilation c) {
        Word name = statement.arg(0);
        c.upstream().share();
        if (name.text().isEmpty()) {
            c.value(name, "invalid zone name \"" + name + "\"");
            return;
        }
        if (statement.count() == 1) {
            c.http().zonesWithoutSize().add(name);
            return;
        }
        Word size = statement.arg(1);
        Optional<Long> bytes = Numbers.size(size.text(), false);
        if (bytes.isEmpty()) {
            c.value(size, "invalid zone size \"" + size + "\"", "for example zone app 64k");
        } else if (bytes.get() < SMALLEST_ZONE) {
            c.value(size, "zone \"" + name + "\" is too small", "at least 32k");
        } else {
            c.http().zonesWithSize().add(name.text());
        }
    }

    private static void hash(Statement statement, Level level, Compilation c) {
        Word key = c.text(statement.arg(0));
        boolean consistent = statement.count() == 2;
        if (consistent && !statement.arg(1).is("consistent")) {
            c.invalidParameter(statement.arg(1));
            return;
        }
        choose(statement, c, assembly -> new Balance.Hash(assembly.templates().template(key), consistent));
    }

    private static void random(Statement statement, Level level, Compilation c) {
        boolean two = statement.count() > 0;
        if (two && !statement.arg(0).is("two")) {
            c.invalidParameter(statement.arg(0));
            return;
        }
        if (statement.count() == 2 && !statement.arg(1).is("least_conn")) {
            c.invalidParameter(statement.arg(1));
            return;
        }
        choose(statement, c, assembly -> new Balance.Random(two));
    }

    private static void keepalive(Statement statement, Level level, Compilation c) {
        if (Rows.isDuplicate(statement, level, KEEPALIVE, c)) {
            return;
        }
        Optional<Integer> number = dev.fairlead.dialect.nginx.value.Numbers.parseInt(
                        statement.arg(0).text())
                .filter(count -> count > 0);
        if (number.isEmpty()) {
            c.value(statement.arg(0), "invalid value \"" + statement.arg(0) + "\" in \"keepalive\" directive");
        }
        c.set(statement, level, KEEPALIVE, number.orElse(1));
    }

    private static void upstream(Statement statement, Level level, Compilation c) {
        Word name = statement.arg(0);
        UpstreamScope before = c.http().upstreams().get(name.text());
        if (before != null) {
            c.problems()
                    .error(
                            "nginx.duplicate-upstream",
                            name.span(),
                            "duplicate upstream \"" + name + "\"",
                            "first defined at " + before.origin());
        }
        Level inside = level.child(level.context() == Context.STREAM ? Context.STREAM_UPSTREAM : Context.UPSTREAM);
        UpstreamScope scope = new UpstreamScope(name.text(), statement.span(), inside);
        c.http().upstreams().putIfAbsent(name.text(), scope);
        Block block = statement.block().orElse(new Block(List.of(), statement.end()));
        int errors = c.problems().all().size();
        c.readUpstream(scope, block, inside);
        if (scope.servers().isEmpty() && c.problems().all().size() == errors) {
            c.problems()
                    .error(
                            "nginx.empty-upstream",
                            block.end(),
                            "no servers are inside upstream",
                            "add at least one: server 127.0.0.1:8000;");
        }
    }

    /// The group as the engine will run it.
    public static Upstream build(UpstreamScope scope, Assembly assembly) {
        Level level = scope.level();
        int kept = level.value(KEEPALIVE);
        Optional<Upstream.IdlePool> idle = kept == 0
                ? Optional.empty()
                : Optional.of(new Upstream.IdlePool(
                        kept,
                        level.value(KEEPALIVE_REQUESTS),
                        level.value(KEEPALIVE_TIME),
                        level.value(KEEPALIVE_TIMEOUT)));
        Balance balance = scope.balance().map(how -> how.resolve(assembly)).orElseGet(Balance.RoundRobin::new);
        List<Upstream.Server> servers = UpstreamChecks.checked(UpstreamNames.followed(scope, assembly), scope.checks());
        return new Upstream(scope.name(), servers, balance, idle, true, scope.origin());
    }
}
