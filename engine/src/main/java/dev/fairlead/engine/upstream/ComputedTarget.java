package dev.fairlead.engine.upstream;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.upstream.balance.Balancer;
import dev.fairlead.engine.upstream.balance.Balancers;
import dev.fairlead.engine.upstream.balance.GroupBuilder;
import dev.fairlead.engine.upstream.dial.Destination;
import dev.fairlead.engine.upstream.dial.LocalAddress;
import dev.fairlead.engine.upstream.dial.Securing;
import dev.fairlead.engine.upstream.dial.Urls;
import dev.fairlead.engine.upstream.server.EarlierServers;
import dev.fairlead.engine.upstream.server.ServerGroup;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.http.LogLevel;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.upstream.Balance;
import dev.fairlead.model.upstream.Upstream;
import dev.fairlead.source.Span;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Each request goes where a URL with variables says: to a declared upstream of that name, to an address, or to a
/// host that has to be looked up first.
final class ComputedTarget implements Target {
    private static final int SERVER_ERROR = 500;
    private static final int BAD_GATEWAY = 502;
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private final Text url;
    private final Map<String, Declared> declared;
    private final Securing securing;
    private final Optional<Forward.Resolver> resolver;
    private final long now;

    private record Declared(Upstream upstream, ServerGroup group, Balancer balancer) {}

    /// A URL taken apart.
    ///
    /// @param host `host[:port]`, or `unix:PATH`
    /// @param path with query; empty if there is none
    private record Parsed(boolean secure, String host, String path) {}

    private ComputedTarget(
            Text url,
            Map<String, Declared> declared,
            Securing securing,
            Optional<Forward.Resolver> resolver,
            long now) {
        this.url = url;
        this.declared = declared;
        this.securing = securing;
        this.resolver = resolver;
        this.now = now;
    }

    static Target compile(Forward.Target.Computed target, Upstreams upstreams, CompileContext context) {
        Map<String, Declared> declared = new HashMap<>();
        for (Upstream upstream : target.declared()) {
            ServerGroup group = upstreams.group(upstream, context);
            declared.put(
                    upstream.name().toLowerCase(Locale.ROOT),
                    new Declared(upstream, group, GroupBuilder.balancer(upstream, group, context)));
        }
        return new ComputedTarget(
                context.text(target.url()),
                declared,
                Securing.compile(target.tls(), context),
                target.resolver(),
                context.clock().monotonicNanos());
    }

    @Override
    public @Nullable Destination fixed() {
        return null;
    }

    @Override
    public void find(Exchange exchange, ForwardSettings settings, LoopShare share) {
        String text = url.of(exchange);
        Parsed parsed = parse(text);
        if (parsed == null) {
            refuse(exchange, SERVER_ERROR, "invalid URL prefix in \"" + text + "\"");
            return;
        }
        exchange.upstream().target(parsed.host(), Integer.toString(port(parsed)));
        Declared known = declared.get(parsed.host().toLowerCase(Locale.ROOT));
        if (known != null) {
            begin(
                    exchange,
                    settings,
                    share,
                    parsed,
                    known.group(),
                    known.balancer(),
                    known.upstream().idle());
            return;
        }
        SocketAddress literal = literal(parsed);
        if (literal != null) {
            begin(exchange, settings, share, parsed, List.of(literal));
        } else if (resolver.isEmpty()) {
            refuse(exchange, BAD_GATEWAY, "no resolver defined to resolve " + Urls.hostOf(parsed.host()));
        } else {
            resolve(exchange, settings, share, parsed, resolver.get());
        }
    }

    private void resolve(
            Exchange exchange, ForwardSettings settings, LoopShare share, Parsed parsed, Forward.Resolver by) {
        String host = Urls.hostOf(parsed.host());
        Resolving resolving = new Resolving(exchange);
        exchange.onClientGone(resolving::cancel);
        share.names().find(host, by, found -> {
            if (resolving.isCancelled()) {
                return;
            }
            exchange.onClientGone(null);
            if (found.addresses().isEmpty()) {
                refuse(exchange, BAD_GATEWAY, host + " could not be resolved (" + found.failure() + ")");
                return;
            }
            int port = port(parsed);
            List<SocketAddress> addresses = found.addresses().stream()
                    .<SocketAddress>map(address -> new InetSocketAddress(address, port))
                    .toList();
            begin(exchange, settings, share, parsed, addresses);
        });
    }

    /// Whether the client still waits for the answer of the resolver.
    private static final class Resolving {
        private final Exchange exchange;
        private boolean isCancelled;

        private Resolving(Exchange exchange) {
            this.exchange = exchange;
        }

        private void cancel() {
            isCancelled = true;
            exchange.response().status(499);
        }

        private boolean isCancelled() {
            return isCancelled;
        }
    }

    private void begin(
            Exchange exchange,
            ForwardSettings settings,
            LoopShare share,
            Parsed parsed,
            List<SocketAddress> addresses) {
        Upstream implied = new Upstream(
                parsed.host(),
                List.of(new Upstream.Server(
                        new Address.Tcp(Urls.hostOf(parsed.host()), port(parsed)),
                        1,
                        0,
                        1,
                        Duration.ofSeconds(10),
                        false,
                        false,
                        Span.builtIn())),
                new Balance.RoundRobin(),
                Optional.empty(),
                false,
                Span.builtIn());
        ServerGroup group = GroupBuilder.build(implied, List.of(addresses), EarlierServers.none(), null, now);
        begin(exchange, settings, share, parsed, group, new Balancers.RoundRobin(), Optional.empty());
    }

    private void begin(
            Exchange exchange,
            ForwardSettings settings,
            LoopShare share,
            Parsed parsed,
            ServerGroup group,
            Balancer balancer,
            Optional<Upstream.IdlePool> idle) {
        String host = Urls.hostOf(parsed.host());
        Securing how = parsed.secure() ? securing : Securing.NOT;
        if (parsed.secure() && how.tls() == null) {
            refuse(exchange, SERVER_ERROR, "https protocol requires SSL support");
            return;
        }
        Destination to = new Destination(
                group,
                balancer,
                parsed.host(),
                Integer.toString(port(parsed)),
                parsed.path(),
                how.poolKey(group.name(), host),
                idle,
                how.forHost(host, port(parsed)),
                Map.of(),
                null);
        Destination secured = how.forRequest(to, exchange);
        share.forward(exchange, settings, LocalAddress.of(settings.localAddress(), exchange, secured));
    }

    private static void refuse(Exchange exchange, int status, String why) {
        exchange.place().report(exchange, LogLevel.ERROR, why);
        exchange.fail(status);
    }

    private static int port(Parsed parsed) {
        return parsed.host().startsWith("unix:") ? 0 : Urls.portOf(parsed.host(), parsed.secure() ? HTTPS : HTTP);
    }

    private static @Nullable SocketAddress literal(Parsed parsed) {
        if (parsed.host().startsWith("unix:")) {
            return new DomainSocketAddress(parsed.host().substring("unix:".length()));
        }
        byte[] address = NetUtil.createByteArrayFromIpAddressString(Urls.hostOf(parsed.host()));
        if (address == null) {
            return null;
        }
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address), port(parsed));
        } catch (UnknownHostException wrongLength) {
            throw new IllegalStateException(wrongLength);
        }
    }

    private static @Nullable Parsed parse(String url) {
        boolean secure = url.regionMatches(true, 0, "https://", 0, "https://".length());
        if (!secure && !url.regionMatches(true, 0, "http://", 0, "http://".length())) {
            return null;
        }
        String rest = url.substring(url.indexOf("//") + 2);
        if (rest.startsWith("unix:")) {
            int colon = rest.indexOf(':', "unix:".length());
            return colon < 0
                    ? new Parsed(secure, rest, "")
                    : new Parsed(secure, rest.substring(0, colon), rest.substring(colon + 1));
        }
        int end = 0;
        while (end < rest.length() && "/?".indexOf(rest.charAt(end)) < 0) {
            end++;
        }
        return end == 0 ? null : new Parsed(secure, rest.substring(0, end), rest.substring(end));
    }
}
