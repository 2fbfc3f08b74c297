package dev.fairlead.engine.upstream.dial;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.resolver.dns.DefaultDnsCache;
import io.netty.resolver.dns.DnsCache;
import io.netty.resolver.dns.DnsCacheEntry;
import java.net.InetAddress;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What name servers said, of so many hosts at most: clients may choose which ones are asked for. The host that was
/// learnt of first is forgotten first. Belongs to one event loop.
final class BoundedDnsCache implements DnsCache {
    private static final int MOST_HOSTS = 4096;

    private final DefaultDnsCache kept;
    private final Set<String> hosts = new LinkedHashSet<>();

    /// @param seconds how long an answer counts; as it says itself if empty
    BoundedDnsCache(OptionalInt seconds) {
        this.kept = seconds.isEmpty()
                ? new DefaultDnsCache()
                : new DefaultDnsCache(seconds.getAsInt(), seconds.getAsInt(), 0);
    }

    private void makeRoom(String host) {
        if (hosts.add(host) && hosts.size() > MOST_HOSTS) {
            Iterator<String> oldest = hosts.iterator();
            kept.clear(oldest.next());
            oldest.remove();
        }
    }

    @Override
    public void clear() {
        hosts.clear();
        kept.clear();
    }

    @Override
    public boolean clear(String host) {
        hosts.remove(host);
        return kept.clear(host);
    }

    @Override
    public @Nullable List<? extends DnsCacheEntry> get(String host, DnsRecord[] additionals) {
        return kept.get(host, additionals);
    }

    @Override
    public DnsCacheEntry cache(
            String host, DnsRecord[] additionals, InetAddress address, long originalTtl, EventLoop loop) {
        makeRoom(host);
        return kept.cache(host, additionals, address, originalTtl, loop);
    }

    /// Failures are not kept.
    @Override
    public DnsCacheEntry cache(String host, DnsRecord[] additionals, Throwable cause, EventLoop loop) {
        return kept.cache(host, additionals, cause, loop);
    }
}
