package dev.fairlead.engine.upstream.dial;

import dev.fairlead.model.http.Forward;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.NoopAuthoritativeDnsServerCache;
import io.netty.resolver.dns.NoopDnsCnameCache;
import io.netty.resolver.dns.SequentialDnsServerAddressStreamProvider;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Looks host names up while requests wait, without keeping the event loop waiting: by the name servers that the
/// configuration names, or by the system's resolver in a thread of its own. Belongs to one event loop.
public final class Names {
    private static final int DNS_PORT = 53;

    private final EventLoop loop;
    private final Map<Forward.Resolver, DnsNameResolver> resolvers = new HashMap<>();

    public Names(EventLoop loop) {
        this.loop = loop;
    }

    /// @param addresses none if the host was not found
    /// @param failure why, in the words of the error log
    public record Found(List<InetAddress> addresses, String failure) {}

    /// Tells the receiver, on the event loop, what was found.
    public void find(String host, Forward.Resolver by, Consumer<Found> receiver) {
        if (by.servers().isEmpty()) {
            Thread.ofVirtual().name("looks up " + host).start(() -> {
                Found found = ask(host);
                loop.execute(() -> receiver.accept(found));
            });
            return;
        }
        resolvers.computeIfAbsent(by, this::resolver).resolveAll(host).addListener(done -> {
            Throwable failure = done.cause();
            receiver.accept(failure == null ? found(done.getNow()) : new Found(List.of(), why(failure)));
        });
    }

    private static Found found(Object addresses) {
        List<InetAddress> all =
                ((List<?>) addresses).stream().map(InetAddress.class::cast).toList();
        return new Found(all, "3: Host not found");
    }

    private static Found ask(String host) {
        try {
            return new Found(List.of(InetAddress.getAllByName(host)), "");
        } catch (UnknownHostException unknown) {
            return new Found(List.of(), "3: Host not found");
        }
    }

    private static String why(@Nullable Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof io.netty.resolver.dns.DnsNameResolverTimeoutException) {
                return "110: Operation timed out";
            }
        }
        return "3: Host not found";
    }

    private static OptionalInt seconds(Optional<Duration> valid) {
        return valid.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of((int) Math.min(Integer.MAX_VALUE, valid.get().toSeconds()));
    }

    private DnsNameResolver resolver(Forward.Resolver by) {
        List<InetSocketAddress> servers = by.servers().stream()
                .map(server -> new InetSocketAddress(Urls.hostOf(server), Urls.portOf(server, DNS_PORT)))
                .toList();
        DnsNameResolverBuilder builder = new DnsNameResolverBuilder(loop)
                .datagramChannelType(EpollDatagramChannel.class)
                .nameServerProvider(new SequentialDnsServerAddressStreamProvider(servers))
                .searchDomains(List.of())
                .hostsFileEntriesResolver((name, types) -> null)
                .cnameCache(NoopDnsCnameCache.INSTANCE)
                .authoritativeDnsServerCache(NoopAuthoritativeDnsServerCache.INSTANCE)
                .ndots(1)
                .resolvedAddressTypes(by.ipv6() ? ResolvedAddressTypes.IPV4_PREFERRED : ResolvedAddressTypes.IPV4_ONLY)
                .queryTimeoutMillis(by.timeout().toMillis());
        return builder.resolveCache(new BoundedDnsCache(seconds(by.valid()))).build();
    }
}
