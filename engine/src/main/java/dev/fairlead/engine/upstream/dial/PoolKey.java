package dev.fairlead.engine.upstream.dial;

import dev.fairlead.model.tls.TlsClient;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Which idle connections are alike: those of one upstream, secured the same way, from the same address of ours.
public final class PoolKey {
    private final String upstream;
    private final @Nullable TlsClient tls;
    private final String serverName;
    private final String localAddress;
    private final int hash;

    /// @param tls null for connections in the clear
    /// @param serverName what TLS was told; empty without
    /// @param localAddress empty for the system's choice
    PoolKey(String upstream, @Nullable TlsClient tls, String serverName, String localAddress) {
        this.upstream = upstream;
        this.tls = tls;
        this.serverName = serverName;
        this.localAddress = localAddress;
        this.hash = (upstream.hashCode() * 31 + serverName.hashCode()) * 31 + localAddress.hashCode();
    }

    PoolKey from(String address) {
        return new PoolKey(upstream, tls, serverName, address);
    }

    @Override
    public boolean equals(Object other) {
        return other == this
                || (other instanceof PoolKey key
                        && key.hash == hash
                        && key.upstream.equals(upstream)
                        && Objects.equals(key.tls, tls)
                        && key.serverName.equals(serverName)
                        && key.localAddress.equals(localAddress));
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
